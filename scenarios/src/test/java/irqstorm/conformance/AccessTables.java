// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicMode;
import irqstorm.apic.LapicRegister;
import irqstorm.nested.ApicVirtualization.Outcome;
import irqstorm.nested.VirtualApicPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** L2's accesses to every register that a table's row means, and what they come to. */
final class AccessTables {
    private static final int END = 0x400;
    private static final int STRIDE = 0x10;
    private static final int PATTERN = 0xA5;
    private static final int LVT_MASKED = 1 << 16;

    private static final List<String> READABLE = List.of(
            "ID", "LVR", "TPR", "PPR", "LDR", "SPIV", "ESR", "ICR", "LVTT", "LVTTHMR", "LVTPC", "LVT0", "LVT1",
            "LVTERR", "TMICT", "TMCCT", "TDCR");
    private static final List<String> WRITABLE = List.of(
            "TPR",
            "EOI",
            "SPIV",
            "ESR",
            "ICR",
            "LVTT",
            "LVTTHMR",
            "LVTPC",
            "LVT0",
            "LVT1",
            "LVTERR",
            "TMICT",
            "TDCR",
            "SELF_IPI");
    private static final List<String> LVTS = List.of("LVTT", "LVTTHMR", "LVTPC", "LVT0", "LVT1", "LVTERR");

    private AccessTables() {}

    // --- the APIC-access page
    // -------------------------------------------------------------------------------------------

    static Map<String, Object> page(Bench bench, Cpu cpu, JsonNode row) {
        cpu.setControls(Nested.vmx(bench.setup().nested().orElseThrow(), row));
        Set<String> reads = new TreeSet<>();
        Set<String> writes = new TreeSet<>();
        boolean offsets = true;
        boolean roundTrip = true;
        long mask = expectedMask(bench);
        Map<Integer, Long> memory = new LinkedHashMap<>();
        for (int offset : offsets(bench, row)) {
            Exit read = readPage(bench, cpu, offset);
            Exit write = writePage(bench, cpu, offset, memory);
            reads.add(read.reason());
            writes.add(write.reason());
            offsets &= read.isAt(offset) && write.isAt(offset);
            VirtualApicPage page = cpu.vmx().delivery().page();
            long there = memory.getOrDefault(offset, page.read(offset));
            if (write.reason().equals("none")) {
                roundTrip &= (there & mask) == (pattern(offset) & mask);
            }
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("read", String.join(" and ", reads));
        result.put("write", String.join(" and ", writes));
        result.put("offsets", offsets);
        result.put("round trip", roundTrip);
        return result;
    }

    /** How an access ended: the exit, or none. */
    private record Exit(String reason, long qualification) {
        boolean isAt(int offset) {
            return reason.equals("none") || qualification == offset;
        }
    }

    private static Exit readPage(Bench bench, Cpu cpu, int offset) {
        enter(bench, cpu);
        int before = bench.history().exits().size();
        if (bench.setup().nested().isPresent()) {
            VirtualApicAccess.read(bench, cpu, offset, false);
        }
        return exit(bench, before);
    }

    private static Exit writePage(Bench bench, Cpu cpu, int offset, Map<Integer, Long> memory) {
        enter(bench, cpu);
        int before = bench.history().exits().size();
        Outcome outcome = irqstorm.nested.ApicVirtualization.writePage(cpu.vmxControls(), offset, pattern(offset));
        if (outcome == Outcome.NOT_VIRTUALIZED) {
            // The page that is not the APIC-access page is memory of L2.
            memory.put(offset, pattern(offset));
        } else {
            VirtualApicAccess.write(bench, cpu, offset, pattern(offset), false);
        }
        return exit(bench, before);
    }

    private static Exit exit(Bench bench, int before) {
        List<History.Exit> exits = bench.history().exits();
        return exits.size() == before
                ? new Exit("none", 0)
                : new Exit(exits.get(before).reason().name(), exits.get(before).qualification());
    }

    private static void enter(Bench bench, Cpu cpu) {
        if (!cpu.inL2()) {
            NestedOperations.enter(bench, cpu);
        }
    }

    private static long pattern(int offset) {
        return offset == LapicRegister.TPR.offset() ? PATTERN : PATTERN * 0x0101_0101L;
    }

    private static long expectedMask(Bench bench) {
        JsonNode mask = bench.memory().rowOut().path("compare_mask");
        return mask.isMissingNode() ? 0xFFFF_FFFFL : Numbers.integer(mask, bench.scope());
    }

    /** The registers of a row: a number, a range, the rest of the table's, or, where it names none, all. */
    private static List<Integer> offsets(Bench bench, JsonNode row) {
        JsonNode register = row.path("reg");
        if (register.isMissingNode()) {
            return all();
        }
        if (!register.asString("").equals("all others")) {
            return range(bench, register);
        }
        List<Integer> others = all();
        for (JsonNode other : bench.memory().table()) {
            JsonNode named = other.path("in").path("reg");
            if (!named.asString("").equals("all others")) {
                others.removeAll(range(bench, named));
            }
        }
        return others;
    }

    private static List<Integer> range(Bench bench, JsonNode register) {
        List<Integer> offsets = new ArrayList<>();
        for (long offset : Domain.values("reg", register, bench.scope())) {
            if (offset % STRIDE == 0) {
                offsets.add((int) offset);
            }
        }
        return offsets;
    }

    private static List<Integer> all() {
        List<Integer> offsets = new ArrayList<>();
        for (int offset = 0; offset < END; offset += STRIDE) {
            offsets.add(offset);
        }
        return offsets;
    }

    // --- x2APIC MSRs
    // ----------------------------------------------------------------------------------------------------

    static Map<String, Object> msr(Bench bench, Cpu cpu, JsonNode row) {
        boolean write = row.path("op").asString("").equals("write");
        if (row.has("l1_x2apic") && !row.path("l1_x2apic").asBoolean(true)) {
            TableOperations.goTo(cpu, ApicMode.XAPIC);
        }
        Set<String> targets = new TreeSet<>();
        Set<Boolean> faults = new TreeSet<>();
        Set<String> exits = new TreeSet<>();
        for (int offset : msrOffsets(bench, row.path("reg").asString(""), write)) {
            enter(bench, cpu);
            bench.memory().stepBegins(bench.history().exits().size());
            int before = bench.history().exits().size();
            if (write) {
                VirtualApicAccess.write(bench, cpu, offset, value(bench, row, offset), true);
            } else {
                LapicOperations.readOrFault(bench, VirtualApicAccess.read(bench, cpu, offset, true));
            }
            boolean fault = bench.memory().faulted();
            faults.add(fault);
            if (!fault) {
                targets.add(
                        bench.memory().result("access") == Outcome.NOT_VIRTUALIZED ? "L1 APIC" : "virtual-APIC page");
            }
            while (cpu.inL2() && cpu.boundary()) {
                // What the write led to comes before L2's next instruction.
            }
            exits.add(exit(bench, before).reason());
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("from", String.join(" and ", targets));
        result.put("to", String.join(" and ", targets));
        result.put("gp", faults.size() == 1 ? faults.contains(true) : (Object) "some");
        result.put("exit", String.join(" and ", exits));
        return result;
    }

    private static long value(Bench bench, JsonNode row, int offset) {
        if (row.has("value")) {
            return Numbers.integer(row.path("value"), bench.scope());
        }
        if (offset == LapicRegister.SPIV.offset()) {
            return 0x1FF;
        }
        if (offset == LapicRegister.SELF_IPI.offset()) {
            return 0x31;
        }
        for (String entry : LVTS) {
            if (RegisterNames.offset(entry) == offset) {
                return LVT_MASKED;
            }
        }
        return 0;
    }

    private static List<Integer> msrOffsets(Bench bench, String phrase, boolean write) {
        Set<Integer> readable = offsets(READABLE, true);
        Set<Integer> writable = offsets(WRITABLE, false);
        Set<Integer> chosen = new TreeSet<>();
        switch (phrase) {
            case "readable", "other readable" -> chosen.addAll(readable);
            case "writable incl. TPR, EOI, SELF_IPI" -> chosen.addAll(writable);
            case "unreadable" -> chosen.addAll(without(readable));
            case "other" -> chosen.addAll(all());
            case "read-only or undefined" -> chosen.addAll(without(writable));
            case "read-only" -> {
                chosen.addAll(readable);
                chosen.removeAll(writable);
            }
            default -> chosen.addAll(named(bench, phrase));
        }
        if (phrase.startsWith("other")) {
            chosen.remove(LapicRegister.TPR.offset());
        }
        // The corrected-machine-check entry exists only on machines with that feature, and nothing is said about them.
        chosen.remove(LapicRegister.LVT_CMCI.offset());
        if (write && chosen.isEmpty()) {
            throw new Unsupported("registers \"" + phrase + "\"");
        }
        return new ArrayList<>(chosen);
    }

    private static Set<Integer> named(Bench bench, String phrase) {
        Set<Integer> offsets = new TreeSet<>();
        if (phrase.startsWith("any ")) {
            offsets.addAll(range(bench, Json.text(phrase.substring("any ".length()) + " step 0x10")));
            return offsets;
        }
        for (String name : phrase.split("/")) {
            if (name.equals("LVTx")) {
                LVTS.forEach(entry -> offsets.add(RegisterNames.offset(entry)));
            } else {
                offsets.add(RegisterNames.offset(name));
            }
        }
        return offsets;
    }

    private static Set<Integer> offsets(List<String> names, boolean arrays) {
        Set<Integer> offsets = new TreeSet<>();
        names.forEach(name -> offsets.add(RegisterNames.offset(name)));
        for (int offset = LapicRegister.ISR.offset(); arrays && offset < LapicRegister.ESR.offset(); offset += STRIDE) {
            offsets.add(offset);
        }
        return offsets;
    }

    private static List<Integer> without(Set<Integer> offsets) {
        List<Integer> others = all();
        others.removeAll(offsets);
        return others;
    }
}
