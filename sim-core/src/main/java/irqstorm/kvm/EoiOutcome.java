// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

/** What KVM did with a guest's EOI (kernel {@code apic_set_eoi} and {@code kvm_ioapic_send_eoi}). */
public enum EoiOutcome {
    /** Nothing was in service. */
    SPURIOUS,
    /** The vector is not in {@code ioapic_handled_vectors} of this vCPU: the I/O APIC has no part in it. */
    NOT_HANDLED,
    /** SPIV bit 12 is set and honoured: the EOI goes no further. */
    SUPPRESSED,
    /** The in-kernel I/O APIC carried it out. */
    ENDED_IN_KERNEL,
    /** It is in the pending-EOI slot, and KVM_REQ_IOAPIC_EOI_EXIT is raised. */
    EXIT_REQUESTED
}
