// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** A real VMM would stop here: its I/O APIC treats the access or the message as fatal. */
public final class FatalModelError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Cause fatal;

    /** What a VMM may stop at. */
    public enum Cause {
        /** An EOI that reaches its I/O APIC. */
        EOI,
        /** A write to the EOI register. */
        EOI_REGISTER,
        /** A KVM_EXIT_IOAPIC_EOI with vector 0. */
        VECTOR_ZERO
    }

    /** An error at {@code fatal}, with a sentence on it. */
    public FatalModelError(Cause fatal, String message) {
        super(message, null, false, false);
        this.fatal = fatal;
    }

    /** What the VMM stopped at. */
    public Cause fatal() {
        return fatal;
    }
}
