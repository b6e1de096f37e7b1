// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

/**
 * Which KVM_CAP_X2APIC_API flag a VMM needs for the I/O APIC it has: suppressing EOI broadcasts is right exactly where the guest can
 * write EOIs to the I/O APIC itself, which version 0x20 introduced.
 */
public final class SuppressionPolicy {
    private static final int FIRST_VERSION_WITH_EOI_REGISTER = 0x20;

    private SuppressionPolicy() {}

    /** The flag for an I/O APIC in userspace of {@code version}. */
    public static X2ApicApiFlag forVersion(int version) {
        return version >= FIRST_VERSION_WITH_EOI_REGISTER
                ? X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST
                : X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST;
    }
}
