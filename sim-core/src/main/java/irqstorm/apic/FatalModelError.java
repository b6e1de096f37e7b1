// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** Something that a VMM, a guest or a whole host does not survive. */
public final class FatalModelError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Cause fatal;

    /** Who does not survive. */
    public enum Victim {
        /** The VMM stops, and its guest with it. */
        VMM,
        /** KVM lets the guest run no more. */
        GUEST,
        /** The host panics, with every guest on it. */
        HOST
    }

    /** What may be fatal. */
    public enum Cause {
        /** An EOI that reaches its I/O APIC. */
        EOI(Victim.VMM),
        /** A write to the EOI register. */
        EOI_REGISTER(Victim.VMM),
        /** A KVM_EXIT_IOAPIC_EOI with vector 0. */
        VECTOR_ZERO(Victim.VMM),
        /** KVM marks the VM as dead. */
        VM_BUGGED(Victim.GUEST),
        /** A BUG_ON in KVM. */
        HOST_BUG(Victim.HOST),
        /** The throttle's delayed work runs after the VM was freed (CVE-2026-74517). */
        TIMER_AFTER_VM(Victim.HOST);

        private final Victim victim;

        Cause(Victim victim) {
            this.victim = victim;
        }

        /** Who does not survive it. */
        public Victim victim() {
            return victim;
        }
    }

    /** An error of this cause, with a sentence on it. */
    public FatalModelError(Cause fatal, String message) {
        super(message, null, false, false);
        this.fatal = fatal;
    }

    /** What was fatal. */
    public Cause fatal() {
        return fatal;
    }
}
