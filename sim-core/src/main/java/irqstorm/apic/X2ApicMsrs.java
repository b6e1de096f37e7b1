// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import java.util.OptionalLong;

/** The registers of a local APIC as MSRs, which fault where the page would ignore (SDM volume 3, section 12.12.1; kernel {@code kvm_x2apic_msr_write}). */
final class X2ApicMsrs {
    private X2ApicMsrs() {}

    /** RDMSR; empty where it faults. */
    static OptionalLong read(LocalApic apic, int msr) {
        int offset = LapicRegister.offsetOf(msr);
        LapicRegister register = LapicRegister.at(offset);
        if (apic.mode() != ApicMode.X2APIC || register == null || !isReadable(register)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(register == LapicRegister.ICR ? apic.command() : apic.read(offset));
    }

    private static boolean isReadable(LapicRegister register) {
        return switch (register) {
            case DFR, ICR2, EOI, SELF_IPI -> false;
            default -> true;
        };
    }

    /** WRMSR; {@code checksEoi} says whether the low half of EOI has to be 0 too. */
    static RegisterWrite write(LocalApic apic, boolean checksEoi, int msr, long value) {
        LapicRegister register = LapicRegister.at(LapicRegister.offsetOf(msr));
        if (apic.mode() != ApicMode.X2APIC || register == null) {
            return RegisterWrite.FAULT;
        }
        return switch (register) {
            case ID, LVR, LDR, DFR, ICR2, PPR, ISR, TMR, IRR, TIMER_CURRENT -> RegisterWrite.FAULT;
            case ICR -> writeCommand(apic, value);
            case SELF_IPI -> value >>> 8 != 0 ? RegisterWrite.FAULT : apic.store(register, value);
            case EOI -> (checksEoi ? value : value >>> 32) != 0 ? RegisterWrite.FAULT : RegisterWrite.END_OF_INTERRUPT;
            case ESR -> value != 0 ? RegisterWrite.FAULT : apic.store(register, 0);
            default -> value >>> 32 != 0 ? RegisterWrite.FAULT : apic.store(register, value);
        };
    }

    private static RegisterWrite writeCommand(LocalApic apic, long value) {
        if (InterruptCommand.hasReservedBits(value)) {
            return RegisterWrite.FAULT;
        }
        apic.restore(LapicRegister.ICR2, value >>> 32);
        return apic.store(LapicRegister.ICR, value & 0xFFFF_FFFFL);
    }
}
