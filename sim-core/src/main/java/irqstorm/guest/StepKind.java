// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

import java.util.Locale;

/** What a step of a guest program does. */
public enum StepKind {
    /** Executes instructions that concern nobody else, for a time; an interrupt that is taken meanwhile keeps the rest for later. */
    RUN(true),
    /** Executes instructions for ever. */
    RUN_FOREVER(false),
    /** Waits for an interrupt (HLT). */
    HALT(false),
    /** Ends the highest interrupt in service in the local APIC, by the mechanism of the operand ({@link EoiMechanism}). */
    LAPIC_EOI(false),
    /** Writes the vector of the interrupt being handled to the I/O APIC's EOI register. */
    IOAPIC_EOI(false),
    /** Accesses the devices wired to the vector being handled, one after the other, and services those with a cause pending. */
    SERVICE(false),
    /** A guest hypervisor's VMRESUME; injects the highest interrupt pending for L2 if L2 can take it. */
    RESUME_L2(false),
    /** Lets interrupts in (RFLAGS.IF = 1). */
    STI(false),
    /** Keeps interrupts out (RFLAGS.IF = 0). */
    CLI(false),
    /** Masks the pin that the vector being handled belongs to. */
    MASK_PIN(false),
    /** Unmasks the pin that the vector being handled belongs to. */
    UNMASK_PIN(false),
    /** Reads the local APIC's version register and remembers bit 24. */
    READ_LVR(false),
    /** Writes the operand to SPIV. */
    WRITE_SPIV(false),
    /** Reads SPIV back; from now on the guest uses directed EOI if bit 12 stuck. */
    READ_SPIV(false),
    /** Writes the operand, 0 to 255, to the task priority register. */
    WRITE_TPR(false);

    private final boolean timed;

    StepKind(boolean timed) {
        this.timed = timed;
    }

    /** Whether the step needs a duration. */
    public boolean isTimed() {
        return timed;
    }

    /** The word used in scenario files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
