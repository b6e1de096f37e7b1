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

    /**
     * A local APIC EOI.
     *
     * @param suppressBit SPIV bit 12
     * @param unserviced whether the device had not been serviced yet
     */
    void lapicEoi(boolean suppressBit, boolean unserviced) {
        ended = true;
        withBit |= suppressBit;
        early |= unserviced;
    }

    /** The EOI was kept from the I/O APIC. */
    void suppress() {
        suppressed = true;
    }

    /** The EOI reached the I/O APIC as a broadcast. */
    void broadcast() {
        broadcast = true;
    }

    /** The EOI register was written; whether it {@code exists}. */
    void direct(boolean exists) {
        directed |= exists;
        directedIgnored |= !exists;
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
