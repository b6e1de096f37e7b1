// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

import java.util.Locale;

/** When a guest runs a program. "The system" is the only guest, or the innermost one, L2. */
public enum ProgramRole {
    /** L1 (or the only guest) at boot, before time starts; takes no time. */
    BOOT,
    /** The system, whenever nothing else is to do; starts over at its end. */
    BACKGROUND,
    /** The system, as the handler of an interrupt; returns at its end (IRET). */
    ON_INTERRUPT,
    /** L1, after an exit of L2 on an external interrupt. */
    L1_ON_EXTERNAL_INTERRUPT,
    /** L1, after L2 wrote EOI. */
    L1_ON_L2_EOI,
    /** L1, after L2 opened the interrupt window that L1 waited for. */
    L1_ON_INTERRUPT_WINDOW,
    /** L1, as the handler of an interrupt that it takes through its own IDT; returns at its end. */
    L1_ON_INTERRUPT;

    private static final ProgramRole[] BY_ORDINAL = values();

    static ProgramRole of(int ordinal) {
        return BY_ORDINAL[ordinal];
    }

    /** Whether the program is L1's reaction to an exit of L2: it has to end with {@link StepKind#RESUME_L2}. */
    public boolean handlesExit() {
        return this == L1_ON_EXTERNAL_INTERRUPT || this == L1_ON_L2_EOI || this == L1_ON_INTERRUPT_WINDOW;
    }

    /** Whether only a guest hypervisor has such a program. */
    public boolean isNestedOnly() {
        return handlesExit() || this == L1_ON_INTERRUPT;
    }

    /** The word used in scenario files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
