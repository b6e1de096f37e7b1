// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptCommand;
import irqstorm.apic.InterruptCommand.Shorthand;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.RegisterWrite;
import irqstorm.apic.TriggerMode;
import irqstorm.apic.VectorSet;
import java.util.Locale;
import java.util.OptionalLong;

/** Accesses to the local APIC, by the guest and by unit tests. */
final class LapicOperations {
    private static final int PAGE = 0x1000;

    private LapicOperations() {}

    /** Null if {@code name} is none of these. */
    static Boolean execute(String name, Bench bench, Cpu cpu, Args args) {
        switch (name) {
            case "eoi" -> endOfInterrupt(bench, cpu, args.number("value", 0));
            case "lapic_read", "read_tmr", "read_isr", "read_irr" -> read(bench, cpu, args, name);
            case "lapic_write" -> write(bench, cpu, RegisterNames.offset(args.text("reg")), args.number("value"));
            case "icr_write" -> command(bench, cpu, args);
            case "self_ipi" -> selfIpi(bench, cpu, args);
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
            case "accept" -> accept(cpu, args);
            case "irr_set" ->
                args.list("vectors")
                        .forEach(vector -> cpu.apic().requested().add((int) Numbers.integer(vector, bench.scope())));
            case "irr_clear" ->
                args.list("vectors")
                        .forEach(vector -> cpu.apic().requested().remove((int) Numbers.integer(vector, bench.scope())));
            case "acknowledge" -> acknowledge(cpu, args.integer("vector"));
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
        String raw = args.either("value", "icr");
        if (args.has(raw)) {
            writeCommand(bench, cpu, args.number(raw));
            return;
        }
        DeliveryMode delivery =
                Fields.delivery(args.text(args.either("delivery", "delivery_mode"), "fixed"), args.scope());
        long command = InterruptCommand.of(
                args.integer("vector", 0),
                delivery,
                args.text("dest_mode", "physical").equals("logical"),
                shorthand(args.text("shorthand", "none")),
                args.integer("dest", 0),
                cpu.apic().mode());
        if (args.has("level") && !args.flag("level", true)) {
            command &= ~InterruptCommand.ASSERT;
        }
        // INIT is level-triggered on the bus, so that there is a de-assertion of it.
        boolean level = args.text("trigger", delivery == DeliveryMode.INIT ? "level" : "edge")
                .equals("level");
        long written = level ? command | InterruptCommand.LEVEL : command;
        for (long i = 0; i < args.number(args.either("times", "count"), 1); i++) {
            writeCommand(bench, cpu, written);
        }
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
            case "all", "all_incl", "all_including_self" -> Shorthand.ALL;
            case "all_but_self", "all_excl", "all_excluding_self", "others" -> Shorthand.ALL_BUT_SELF;
            default -> throw new Unsupported("shorthand " + name);
        };
    }

    /** By the ICR, or by the MSR of the same name if the case says so. */
    private static void selfIpi(Bench bench, Cpu cpu, Args args) {
        int vector = args.integer("vector");
        if (args.text("via", "icr").matches("(?i).*(msr|self_ipi).*")) {
            write(bench, cpu, LapicRegister.SELF_IPI.offset(), vector);
        } else {
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
    }

    /** Reads {@code size} bytes of the page by physical address. */
    static void readPage(Bench bench, Cpu cpu, long address, int size) {
        if (cpu.inL2() && isLapicPage(cpu, address) && size == Integer.BYTES) {
            readOrFault(
                    bench,
                    VirtualApicAccess.read(
                            bench, cpu, (int) (address - cpu.base().address()), false));
            return;
        }
        bench.memory().readValue(cpu.access().read(address, size, bench.clock().nowNanos()));
    }

    static void writePage(Bench bench, Cpu cpu, long address, int size, long value) {
        if (cpu.inL2() && isLapicPage(cpu, address) && size == Integer.BYTES) {
            VirtualApicAccess.write(bench, cpu, (int) (address - cpu.base().address()), value, false);
            return;
        }
        carryOut(
                bench,
                cpu,
                cpu.access().write(address, size, value, bench.clock().nowNanos()));
    }

    private static boolean isLapicPage(Cpu cpu, long address) {
        return address >= cpu.base().address() && address < cpu.base().address() + PAGE;
    }

    private static void accept(Cpu cpu, Args args) {
        DeliveryMode mode = Fields.delivery(args.text("delivery"), args.scope());
        boolean level = args.text("trigger", "edge").equals("level");
        int vector = args.integer("vector", 0);
        for (long i = 0; i < args.number("times", 1); i++) {
            if (mode.carriesVector()) {
                cpu.apic().accept(vector, level ? TriggerMode.LEVEL : TriggerMode.EDGE);
            } else {
                cpu.signal(mode, vector);
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
}
