// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

/**
 * What a VM does about Suppress EOI Broadcast: {@code enum kvm_suppress_eoi_broadcast_mode} of kernel commit 6517dfbcc918, with its
 * two questions. Advertising is latched in LVR whenever KVM computes the version; suppressing is asked at every EOI.
 */
public enum SuppressEoiBroadcastMode {
    /** The default: advertised unless the I/O APIC is in the kernel, and honoured only if it is. */
    QUIRKED,
    /** Advertised and honoured. */
    ENABLED,
    /** Not advertised; SPIV bit 12 is ignored. */
    DISABLED,
    /** Both flags of revision v3, which checked nothing: not advertised, but honoured where the bit is set. */
    HIDDEN_BUT_HONOURED;

    /** Whether LVR bit 24 is shown to a guest whose CPUID has x2APIC. */
    public boolean advertised(IrqchipMode irqchip) {
        return switch (this) {
            case QUIRKED, ENABLED -> irqchip == IrqchipMode.SPLIT;
            case DISABLED, HIDDEN_BUT_HONOURED -> false;
        };
    }

    /** Whether an EOI with SPIV bit 12 set is kept from the I/O APIC. */
    public boolean suppresses(IrqchipMode irqchip) {
        return switch (this) {
            case QUIRKED -> irqchip == IrqchipMode.KERNEL;
            case ENABLED, HIDDEN_BUT_HONOURED -> true;
            case DISABLED -> false;
        };
    }
}
