// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

/** How the EOIs of one vector went, counted. */
final class EoiPaths {
    private long ended;
    private long endedWithBit;
    private long endedEarly;
    private long suppressed;
    private long broadcast;
    private long directed;
    private long directedIgnored;

    /**
     * A local APIC EOI.
     *
     * @param suppressBit SPIV bit 12
     * @param early whether the device had not been serviced yet
     */
    void ended(boolean suppressBit, boolean early) {
        ended++;
        endedWithBit += suppressBit ? 1 : 0;
        endedEarly += early ? 1 : 0;
    }

    void suppressed() {
        suppressed++;
    }

    void broadcast() {
        broadcast++;
    }

    void directed() {
        directed++;
    }

    void directedIgnored() {
        directedIgnored++;
    }

    boolean anyEnded() {
        return ended > 0;
    }

    boolean withBit() {
        return endedWithBit > 0;
    }

    boolean early() {
        return endedEarly > 0;
    }

    boolean anySuppressed() {
        return suppressed > 0;
    }

    boolean anyBroadcast() {
        return broadcast > 0;
    }

    boolean anyDirected() {
        return directed > 0;
    }

    boolean anyDirectedIgnored() {
        return directedIgnored > 0;
    }
}
