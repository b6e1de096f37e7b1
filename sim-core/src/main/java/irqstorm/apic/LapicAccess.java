// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import java.util.OptionalLong;

/**
 * A processor's ways to its local APIC: the xAPIC page where IA32_APIC_BASE puts it, and MSRs (kernel {@code apic_mmio_read}, {@code
 * apic_mmio_write}). What a write did beyond the registers and the timer is for the caller to carry out.
 */
public final class LapicAccess {
    /** IA32_TSC_DEADLINE. */
    public static final int TSC_DEADLINE_MSR = 0x6E0;

    private static final int PAGE_SIZE = 0x1000;
    private static final long ALL_ONES = -1L;

    private final LocalApic apic;
    private final LapicTimer timer;
    private final ApicBase base;

    /** The accesses to {@code apic}, its timer and its base register. */
    public LapicAccess(LocalApic apic, LapicTimer timer, ApicBase base) {
        this.apic = apic;
        this.timer = timer;
        this.base = base;
    }

    /** Whether {@code address} is in the xAPIC page, and the page exists. */
    public boolean isMapped(long address) {
        return apic.mode() == ApicMode.XAPIC && address >= base.address() && address < base.address() + PAGE_SIZE;
    }

    /**
     * Reads {@code size} bytes at physical {@code address}: all ones outside the page, and 0 where the bytes are not part of one
     * register.
     */
    public long read(long address, int size, long nowNanos) {
        if (!isMapped(address)) {
            return size >= Long.BYTES ? ALL_ONES : (1L << size * Byte.SIZE) - 1;
        }
        int offset = (int) (address - base.address());
        int within = offset & 0xF;
        if (within + size > Integer.BYTES) {
            return 0;
        }
        long value = register(offset - within, nowNanos);
        return value >>> within * Byte.SIZE & (1L << size * Byte.SIZE) - 1;
    }

    /** Writes {@code size} bytes at physical {@code address}; only aligned 32-bit writes inside the page have an effect. */
    public RegisterWrite write(long address, int size, long value, long nowNanos) {
        if (!isMapped(address)) {
            return RegisterWrite.IGNORED;
        }
        int offset = (int) (address - base.address());
        if (size != Integer.BYTES || (offset & 0xF) != 0 || ignoresCount(offset)) {
            return RegisterWrite.IGNORED;
        }
        TimerBefore before = new TimerBefore(timer.mode(), timer.tickNanos());
        RegisterWrite result = apic.write(offset, value);
        tellTimer(offset, before, nowNanos);
        return result;
    }

    /** RDMSR; empty where it faults. */
    public OptionalLong readMsr(int msr, long nowNanos) {
        return switch (msr) {
            case ApicBase.MSR -> OptionalLong.of(base.read());
            case TSC_DEADLINE_MSR -> OptionalLong.of(timer.deadline());
            default -> {
                OptionalLong value = apic.readMsr(msr);
                yield value.isPresent() && msr == LapicRegister.TIMER_CURRENT.msr()
                        ? OptionalLong.of(timer.currentCount(nowNanos))
                        : value;
            }
        };
    }

    /** WRMSR. */
    public RegisterWrite writeMsr(int msr, long value, long nowNanos) {
        if (msr == ApicBase.MSR) {
            return base.write(value) ? RegisterWrite.DONE : RegisterWrite.FAULT;
        }
        if (msr == TSC_DEADLINE_MSR) {
            timer.writeDeadline(value);
            return RegisterWrite.DONE;
        }
        int offset = LapicRegister.offsetOf(msr);
        TimerBefore before = new TimerBefore(timer.mode(), timer.tickNanos());
        if (apic.mode() == ApicMode.X2APIC && ignoresCount(offset)) {
            return RegisterWrite.IGNORED;
        }
        RegisterWrite result = apic.writeMsr(msr, value);
        if (result == RegisterWrite.DONE) {
            tellTimer(offset, before, nowNanos);
        }
        return result;
    }

    private record TimerBefore(LapicTimer.Mode mode, long tickNanos) {}

    /** In TSC-deadline mode a write of the initial count is dropped. */
    private boolean ignoresCount(int offset) {
        return offset == LapicRegister.TIMER_INITIAL.offset() && timer.mode() == LapicTimer.Mode.TSC_DEADLINE;
    }

    private void tellTimer(int offset, TimerBefore before, long nowNanos) {
        if (offset == LapicRegister.TIMER_INITIAL.offset()) {
            timer.initialCountWritten(nowNanos);
        } else if (offset == LapicRegister.LVT_TIMER.offset()) {
            timer.lvtWritten(before.mode());
        } else if (offset == LapicRegister.TIMER_DIVIDE.offset()) {
            timer.divideWritten(before.tickNanos(), nowNanos);
        }
    }

    private long register(int offset, long nowNanos) {
        return offset == LapicRegister.TIMER_CURRENT.offset() ? timer.currentCount(nowNanos) : apic.read(offset);
    }
}
