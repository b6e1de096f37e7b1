// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import irqstorm.apic.LapicRegister;

/** What becomes of L2's accesses to local APIC registers (SDM volume 3, sections 30.3 to 30.5). Offsets are those of the xAPIC page. */
public final class ApicVirtualization {
    private static final long SELF_SHORTHAND = 1L << 18;
    /** What decides in VICR_LO: all but the vector, the destination mode and the level; bits 7:4 of the vector must not be 0. */
    private static final long NOT_A_PLAIN_IPI = 0xFFFF_B700L;

    /** What an access does. */
    public enum Outcome {
        /** It is not an access to a virtual APIC: memory, or the MSR of the local APIC that L1 has. */
        NOT_VIRTUALIZED,
        /** The virtual-APIC page answers or takes the value. */
        PAGE,
        /** The virtual-APIC page takes the value, and TPR virtualisation follows. */
        TPR,
        /** The virtual-APIC page takes the value, and EOI virtualisation follows. */
        EOI,
        /** The virtual-APIC page takes the value, and self-IPI virtualisation follows. */
        SELF_IPI,
        /** The virtual-APIC page takes the destination. */
        ICR_HIGH,
        /** An APIC-access exit before the access. */
        APIC_ACCESS_EXIT,
        /** The virtual-APIC page takes the value, and an APIC-write exit follows. */
        APIC_WRITE_EXIT,
        /** #GP. */
        FAULT
    }

    private ApicVirtualization() {}

    /** A 32-bit read at {@code offset} of the APIC-access page. */
    public static Outcome readPage(VmxControls controls, int offset) {
        if (!controls.has(VmxControl.VIRTUALIZE_APIC_ACCESSES)) {
            return Outcome.NOT_VIRTUALIZED;
        }
        boolean virtualized = offset == LapicRegister.TPR.offset()
                || controls.has(VmxControl.APIC_REGISTER_VIRTUALIZATION) && isReadable(offset);
        return controls.has(VmxControl.TPR_SHADOW) && virtualized ? Outcome.PAGE : Outcome.APIC_ACCESS_EXIT;
    }

    /** A 32-bit write of {@code value} at {@code offset} of the APIC-access page. */
    public static Outcome writePage(VmxControls controls, int offset, long value) {
        if (!controls.has(VmxControl.VIRTUALIZE_APIC_ACCESSES)) {
            return Outcome.NOT_VIRTUALIZED;
        }
        if (!controls.has(VmxControl.TPR_SHADOW)) {
            return Outcome.APIC_ACCESS_EXIT;
        }
        LapicRegister register = registerAt(offset);
        if (register == LapicRegister.TPR) {
            return Outcome.TPR;
        }
        boolean delivery = controls.has(VmxControl.VIRTUAL_INTERRUPT_DELIVERY);
        boolean registers = controls.has(VmxControl.APIC_REGISTER_VIRTUALIZATION) && isWritable(register);
        boolean command = delivery && (register == LapicRegister.EOI || register == LapicRegister.ICR);
        if (register == null || !registers && !command) {
            return Outcome.APIC_ACCESS_EXIT;
        }
        return switch (register) {
            case EOI -> delivery ? Outcome.EOI : Outcome.APIC_WRITE_EXIT;
            case ICR -> delivery && isPlainSelfIpi(value) ? Outcome.SELF_IPI : Outcome.APIC_WRITE_EXIT;
            case ICR2 -> Outcome.ICR_HIGH;
            default -> Outcome.APIC_WRITE_EXIT;
        };
    }

    /** RDMSR of the x2APIC register at {@code offset}. */
    public static Outcome readMsr(VmxControls controls, int offset) {
        boolean virtualized = controls.has(VmxControl.VIRTUALIZE_X2APIC_MODE)
                && (offset == LapicRegister.TPR.offset() || controls.has(VmxControl.APIC_REGISTER_VIRTUALIZATION));
        return virtualized ? Outcome.PAGE : Outcome.NOT_VIRTUALIZED;
    }

    /** WRMSR of {@code value} to the x2APIC register at {@code offset}. */
    public static Outcome writeMsr(VmxControls controls, int offset, long value) {
        LapicRegister register = registerAt(offset);
        if (!controls.has(VmxControl.VIRTUALIZE_X2APIC_MODE) || register == null) {
            return Outcome.NOT_VIRTUALIZED;
        }
        if (register == LapicRegister.TPR) {
            return value >>> 8 != 0 ? Outcome.FAULT : Outcome.TPR;
        }
        if (!controls.has(VmxControl.VIRTUAL_INTERRUPT_DELIVERY)) {
            return Outcome.NOT_VIRTUALIZED;
        }
        if (register == LapicRegister.EOI) {
            return value != 0 ? Outcome.FAULT : Outcome.EOI;
        }
        if (register == LapicRegister.SELF_IPI) {
            if (value >>> 8 != 0) {
                return Outcome.FAULT;
            }
            return value >>> 4 == 0 ? Outcome.APIC_WRITE_EXIT : Outcome.SELF_IPI;
        }
        return Outcome.NOT_VIRTUALIZED;
    }

    private static boolean isPlainSelfIpi(long command) {
        return (command & NOT_A_PLAIN_IPI) == SELF_SHORTHAND && (command & 0xF0) != 0;
    }

    private static @org.jspecify.annotations.Nullable LapicRegister registerAt(int offset) {
        for (LapicRegister register : LapicRegister.values()) {
            if (register.offset() == offset) {
                return register;
            }
        }
        return null;
    }

    private static boolean isReadable(int offset) {
        if (offset >= LapicRegister.ISR.offset() && offset < LapicRegister.ESR.offset()) {
            return true;
        }
        LapicRegister register = registerAt(offset);
        return register == LapicRegister.LVR || register == LapicRegister.TPR || isWritable(register);
    }

    private static boolean isWritable(@org.jspecify.annotations.Nullable LapicRegister register) {
        if (register == null) {
            return false;
        }
        return switch (register) {
            case ID,
                    EOI,
                    LDR,
                    DFR,
                    SPIV,
                    ESR,
                    ICR,
                    ICR2,
                    LVT_TIMER,
                    LVT_THERMAL,
                    LVT_PERFORMANCE,
                    LVT_LINT0,
                    LVT_LINT1,
                    LVT_ERROR,
                    TIMER_INITIAL,
                    TIMER_DIVIDE -> true;
            case LVR, TPR, PPR, ISR, TMR, IRR, LVT_CMCI, TIMER_CURRENT, SELF_IPI -> false;
        };
    }
}
