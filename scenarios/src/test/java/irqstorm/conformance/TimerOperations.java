// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.LapicAccess;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LapicTimer;

/** The local APIC's timer, and time. */
final class TimerOperations {
    private static final long LVT_MASKED = 1L << 16;
    private static final int SCRATCH_VECTOR = 0xEE;
    private static final long DEFAULT_COUNT = 100_000;
    private static final long DIVIDE_BY_ONE = 0xB;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private TimerOperations() {}

    /** Null if {@code name} is none of these. */
    static Boolean execute(String name, Bench bench, Cpu cpu, Args args) {
        switch (name) {
            case "arm_timer", "timer_program" -> program(bench, cpu, args);
            case "lvtt_mode" -> setMode(bench, cpu, args.text("mode"));
            case "wait_tmcct" -> waitForCount(bench, cpu, args.text("until"));
            case "advance_ticks" ->
                bench.clock().advance(args.number("n") * cpu.timer().tickNanos());
            case "advance_ns" -> bench.clock().advance(args.number(args.either("n", "ns")));
            case "advance_ms" -> bench.clock().advance(args.number(args.either("n", "ms")) * NANOS_PER_MILLI);
            case "expire" -> {
                if (!bench.clock().advanceToNextTimer()) {
                    throw new Mismatch("the timer is not running");
                }
            }
            default -> {
                return null;
            }
        }
        return true;
    }

    /** Divider, LVT entry, count or deadline; what the case does not say is something that expires soon. */
    private static void program(Bench bench, Cpu cpu, Args args) {
        long mode = new Expression(args.text("mode", "oneshot"), bench.scope())
                .value()
                .longValue();
        long entry = mode | args.number("vector", 0) | (args.flag("masked", false) ? LVT_MASKED : 0);
        long count = args.number(args.either("tmict", "count", "ticks"), DEFAULT_COUNT);
        write(bench, cpu, LapicRegister.TIMER_DIVIDE, args.number("tdcr", DIVIDE_BY_ONE));
        write(bench, cpu, LapicRegister.LVT_TIMER, entry);
        if (cpu.timer().mode() == LapicTimer.Mode.TSC_DEADLINE) {
            long deadline = args.number("deadline", bench.clock().nowNanos() + count);
            cpu.access()
                    .writeMsr(
                            LapicAccess.TSC_DEADLINE_MSR,
                            deadline,
                            bench.clock().nowNanos());
        } else {
            write(bench, cpu, LapicRegister.TIMER_INITIAL, count);
        }
        if (count != 0 && cpu.timer().expiry() == LapicTimer.NEVER) {
            throw new Mismatch("the timer does not run");
        }
    }

    private static void write(Bench bench, Cpu cpu, LapicRegister register, long value) {
        bench.lapics().carryOut(cpu, bench.lapics().guestWrite(cpu, register.offset(), value));
    }

    private static void setMode(Bench bench, Cpu cpu, String mode) {
        long written = new Expression(mode, bench.scope()).value().longValue() | LVT_MASKED | SCRATCH_VECTOR;
        write(bench, cpu, LapicRegister.LVT_TIMER, written);
        long read = bench.lapics().lapicRegister(cpu, "LVTT");
        if (read != written) {
            throw new Mismatch("LVTT reads " + Numbers.hex(read) + " after " + Numbers.hex(written) + " was written");
        }
    }

    private static void waitForCount(Bench bench, Cpu cpu, String until) {
        long initial = bench.lapics().lapicRegister(cpu, "TMICT");
        long step = Math.max(1, initial / 64) * cpu.timer().tickNanos();
        long before = bench.lapics().lapicRegister(cpu, "TMCCT");
        for (int i = 0; i < 1000; i++) {
            long count = bench.lapics().lapicRegister(cpu, "TMCCT");
            boolean reached = switch (until) {
                case "zero" -> count == 0;
                case "half" -> count < initial / 2;
                case "wrap" -> count > before;
                default -> throw new Unsupported("waiting until the count is \"" + until + "\"");
            };
            if (reached) {
                return;
            }
            before = count;
            bench.clock().advance(step);
        }
        throw new Mismatch("TMCCT never comes to \"" + until + "\"");
    }
}
