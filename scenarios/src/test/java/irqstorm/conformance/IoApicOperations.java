// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.IoApicWindow;
import irqstorm.apic.RedirectionEntry;
import tools.jackson.databind.JsonNode;

/** Lines, the I/O APIC's registers, and EOIs that reach it. */
final class IoApicOperations {
    /** A count that stands for "often enough". */
    private static final int MAX_PULSES = 100_000;

    /** Where the PC's MADT leads ISA interrupt 0. */
    private static final int TIMER_GSI = 2;

    private IoApicOperations() {}

    /** Null if {@code name} is none of these. */
    static Boolean execute(String name, Bench bench, Args args) {
        switch (name) {
            case "set_irq" -> bench.setGsi(gsi(args), args.flag("level", true));
            case "pulse_irq" -> {
                long times = Math.min(args.number(args.either("times", "count", "n"), 1), MAX_PULSES);
                for (long i = 0; i < times; i++) {
                    bench.setGsi(gsi(args), true);
                    bench.setGsi(gsi(args), false);
                }
            }
            case "raise_isa" -> bench.setGsi(args.integer("irq") == 0 ? TIMER_GSI : args.integer("irq"), true);
            case "lower_isa" -> bench.setGsi(args.integer("irq") == 0 ? TIMER_GSI : args.integer("irq"), false);
            case "assert_logical", "raise_irq" -> bench.setGsi(gsi(args), true);
            case "deassert_logical", "lower_irq" -> bench.setGsi(gsi(args), false);
            case "ioapic_eoi" -> bench.ioApic().broadcastEoi(args.integer("vector"), true);
            case "directed_eoi" ->
                bench.window()
                        .write(
                                IoApicWindow.EOI_REGISTER,
                                args.integer("size", 4),
                                args.number(args.either("vector", "value")));
            case "ioapic_read" -> {
                select(bench, index(args, args.either("index", "reg")));
                bench.memory().readValue(bench.window().read(IoApicWindow.IOWIN));
                LapicOperations.save(bench, args);
            }
            case "ioapic_write" -> {
                select(bench, index(args, args.either("index", "reg")));
                bench.window().write(IoApicWindow.IOWIN, Integer.BYTES, args.number("value") & 0xFFFF_FFFFL);
            }
            case "read_rte" -> readEntry(bench, args);
            case "write_rte" -> writeEntry(bench, args);
            case "write_rte_value" -> {
                bench.memory().saveEntry("written", args.number("value"));
                bench.window().writeEntry(pin(args), args.number("value"));
            }
            case "mask" -> setMask(bench, pin(args), true);
            case "unmask" -> setMask(bench, pin(args), false);
            default -> {
                return null;
            }
        }
        return true;
    }

    static boolean isPage(long address) {
        return address >= IoApicWindow.BASE_ADDRESS && address < IoApicWindow.BASE_ADDRESS + 0x1000;
    }

    static void readPage(Bench bench, int offset, int size) {
        bench.memory().readValue(bench.window().read(offset) & (1L << size * Byte.SIZE) - 1);
    }

    static void writePage(Bench bench, int offset, int size, long value) {
        bench.window().write(offset, size, value & (1L << size * Byte.SIZE) - 1);
    }

    private static void select(Bench bench, int index) {
        bench.window().write(IoApicWindow.IOREGSEL, 1, index);
    }

    private static int pin(Args args) {
        return args.integer(args.either("pin", "gsi"));
    }

    private static int gsi(Args args) {
        return args.integer(args.either("gsi", "pin", "irq"));
    }

    /** The number of an indirect register, which may be called by its name. */
    static int index(Args args, String key) {
        return switch (args.text(key)) {
            case "ID", "IOAPICID" -> IoApicWindow.ID;
            case "VERSION", "VER", "IOAPICVER" -> IoApicWindow.VERSION;
            case "ARBITRATION", "ARB", "IOAPICARB" -> IoApicWindow.ARBITRATION;
            default -> args.integer(key);
        };
    }

    private static void setMask(Bench bench, int pin, boolean masked) {
        long entry = bench.ioApic().entry(pin);
        writeHalf(bench, pin, false, masked ? entry | RedirectionEntry.MASKED : entry & ~RedirectionEntry.MASKED);
    }

    private static void readEntry(Bench bench, Args args) {
        int pin = pin(args);
        long low = bench.window().readRegister(IoApicWindow.FIRST_ENTRY + 2 * pin);
        long high = bench.window().readRegister(IoApicWindow.FIRST_ENTRY + 2 * pin + 1);
        long entry = high << 32 | low;
        bench.memory().readValue(entry);
        if (args.has("save")) {
            bench.memory().saveEntry(args.text("save"), entry);
        }
    }

    /**
     * Changes the named fields. Naming vector and trigger mode programs the pin, as drivers do, which leaves it unmasked unless the
     * mask is named too.
     */
    private static void writeEntry(Bench bench, Args args) {
        int pin = pin(args);
        String part = args.text("part", "both");
        long entry = bench.ioApic().entry(pin);
        if (args.has("vector") && args.has("trigger") && !args.has("mask")) {
            entry &= ~RedirectionEntry.MASKED;
        }
        for (String field : Fields.NAMES) {
            if (args.has(field)) {
                JsonNode value = args.raw(field);
                entry = Fields.with(entry, field, value, args.scope());
            }
        }
        if (!part.equals("low")) {
            writeHalf(bench, pin, true, entry);
        }
        if (!part.equals("high")) {
            writeHalf(bench, pin, false, entry);
        }
    }

    private static void writeHalf(Bench bench, int pin, boolean high, long entry) {
        select(bench, IoApicWindow.FIRST_ENTRY + 2 * pin + (high ? 1 : 0));
        bench.window().write(IoApicWindow.IOWIN, Integer.BYTES, high ? entry >>> 32 : entry & 0xFFFF_FFFFL);
    }
}
