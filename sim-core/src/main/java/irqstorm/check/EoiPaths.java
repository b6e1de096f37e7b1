// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

/** Which ways the EOIs of one vector went, at least once. */
final class EoiPaths {
    private boolean ended;
    private boolean withBit;
    private boolean early;
    private boolean suppressed;
    private boolean broadcast;
    private boolean directed;
    private boolean directedIgnored;
    private long ignoringVersion;
    private boolean lastTrusted;
    private boolean ignored;
    private int suppressingMode;
    private int ignoringMode;

    /**
     * A local APIC EOI.
     *
     * @param suppressBit SPIV bit 12
     * @param unserviced whether the device had not been serviced yet
     */
    void lapicEoi(boolean suppressBit, boolean unserviced) {
        lastTrusted = suppressBit && unserviced;
        ended = true;
        withBit |= suppressBit;
        early |= unserviced;
    }

    /** The EOI was kept from the I/O APIC in this mode. */
    void suppress(int inMode) {
        suppressed = true;
        suppressingMode = inMode;
    }

    /** The EOI reached the I/O APIC as a broadcast, in this mode. */
    void broadcast(int inMode) {
        broadcast = true;
        if (lastTrusted && !ignored) {
            ignored = true;
            ignoringMode = inMode;
        }
    }

    /** The EOI register took the vector. */
    void direct() {
        directed = true;
    }

    /** The write to the EOI register was ignored by an I/O APIC of this version. */
    void directInVain(long version) {
        directedIgnored = true;
        ignoringVersion = version;
    }

    /** The version of the I/O APIC that ignored a write to the EOI register. */
    long ignoringVersion() {
        return ignoringVersion;
    }

    /** The mode, as the meter numbers them, in which the last EOI was suppressed. */
    int suppressingMode() {
        return suppressingMode;
    }

    /** The mode, as the meter numbers them, in which an EOI that trusted SPIV bit 12 first reached the I/O APIC. */
    int ignoringMode() {
        return ignoringMode;
    }

    boolean wasEnded() {
        return ended;
    }

    boolean hadSuppressBit() {
        return withBit;
    }

    boolean wasEarly() {
        return early;
    }

    boolean wasSuppressed() {
        return suppressed;
    }

    boolean wasBroadcast() {
        return broadcast;
    }

    boolean wasDirected() {
        return directed;
    }

    boolean wasDirectedInVain() {
        return directedIgnored;
    }
}
