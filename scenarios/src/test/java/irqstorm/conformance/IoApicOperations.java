// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.IoApicWindow;
import irqstorm.apic.RedirectionEntry;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Lines, the I/O APIC's registers, and EOIs that reach it. */
final class IoApicOperations {
    private static final List<String> FIELDS =
            List.of("vector", "delivery", "dest_mode", "polarity", "trigger", "mask", "dest");

    /** Where the PC's MADT leads ISA interrupt 0. */
    private static final int TIMER_GSI = 2;

    private IoApicOperations() {}

    /** Null if {@code name} is none of these. */
    static Boolean execute(String name, Bench bench, Args args) {
        switch (name) {
            case "set_irq" -> bench.setGsi(args.integer("gsi"), args.number("level") != 0);
            case "pulse_irq" -> {
                bench.setGsi(args.integer("gsi"), true);
                bench.setGsi(args.integer("gsi"), false);
            }
            case "raise_isa" -> bench.setGsi(args.integer("irq") == 0 ? TIMER_GSI : args.integer("irq"), true);
            case "lower_isa" -> bench.setGsi(args.integer("irq") == 0 ? TIMER_GSI : args.integer("irq"), false);
            case "assert_logical" -> bench.setGsi(args.integer("gsi"), true);
            case "deassert_logical" -> bench.setGsi(args.integer("gsi"), false);
            case "ioapic_eoi" -> bench.ioApic().broadcastEoi(args.integer("vector"), true);
            case "directed_eoi" ->
                bench.window().write(IoApicWindow.EOI_REGISTER, args.integer("size", 4), args.number("vector"));
            case "ioapic_read" -> {
                select(bench, args.integer("index"));
                bench.memory().readValue(bench.window().read(IoApicWindow.IOWIN));
                LapicOperations.save(bench, args);
            }
            case "ioapic_write" -> {
                select(bench, args.integer("index"));
                bench.window().write(IoApicWindow.IOWIN, Integer.BYTES, args.number("value") & 0xFFFF_FFFFL);
            }
            case "read_rte" -> readEntry(bench, args);
            case "write_rte" -> writeEntry(bench, args);
            case "write_rte_value" -> {
                bench.memory().saveEntry("written", args.number("value"));
                bench.window().writeEntry(args.integer("pin"), args.number("value"));
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
        return args.has("pin") ? args.integer("pin") : args.integer("gsi");
    }

    private static void setMask(Bench bench, int pin, boolean masked) {
        long entry = bench.ioApic().entry(pin);
        writeHalf(bench, pin, false, masked ? entry | RedirectionEntry.MASKED : entry & ~RedirectionEntry.MASKED);
    }

    private static void readEntry(Bench bench, Args args) {
        int pin = args.integer("pin");
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
        int pin = args.integer("pin");
        String part = args.text("part", "both");
        long entry = bench.ioApic().entry(pin);
        if (args.has("vector") && args.has("trigger") && !args.has("mask")) {
            entry &= ~RedirectionEntry.MASKED;
        }
        for (String field : FIELDS) {
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
