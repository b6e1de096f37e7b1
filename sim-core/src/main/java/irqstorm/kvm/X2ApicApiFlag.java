// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

/** The flags of KVM_CAP_X2APIC_API, args[0], by their names and values in the merged uAPI (kernel commit 6517dfbcc918). */
public enum X2ApicApiFlag {
    /** MSI routes and KVM_GET_LAPIC use 32-bit APIC IDs. Accepted; 8-bit destinations are all this model needs. */
    KVM_X2APIC_API_USE_32BIT_IDS(0),
    /** Destination 0xFF is no broadcast in x2APIC mode. Accepted; not modelled. */
    KVM_X2APIC_API_DISABLE_BROADCAST_QUIRK(1),
    /** Advertise Suppress EOI Broadcast and honour SPIV bit 12. */
    KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST(2),
    /** Neither advertise Suppress EOI Broadcast nor honour SPIV bit 12. */
    KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST(3);

    private final long mask;

    X2ApicApiFlag(int bit) {
        this.mask = 1L << bit;
    }

    /** The flag's value in args[0]. */
    public long mask() {
        return mask;
    }

    /** Whether the flag is set in {@code args0}. */
    public boolean isIn(long args0) {
        return (args0 & mask) != 0;
    }

    /** The value with every flag set: 0xF. */
    public static long all() {
        long all = 0;
        for (X2ApicApiFlag flag : values()) {
            all |= flag.mask;
        }
        return all;
    }
}
