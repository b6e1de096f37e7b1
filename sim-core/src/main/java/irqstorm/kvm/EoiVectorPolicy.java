// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

/**
 * What KVM does when the vector of a KVM_EXIT_IOAPIC_EOI that is due turns out to be none: {@code pending_ioapic_eoi} holds a value that
 * is not from 0 to 255. These are the answers that were proposed in the thread "KVM: x86: Clamp the EOI vector if its OOB instead of
 * bugging the kernel" (June 2026), and what the kernel did before it.
 */
public enum EoiVectorPolicy {
    /**
     * As before the thread: {@code BUG_ON(pending_ioapic_eoi > 255)} on a signed int. A value above 255 panics the host; a negative one
     * passes and reads a bit outside {@code ioapic_handled_vectors}.
     */
    BUG_ON,
    /** Warn, go on with 255, and exit if 255 is handled (Christopherson, 18 June). */
    CLAMP_255,
    /** Warn, and exit with vector 0 (Huang, 19 and 23 June). */
    REPORT_ZERO,
    /** Warn, set the slot to 0, and do not exit (Christopherson, 22 June). */
    DROP_EXIT,
    /** Mark the VM as dead (Huang, 23 June: acceptable). */
    KILL_GUEST,
    /** The slot is a u8: there is nothing to check, and nothing but a vector to store (Bonzini, 24 June). */
    U8
}
