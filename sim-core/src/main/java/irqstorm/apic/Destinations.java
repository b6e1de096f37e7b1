// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** Which local APIC a destination means (SDM volume 3, sections 12.6.2 and 12.12.10; kernel {@code kvm_apic_match_dest}). */
final class Destinations {
    /** Everybody, in eight bits. */
    static final int BROADCAST_XAPIC = 0xFF;

    private static final int BROADCAST_X2APIC = 0xFFFF_FFFF;
    private static final int FLAT_MODEL = 0xF;
    private static final int CLUSTER_MODEL = 0;

    private Destinations() {}

    /** An APIC in x2APIC mode: 32 bits, logically a cluster above and a set of its sixteen members below. */
    static boolean matchX2Apic(int destination, boolean logical, int id, int logicalDestination) {
        if (destination == BROADCAST_X2APIC) {
            return true;
        }
        return logical
                ? logicalDestination >>> 16 == destination >>> 16 && (logicalDestination & destination & 0xFFFF) != 0
                : destination == id;
    }

    /** An APIC in xAPIC mode with {@code id}, physically: eight bits. */
    static boolean matchXApic(int destination, int id) {
        return destination == BROADCAST_XAPIC || destination == id;
    }

    /**
     * An APIC in xAPIC mode, logically: eight bits, by one of two models. DFR bits 31:28 choose: all ones is the flat model, all zeros the
     * cluster model, and with anything else no logical destination means this APIC.
     */
    static boolean matchXApicLogical(int destination, int logicalDestination, int format) {
        if (destination == BROADCAST_XAPIC) {
            return true;
        }
        int logicalId = logicalDestination >>> 24;
        return switch (format >>> 28) {
            case FLAT_MODEL -> (logicalId & destination) != 0;
            case CLUSTER_MODEL -> logicalId >>> 4 == destination >>> 4 && (logicalId & destination & 0xF) != 0;
            default -> false;
        };
    }
}
