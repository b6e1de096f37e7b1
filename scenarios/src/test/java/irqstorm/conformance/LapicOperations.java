// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicBase;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptCommand;
import irqstorm.apic.InterruptCommand.Shorthand;
import irqstorm.apic.LapicAccess;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LapicTimer;
import irqstorm.apic.RegisterWrite;
import irqstorm.apic.TriggerMode;
import irqstorm.apic.VectorSet;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Accesses to the local APIC, by the guest and by unit tests. */
final class LapicOperations {
    private static final int PAGE = 0x1000;
    private static final long LVT_MASKED = 1L << 16;
    private static final int SCRATCH_VECTOR = 0xEE;
    private static final long TIMER_NANOS = 100_000;

    private LapicOperations() {}

    /** Null if {@code name} is none of these. */
    static Boolean execute(String name, Bench bench, Cpu cpu, Args args) {
        switch (name) {
            case "eoi" -> endOfInterrupt(bench, cpu, args.number("value", 0));
            case "lapic_read", "read_tmr", "read_isr", "read_irr" -> read(bench, cpu, args, name);
            case "lapic_write" -> write(bench, cpu, RegisterNames.offset(args.text("reg")), args.number("value"));
            case "icr_write" -> command(bench, cpu, args);
            case "self_ipi" -> selfIpi(bench, cpu, args.integer("vector"));
            case "rdmsr" -> readMsr(bench, cpu, msr(args));
            case "wrmsr" -> writeMsr(bench, cpu, args);
            case "read_cr8" -> {
                bench.memory().readValue(NestedOperations.cr8(cpu));
                save(bench, args);
            }
            case "write_cr8" -> NestedOperations.writeCr8(cpu, (int) args.number("value"));
            case "mmio_fill" -> {
                for (long offset = 0; offset < args.number("len"); offset += Integer.BYTES) {
                    long word = args.number("byte") * 0x0101_0101L;
                    carryOut(
                            bench,
                            cpu,
                            cpu.access()
                                    .write(
                                            args.number("addr") + offset,
                                            4,
                                            word,
                                            bench.clock().nowNanos()));
                }
            }
            case "reset_apic" -> {
                writeBase(bench, cpu, cpu.base().read() & ~(ApicBase.EN | ApicBase.EXTD));
                writeBase(bench, cpu, cpu.base().read() | ApicBase.EN);
            }
            case "enable_x2apic" -> {
                writeBase(bench, cpu, cpu.base().read() | ApicBase.EN);
                writeBase(bench, cpu, cpu.base().read() | ApicBase.EXTD);
            }
            case "disable_and_enable_xapic" -> {
                writeBase(bench, cpu, cpu.base().read() & ~(ApicBase.EN | ApicBase.EXTD));
                writeBase(bench, cpu, cpu.base().read() | ApicBase.EN);
            }
            case "arm_timer" -> {
                armTimer(bench, cpu, args.integer("vector"));
            }
            case "lvtt_mode" -> setTimerMode(bench, cpu, args.text("mode"));
            case "wait_tmcct" -> waitForCount(bench, cpu, args.text("until"));
            case "accept" -> accept(cpu, args);
            case "irr_set" ->
                args.list("vectors")
                        .forEach(vector -> cpu.apic().requested().add((int) Numbers.integer(vector, bench.scope())));
            case "irr_clear" ->
                args.list("vectors")
                        .forEach(vector -> cpu.apic().requested().remove((int) Numbers.integer(vector, bench.scope())));
            case "acknowledge" -> acknowledge(cpu, args.integer("vector"));
            case "timer_program" -> programTimer(bench, cpu, args);
            case "advance_ticks" ->
                bench.clock().advance(args.number("n") * cpu.timer().tickNanos());
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

    static void endOfInterrupt(Bench bench, Cpu cpu, long value) {
        write(bench, cpu, LapicRegister.EOI.offset(), value);
    }

    private static void read(Bench bench, Cpu cpu, Args args, String name) {
        if (!name.equals("lapic_read")) {
            String register = name.substring("read_".length()).toUpperCase(Locale.ROOT);
            int vector = args.integer("vector");
            long bits = bench.lapics().lapicRegister(cpu, register + (vector >>> 5));
            bench.memory().readValue(bits >>> (vector & 31) & 1);
            return;
        }
        OptionalLong value = cpu.inL2()
                ? VirtualApicAccess.read(bench, cpu, RegisterNames.offset(args.text("reg")))
                : bench.lapics().guestRead(cpu, RegisterNames.offset(args.text("reg")));
        readOrFault(bench, value);
        save(bench, args);
    }

    static void readOrFault(Bench bench, OptionalLong value) {
        if (value.isPresent()) {
            bench.memory().readValue(value.getAsLong());
        } else {
            bench.memory().fault();
        }
    }

    static void save(Bench bench, Args args) {
        if (args.has("save")) {
            bench.scope().set(args.text("save"), bench.memory().lastRead());
        }
    }

    static void write(Bench bench, Cpu cpu, int offset, long value) {
        if (cpu.inL2()) {
            VirtualApicAccess.write(bench, cpu, offset, value);
        } else {
            carryOut(bench, cpu, bench.lapics().guestWrite(cpu, offset, value));
        }
    }

    static void carryOut(Bench bench, Cpu cpu, RegisterWrite write) {
        if (bench.lapics().carryOut(cpu, write)) {
            bench.memory().fault();
        }
    }

    private static void command(Bench bench, Cpu cpu, Args args) {
        DeliveryMode delivery = Fields.delivery(args.text("delivery", "fixed"), args.scope());
        Shorthand shorthand = shorthand(args.text("shorthand", "none"));
        boolean logical = args.text("dest_mode", "physical").equals("logical");
        long command = InterruptCommand.of(
                args.integer("vector", 0),
                delivery,
                logical,
                shorthand,
                args.integer("dest", 0),
                cpu.apic().mode());
        if (args.text("level", "assert").equals("deassert")) {
            command &= ~InterruptCommand.ASSERT;
        }
        // INIT is level-triggered on the bus, so that there is a de-assertion of it.
        boolean level = args.text("trigger", delivery == DeliveryMode.INIT ? "level" : "edge")
                .equals("level");
        writeCommand(bench, cpu, level ? command | InterruptCommand.LEVEL : command);
    }

    /** Writes the ICR by the way the mode has: two registers, or one MSR. */
    static void writeCommand(Bench bench, Cpu cpu, long command) {
        if (cpu.apic().mode() != irqstorm.apic.ApicMode.X2APIC) {
            write(bench, cpu, LapicRegister.ICR2.offset(), command >>> 32);
            write(bench, cpu, LapicRegister.ICR.offset(), command & 0xFFFF_FFFFL);
        } else {
            write(bench, cpu, LapicRegister.ICR.offset(), command);
        }
    }

    static Shorthand shorthand(String name) {
        return switch (name) {
            case "none" -> Shorthand.NONE;
            case "self" -> Shorthand.SELF;
            case "all" -> Shorthand.ALL;
            case "all_but_self" -> Shorthand.ALL_BUT_SELF;
            default -> throw new Unsupported("shorthand " + name);
        };
    }

    private static void selfIpi(Bench bench, Cpu cpu, int vector) {
        writeCommand(
                bench,
                cpu,
                InterruptCommand.of(
                        vector,
                        DeliveryMode.FIXED,
                        false,
                        Shorthand.SELF,
                        0,
                        cpu.apic().mode()));
    }

    static int msr(Args args) {
        return switch (args.text("msr")) {
            case "IA32_APICBASE", "IA32_APIC_BASE" -> ApicBase.MSR;
            case "IA32_TSC_DEADLINE" -> LapicAccess.TSC_DEADLINE_MSR;
            default -> {
                if (!args.text("msr").startsWith("0x")) {
                    throw new Unsupported("MSR " + args.text("msr"));
                }
                yield args.integer("msr");
            }
        };
    }

    private static void readMsr(Bench bench, Cpu cpu, int msr) {
        readOrFault(bench, cpu.access().readMsr(msr, bench.clock().nowNanos()));
    }

    private static void writeMsr(Bench bench, Cpu cpu, Args args) {
        int msr = msr(args);
        if (msr != ApicBase.MSR && msr != LapicAccess.TSC_DEADLINE_MSR && msr >>> 8 != 8) {
            throw new Unsupported("MSR " + args.text("msr"));
        }
        long value = args.has("value")
                ? args.number("value")
                : cpu.access()
                        .readMsr(msr, bench.clock().nowNanos())
                        .orElseThrow(() -> new Mismatch("the MSR cannot be read"));
        if (args.has("set_bits")) {
            for (JsonNode bit : args.list("set_bits")) {
                value |= Numbers.integer(bit, bench.scope());
            }
        }
        if (args.has("clear_bits")) {
            for (JsonNode bit : args.list("clear_bits")) {
                value &= ~Numbers.integer(bit, bench.scope());
            }
        }
        carryOut(bench, cpu, cpu.access().writeMsr(msr, value, bench.clock().nowNanos()));
    }

    private static void writeBase(Bench bench, Cpu cpu, long value) {
        carryOut(
                bench,
                cpu,
                cpu.access().writeMsr(ApicBase.MSR, value, bench.clock().nowNanos()));
    }

    /** Reads {@code size} bytes of the page by physical address. */
    static void readPage(Bench bench, Cpu cpu, long address, int size) {
        bench.memory().readValue(cpu.access().read(address, size, bench.clock().nowNanos()));
    }

    static void writePage(Bench bench, Cpu cpu, long address, int size, long value) {
        carryOut(
                bench,
                cpu,
                cpu.access().write(address, size, value, bench.clock().nowNanos()));
    }

    static boolean isLapicPage(Cpu cpu, long address) {
        return address >= cpu.base().address() && address < cpu.base().address() + PAGE;
    }

    private static void armTimer(Bench bench, Cpu cpu, int vector) {
        bench.lapics().carryOut(cpu, bench.lapics().guestWrite(cpu, LapicRegister.TIMER_DIVIDE.offset(), 0xB));
        bench.lapics().carryOut(cpu, bench.lapics().guestWrite(cpu, LapicRegister.LVT_TIMER.offset(), vector));
        bench.lapics().carryOut(cpu, bench.lapics().guestWrite(cpu, LapicRegister.TIMER_INITIAL.offset(), TIMER_NANOS));
    }

    private static void setTimerMode(Bench bench, Cpu cpu, String mode) {
        long written = new Expression(mode, bench.scope()).value().longValue() | LVT_MASKED | SCRATCH_VECTOR;
        write(bench, cpu, LapicRegister.LVT_TIMER.offset(), written);
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

    private static void accept(Cpu cpu, Args args) {
        DeliveryMode mode = Fields.delivery(args.text("delivery"), args.scope());
        boolean level = args.text("trigger", "edge").equals("level");
        int vector = args.integer("vector", 0);
        for (long i = 0; i < args.number("times", 1); i++) {
            if (mode.carriesVector()) {
                cpu.apic().accept(vector, level ? TriggerMode.LEVEL : TriggerMode.EDGE);
            } else {
                cpu.processor().pending().accept(mode, vector);
            }
        }
    }

    private static void acknowledge(Cpu cpu, int vector) {
        if (cpu.apic().deliverable() != vector) {
            throw new Mismatch("vector " + Numbers.hex(vector) + " is not what the local APIC would deliver: "
                    + (cpu.apic().deliverable() == VectorSet.NONE
                            ? "nothing"
                            : Numbers.hex(cpu.apic().deliverable())));
        }
        cpu.apic().acknowledge(vector);
    }

    private static void programTimer(Bench bench, Cpu cpu, Args args) {
        long entry = new Expression(args.text("mode"), bench.scope()).value().longValue()
                | args.number("vector")
                | (args.flag("masked", false) ? LVT_MASKED : 0);
        write(bench, cpu, LapicRegister.TIMER_DIVIDE.offset(), args.number("tdcr"));
        write(bench, cpu, LapicRegister.LVT_TIMER.offset(), entry);
        write(bench, cpu, LapicRegister.TIMER_INITIAL.offset(), args.number("tmict"));
        if (cpu.timer().expiry() == LapicTimer.NEVER) {
            throw new Mismatch("the timer does not run");
        }
    }
}
