// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.cpu.ActivityState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Handlers that ran, NMIs, and what a vCPU is doing. */
final class InterruptObservations {
    private static final int NMI_VECTOR = 2;

    private InterruptObservations() {}

    static boolean check(String name, Bench bench, Args args) {
        switch (name) {
            case "isr_count", "isr_count_any" -> Comparison.numbers(name, count(bench, args), args);
            case "isr_count_per_vcpu", "isr_count_total_per_vcpu" -> perVcpu(bench, args);
            case "each_vcpu_runs_callback_once" -> eachOnce(bench, args);
            case "isr_count_per_iteration" -> Comparison.numbers(name, sinceIterationBegan(bench, args), args);
            case "delivery_order" -> order(bench, args);
            case "isr_starts_after" -> startsAfter(bench, args);
            case "isr_return_rip" -> returnPlace(bench, args);
            case "nmi_count" -> Comparison.numbers(name, nmis(bench, args), args);
            case "nmi_taken_at_label" -> {
                String label = args.text("label");
                long taken = bench.history().nmis().stream()
                        .filter(nmi -> nmi.label().equals(label))
                        .count();
                Comparison.numbers("the number of NMIs at " + label, taken, args);
            }
            case "nmi_taken_at", "nmi_not_taken_at" -> nmiPlace(name, bench, args);
            case "vcpu_continues" -> Comparison.truth(name, continues(bench, args), args);
            case "not_hung" -> {
                boolean expected = args.flag("value", true);
                if (continues(bench, args) != expected) {
                    throw new Mismatch("the vCPU hangs");
                }
            }
            case "vcpu_state" -> {
                String expected = switch (args.text("value").toUpperCase(Locale.ROOT)) {
                    case "HLT" -> "HALTED";
                    case "ACTIVE", "RUNNING" -> "RUNNABLE";
                    case "WAIT_SIPI", "INIT_RECEIVED" -> "WAIT_FOR_SIPI";
                    default -> args.text("value").toUpperCase(Locale.ROOT);
                };
                Comparison.text(name, state(Observations.cpu(bench, args)), expected);
            }
            case "halt_exit_count" ->
                Comparison.numbers(name, Observations.cpu(bench, args).haltExits(), args);
            case "no_lost_wakeup" -> Comparison.truth(name, everyHandlerEnded(bench), args);
            default -> {
                return false;
            }
        }
        return true;
    }

    static long count(Bench bench, Args args) {
        if (args.has("vector") && args.number("vector") == NMI_VECTOR) {
            return nmis(bench, args);
        }
        boolean anyVector = !args.has("vector");
        boolean anyVcpu = !args.has("vcpu");
        String world = args.text("world", "");
        return bench.history().handlers().stream()
                .filter(entry -> anyVector || entry.vector() == args.number("vector"))
                .filter(entry -> anyVcpu || entry.cpu() == args.number("vcpu"))
                .filter(entry -> world.isEmpty() || entry.world().equals(world))
                .count();
    }

    private static long sinceIterationBegan(Bench bench, Args args) {
        int vector = args.integer("vector");
        return bench.history().counts().getOrDefault(vector, 0) - bench.memory().countBefore(vector);
    }

    private static void perVcpu(Bench bench, Args args) {
        boolean anyVector = !args.has("vector");
        for (Cpu cpu : bench.cpus()) {
            long count = bench.history().handlers().stream()
                    .filter(entry -> entry.cpu() == cpu.index())
                    .filter(entry -> anyVector || entry.vector() == args.number("vector"))
                    .count();
            Comparison.numbers("the handler count of vCPU " + cpu.index(), count, args);
        }
    }

    private static void eachOnce(Bench bench, Args args) {
        Comparison.numbers("the number of callbacks", bench.history().handlers().size(), args);
        for (Cpu cpu : bench.cpus()) {
            long count = bench.history().handlers().stream()
                    .filter(entry -> entry.cpu() == cpu.index())
                    .count();
            if (count != 1) {
                throw new Mismatch("vCPU " + cpu.index() + " runs the callback " + count + " times");
            }
        }
    }

    private static void order(Bench bench, Args args) {
        int vcpu = args.integer("vcpu", bench.setup().nestedCpu());
        boolean withNmis = args.list("vectors").stream().anyMatch(InterruptObservations::isNmi);
        Map<Integer, String> inOrder = new TreeMap<>();
        for (History.HandlerEntry entry : bench.history().handlers()) {
            if (entry.cpu() == vcpu) {
                inOrder.put(entry.serial(), Numbers.hex(entry.vector()) + (entry.software() ? "(soft)" : ""));
            }
        }
        for (History.Nmi nmi : bench.history().nmis()) {
            if (nmi.cpu() == vcpu && withNmis) {
                inOrder.put(nmi.serial(), "NMI");
            }
        }
        List<String> actual = new ArrayList<>(inOrder.values());
        List<String> expected = new ArrayList<>();
        for (JsonNode vector : args.list("vectors")) {
            if (isNmi(vector)) {
                expected.add("NMI");
                continue;
            }
            String text = vector.asString(vector.toString());
            boolean soft = text.endsWith("(soft)");
            String number = soft ? text.substring(0, text.length() - "(soft)".length()) : text;
            expected.add(Numbers.hex(Numbers.integer(Json.text(number), args.scope())) + (soft ? "(soft)" : ""));
        }
        Comparison.text("the order of handlers", actual.toString(), expected.toString());
    }

    private static boolean isNmi(JsonNode vector) {
        return vector.asString("").equalsIgnoreCase("nmi");
    }

    private static void startsAfter(Bench bench, Args args) {
        long vector = args.number("vector");
        long other = args.number("after_iret_of");
        int start = bench.history().handlers().stream()
                .filter(entry -> entry.vector() == vector)
                .mapToInt(History.HandlerEntry::serial)
                .findFirst()
                .orElseThrow(() -> new Mismatch("the handler of " + Numbers.hex(vector) + " never starts"));
        boolean ended = bench.history().ends().stream().anyMatch(end -> end.vector() == other && end.serial() < start);
        if (!ended) {
            throw new Mismatch("the handler of " + Numbers.hex(vector) + " starts before the one of "
                    + Numbers.hex(other) + " has ended");
        }
    }

    private static void returnPlace(Bench bench, Args args) {
        long vector = args.number("vector");
        History.HandlerEntry entry = bench.history().handlers().stream()
                .filter(handler -> handler.vector() == vector)
                .findFirst()
                .orElseThrow(() -> new Mismatch("the handler of " + Numbers.hex(vector) + " never starts"));
        if (!entry.returnTo().contains(args.text("value"))) {
            throw new Mismatch("the handler returns to " + entry.returnTo() + ", expected " + args.raw("value"));
        }
    }

    private static long nmis(Bench bench, Args args) {
        boolean anyVcpu = !args.has("vcpu");
        String world = args.text("world", "");
        return bench.history().nmis().stream()
                .filter(nmi -> anyVcpu || nmi.cpu() == args.number("vcpu"))
                .filter(nmi -> world.isEmpty() || nmi.world().equals(world))
                .count();
    }

    private static void nmiPlace(String name, Bench bench, Args args) {
        int occurrence = args.integer("occurrence", 1);
        if (bench.history().nmis().size() < occurrence) {
            throw new Mismatch("only " + bench.history().nmis().size() + " NMIs are taken");
        }
        boolean insideHandler = bench.history().nmis().get(occurrence - 1).nested();
        String rip = args.text("rip");
        boolean there = switch (rip) {
            case "the handler's IRET itself" -> insideHandler;
            case "instruction after IRET" -> !insideHandler;
            default -> throw new Unsupported("the place \"" + rip + "\"");
        };
        if (there == name.equals("nmi_not_taken_at")) {
            throw new Mismatch("NMI " + occurrence + (there ? " is" : " is not") + " taken at " + rip);
        }
    }

    private static boolean continues(Bench bench, Args args) {
        Cpu cpu = Observations.cpu(bench, args);
        return cpu.activity() == ActivityState.ACTIVE && !cpu.current().isBusy();
    }

    private static String state(Cpu cpu) {
        if (cpu.activity() == ActivityState.HALTED && CpuOperations.isRunnable(cpu)) {
            return "RUNNABLE";
        }
        return switch (cpu.activity()) {
            case ACTIVE -> "RUNNABLE";
            case HALTED -> "HALTED";
            case WAIT_FOR_SIPI -> "WAIT_FOR_SIPI";
        };
    }

    /** Every interrupt that was sent has been served: nothing is left in a local APIC, and every handler came to its end. */
    private static boolean everyHandlerEnded(Bench bench) {
        for (Cpu cpu : bench.cpus()) {
            if (!cpu.apic().requested().isEmpty()) {
                return false;
            }
        }
        return bench.history().handlers().size() == bench.history().ends().size();
    }
}
