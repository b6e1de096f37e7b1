// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.cpu.ActivityState;
import irqstorm.nested.NestedExit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Exits of L2, and what L1 finds in its control structures. */
final class NestedObservations {
    private NestedObservations() {}

    static boolean check(String name, Bench bench, Args args) {
        Cpu cpu = bench.cpus().length == 0 ? null : bench.nestedCpu();
        switch (name) {
            case "exit" -> exit(bench, args);
            case "no_exit_to_L1" -> {
                String reason = args.text("reason");
                args.integer("vcpu", 0);
                boolean expected = args.flag("value", true);
                boolean wholeRun = args.node().path("at").asString("").equals("end");
                boolean none = bench.history().exits().stream()
                        .skip(wholeRun ? 0 : bench.memory().exitsBefore())
                        .noneMatch(exit -> exit.reason().name().equals(reason(reason)));
                if (none != expected) {
                    throw new Mismatch("L2 exits with " + reason);
                }
            }
            case "nested_exit_count" -> {
                String reason = args.text("reason", "");
                Comparison.numbers(name, count(bench, reason), args);
            }
            case "exit_intr_info" -> interruptInfo(bench, args);
            case "exit_guest_rip" -> {
                History.Exit exit = last(bench);
                if (!exit.rip().contains(args.text("value"))) {
                    throw new Mismatch("L2 exits at " + exit.rip() + ", expected " + args.raw("value"));
                }
            }
            case "exit_qualification" -> Comparison.numbers(name, last(bench).qualification(), args);
            case "l2_instructions_retired" -> Comparison.numbers(name, cpu.l2().retired(), args);
            case "l2_completes" ->
                Comparison.truth(name, cpu.inL2() && cpu.l2HasRun() && cpu.activity() == ActivityState.ACTIVE, args);
            case "guest_intr_status" -> status(cpu, args);
            case "vmcb_field" -> {
                String field = args.text("field");
                int value = field.equals("V_TPR") ? cpu.svm().virtualTaskPriority() : controlBlock(cpu, field) ? 1 : 0;
                Comparison.numbers(field, value, args);
            }
            case "pid_ON" -> Comparison.truth(name, cpu.vmx().posted().isOutstanding(), args);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** How often L2 exited, for {@code reason} or, if that is empty, for any. */
    static long count(Bench bench, String reason) {
        if (!reason.isEmpty() && !isKnown(reason)) {
            throw new Unsupported("exits of reason " + reason);
        }
        return bench.history().exits().stream()
                .filter(exit -> reason.isEmpty() || exit.reason().name().equals(reason(reason)))
                .count();
    }

    private static boolean isKnown(String reason) {
        return Arrays.stream(NestedExit.values()).anyMatch(exit -> exit.name().equals(reason(reason)));
    }

    /** The model's name of an exit reason. */
    private static String reason(String name) {
        return switch (name) {
            case "VIRTUALIZED_EOI", "EOI" -> NestedExit.EOI_INDUCED.name();
            case "INTR_WINDOW", "PENDING_INTERRUPT" -> NestedExit.INTERRUPT_WINDOW.name();
            case "PENDING_NMI" -> NestedExit.NMI_WINDOW.name();
            case "TPR_THRESHOLD" -> NestedExit.TPR_BELOW_THRESHOLD.name();
            case "NMI" -> NestedExit.EXCEPTION_NMI.name();
            case "EXTINT" -> NestedExit.EXTERNAL_INTERRUPT.name();
            case "INIT" -> NestedExit.INIT_SIGNAL.name();
            default -> name;
        };
    }

    private static History.Exit last(Bench bench) {
        return bench.history().lastExit().orElseThrow(() -> new Mismatch("L2 has not exited"));
    }

    private static void exit(Bench bench, Args args) {
        if (!args.text("from", "L2").equals("L2")) {
            throw new Mismatch("exits are L2's, expected one from " + args.text("from"));
        }
        List<History.Exit> exits = bench.history().exits().stream()
                .filter(exit -> !args.has("vcpu") || exit.cpu() == args.number("vcpu"))
                .toList();
        boolean first = args.flag("first", false);
        Optional<History.Exit> exit =
                exits.isEmpty() ? Optional.empty() : Optional.of(exits.get(first ? 0 : exits.size() - 1));
        String actual = exit.map(found -> found.reason().name()).orElse("none");
        Comparison.text("the exit", actual, args.isNull("reason") ? "none" : reason(args.text("reason")));
        if (args.has("vector") && exit.orElseThrow().vector() != args.number("vector")) {
            throw new Mismatch("the exit's vector is " + exit.get().vector());
        }
        if (args.has("qualification") && exit.orElseThrow().qualification() != args.number("qualification")) {
            throw new Mismatch(
                    "the exit's qualification is " + Numbers.hex(exit.get().qualification()));
        }
    }

    private static void interruptInfo(Bench bench, Args args) {
        History.Exit exit = last(bench);
        boolean valid = exit.vector() >= 0;
        if (valid != args.flag("valid", true)) {
            throw new Mismatch("the exit's interruption information is " + (valid ? "" : "not ") + "valid");
        }
        if (args.has("vector") && exit.vector() != args.number("vector")) {
            throw new Mismatch("the exit's vector is " + exit.vector() + ", expected " + args.raw("vector"));
        }
        if (args.has("type")) {
            Comparison.text(
                    "the exit's event type",
                    switch (exit.reason()) {
                        case EXTERNAL_INTERRUPT -> "external";
                        case EXCEPTION_NMI -> "nmi";
                        default -> "none";
                    },
                    args.text("type"));
        }
    }

    private static void status(Cpu cpu, Args args) {
        number("RVI", cpu.vmx().delivery().requesting(), args, "rvi");
        number("SVI", cpu.vmx().delivery().servicing(), args, "svi");
    }

    private static void number(String subject, int actual, Args args, String key) {
        if (args.has(key) && args.number(key) != actual) {
            throw new Mismatch(subject + " is " + Numbers.hex(actual) + ", expected " + args.raw(key));
        }
    }

    private static boolean controlBlock(Cpu cpu, String field) {
        return switch (field) {
            case "V_IRQ" -> cpu.svm().virtualRequested();
            case "RFLAGS.IF", "IF" -> cpu.l2().interruptibility().interruptFlag();
            case "V_GIF" -> cpu.svm().virtualGif();
            case "V_NMI_PENDING" -> cpu.svm().virtualNmiPending();
            case "V_NMI_BLOCKING" -> cpu.svm().virtualNmiBlocked();
            case "INTERRUPT_SHADOW" -> cpu.l2().interruptibility().inShadow();
            default -> throw new Unsupported("control block field " + field);
        };
    }
}
