// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicBase;
import irqstorm.apic.ApicBus;
import irqstorm.apic.ApicMode;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptCommand;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LapicTraits;
import irqstorm.apic.LocalApic;
import irqstorm.apic.RegisterWrite;
import irqstorm.nested.VmxControls;
import irqstorm.state.StateStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Operations that a table's row describes; what each row came to is compared by the observations "per row". */
final class TableOperations {
    private static final Pattern ANY_WITH_BIT = Pattern.compile("any value with bit (.+)");
    private static final long HARMLESS_COMMAND = 0x40FF;
    private static final int TEST_VECTOR = 0x40;

    private TableOperations() {}

    /** Null if {@code name} is none of these. */
    static Boolean execute(String name, Bench bench, Cpu cpu, Args args) {
        JsonNode row = bench.memory().row();
        Map<String, Object> result = switch (name) {
            case "match_table" -> match(bench, cpu, row);
            case "ppr_table" -> priority(bench, cpu, row);
            case "wrmsr_table" -> changeMode(bench, cpu, row);
            case "rdmsr_wrmsr_table" -> accessMsrs(bench, cpu, row);
            case "for_each_icr" -> {
                args.ignoring("values", "body");
                yield writeCommands(bench, cpu, row);
            }
            case "vmlaunch_table" -> launch(bench, row);
            case "xapic_access_table" -> AccessTables.page(bench, cpu, row);
            case "x2apic_msr_table" -> AccessTables.msr(bench, cpu, row);
            default -> null;
        };
        if (result == null) {
            return null;
        }
        args.ignoring("msr");
        bench.memory().result("row", result);
        return true;
    }

    /** Whether the row's message reaches the local APIC, from a sender with the row's ID. */
    private static Map<String, Object> match(Bench bench, Cpu cpu, JsonNode row) {
        LocalApic apic = cpu.apic();
        int source = (int) Numbers.integer(row.path("src"), bench.scope());
        LocalApic other = new LocalApic(new StateStore(), LapicTraits.KVM, source);
        LocalApic[] apics = source == apic.id() ? new LocalApic[] {apic} : new LocalApic[] {apic, other};
        ApicBus bus = new ApicBus(apics, new SilentListener());
        long command = InterruptCommand.of(
                TEST_VECTOR,
                DeliveryMode.FIXED,
                row.path("mode").asString("physical").equals("logical"),
                LapicOperations.shorthand(row.path("shorthand").asString("none")),
                row.has("dest") ? (int) Numbers.integer(row.path("dest"), bench.scope()) : 0,
                apic.mode());
        bus.command(apics.length - 1, command);
        return Map.of("match", apic.requested().contains(TEST_VECTOR));
    }

    private static final class SilentListener implements ApicBus.Listener {
        @Override
        public void accepted(int vcpu, int vector, boolean level) {}

        @Override
        public void refused(int vcpu, int vector, boolean level) {}
    }

    private static Map<String, Object> priority(Bench bench, Cpu cpu, JsonNode row) {
        LapicOperations.write(bench, cpu, LapicRegister.TPR.offset(), Numbers.integer(row.path("tpr"), bench.scope()));
        cpu.apic().inService().clear();
        row.path("isr")
                .values()
                .forEach(vector -> cpu.apic().inService().add((int) Numbers.integer(vector, bench.scope())));
        return Map.of("ppr", bench.lapics().lapicRegister(cpu, "PPR"));
    }

    private static Map<String, Object> changeMode(Bench bench, Cpu cpu, JsonNode row) {
        ApicMode from = switch (row.path("from").asString("")) {
            case "x2apic" -> ApicMode.X2APIC;
            case "xapic" -> ApicMode.XAPIC;
            case "disabled" -> ApicMode.DISABLED;
            default -> throw new Unsupported("APIC mode " + row.path("from"));
        };
        goTo(cpu, from);
        long value = cpu.base().read() & ~(ApicBase.EN | ApicBase.EXTD)
                | (row.path("EN").asInt() != 0 ? ApicBase.EN : 0)
                | (row.path("EXTD").asInt() != 0 ? ApicBase.EXTD : 0);
        boolean fault = cpu.access().writeMsr(ApicBase.MSR, value, bench.clock().nowNanos()) == RegisterWrite.FAULT;
        return Map.of("gp", fault);
    }

    /** Brings the local APIC into {@code mode} by way of the disabled state. */
    static void goTo(Cpu cpu, ApicMode mode) {
        if (cpu.apic().mode() == mode) {
            return;
        }
        long base = cpu.base().read() & ~(ApicBase.EN | ApicBase.EXTD);
        cpu.base().write(base);
        if (mode != ApicMode.DISABLED) {
            cpu.base().write(base | ApicBase.EN);
        }
        if (mode == ApicMode.X2APIC) {
            cpu.base().write(base | ApicBase.EN | ApicBase.EXTD);
        }
    }

    private static Map<String, Object> accessMsrs(Bench bench, Cpu cpu, JsonNode row) {
        String operation = row.path("op").asString("");
        List<String> faults = new ArrayList<>();
        for (String part : row.path("msr").asString("").split(",")) {
            String[] ends = part.split("-");
            int first = Integer.decode(ends[0]);
            int last = Integer.decode(ends[ends.length - 1]);
            for (int msr = first; msr <= last; msr++) {
                if (faults(bench, cpu, operation, msr)) {
                    faults.add(Numbers.hex(msr));
                }
            }
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("gp", !faults.isEmpty());
        result.put("detail", faults.toString());
        return result;
    }

    private static boolean faults(Bench bench, Cpu cpu, String operation, int msr) {
        OptionalLong value = cpu.access().readMsr(msr, bench.clock().nowNanos());
        return switch (operation) {
            case "read" -> value.isEmpty();
            case "write same value" ->
                value.isEmpty()
                        || cpu.access()
                                        .writeMsr(
                                                msr,
                                                value.getAsLong(),
                                                bench.clock().nowNanos())
                                == RegisterWrite.FAULT;
            case "write 0" -> cpu.access().writeMsr(msr, 0, bench.clock().nowNanos()) == RegisterWrite.FAULT;
            default -> throw new Unsupported("MSR access \"" + operation + "\"");
        };
    }

    private static Map<String, Object> writeCommands(Bench bench, Cpu cpu, JsonNode row) {
        JsonNode icr = row.path("icr");
        Matcher any = ANY_WITH_BIT.matcher(icr.asString(""));
        Map<String, Object> result = new LinkedHashMap<>();
        if (!any.matches()) {
            writeCommand(bench, cpu, Numbers.integer(icr, bench.scope()), result);
            return result;
        }
        boolean all = true;
        for (String part : any.group(1).split(", | or ")) {
            for (long bit : Domain.values("bit", Json.text(part), bench.scope())) {
                writeCommand(bench, cpu, HARMLESS_COMMAND | 1L << bit, result);
                all &= (boolean) result.get("gp");
            }
        }
        result.put("gp", all);
        return result;
    }

    private static void writeCommand(Bench bench, Cpu cpu, long value, Map<String, Object> result) {
        RegisterWrite write = cpu.access()
                .writeMsr(LapicRegister.ICR.msr(), value, bench.clock().nowNanos());
        result.put("gp", write == RegisterWrite.FAULT);
        if (write != RegisterWrite.FAULT) {
            bench.lapics().carryOut(cpu, write);
            result.put(
                    "readback",
                    cpu.access()
                            .readMsr(LapicRegister.ICR.msr(), bench.clock().nowNanos())
                            .orElse(-1));
        }
    }

    private static Map<String, Object> launch(Bench bench, JsonNode row) {
        JsonNode nested =
                bench.setup().nested().orElseThrow(() -> new Unsupported("an entry without nested preconditions"));
        VmxControls controls = Nested.vmx(nested, row);
        int priority = row.has("vtpr") ? (int) Numbers.integer(row.path("vtpr"), bench.scope()) : 0;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("entry", controls.invalid(priority).isEmpty() ? "ok" : "invalid_control");
        result.put("detail", controls.invalid(priority).orElse("valid"));
        return result;
    }
}
