// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.VectorSet;
import irqstorm.cpu.ActivityState;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Instructions that concern the processor, and what handlers and waiting programs do. */
final class CpuOperations {
    private CpuOperations() {}

    /** Null if {@code name} is none of these. */
    static Boolean execute(String name, Bench bench, Cpu cpu, Context context, Args args) {
        return switch (name) {
            case "nop",
                    "io_delay",
                    "cpuid",
                    "wait",
                    "touch",
                    "access_unmapped",
                    "observe",
                    "iret_on_unmapped_stack",
                    "device_ack" -> true;
            case "cli" -> {
                context.interruptibility().setInterruptFlag(false);
                yield true;
            }
            case "sti" -> {
                context.interruptibility().sti();
                yield true;
            }
            case "mov_ss" -> {
                context.interruptibility().movSs();
                yield true;
            }
            case "hlt" -> {
                cpu.halt();
                yield true;
            }
            case "sti_hlt" -> {
                context.top().insert(Json.operations("sti", "hlt"));
                yield true;
            }
            case "int_n" -> {
                cpu.events().softwareInterrupt(args.integer("vector"));
                yield true;
            }
            case "repeat", "for_each" -> {
                context.top().insert(Loops.unrolled(bench.scope(), args.node()));
                args.ignoring(names(args.node()));
                yield true;
            }
            case "set_variable" -> {
                bench.scope().set(args.text("name"), args.number("value"));
                yield true;
            }
            case "if_count" -> ifCount(bench, cpu, context, args);
            case "mark", "signal" -> {
                bench.memory().mark(args.text("name"));
                yield true;
            }
            case "assert" -> {
                String condition = args.text("cond");
                if (!bench.memory().isMarked(condition) && !Conditions.holds(bench, cpu, condition)) {
                    throw new Mismatch("a handler finds that " + condition + " does not hold");
                }
                yield true;
            }
            case "fail" -> throw new Mismatch("a handler ran that must not run");
            case "wait_for_hypercall" -> bench.memory().isMarked("hypercall made");
            case "spin_until", "wait_until" -> Conditions.holds(bench, cpu, args.text("cond"));
            case "wait_for" -> Conditions.holds(bench, cpu, args.text("cond"));
            case "wait_nmi_handled" -> nmisAreHandled(bench);
            case "run" -> hasSomethingHappened(bench, args);
            case "loop" -> {
                context.push(Frame.of(Frame.Kind.LOOP, Preconditions.operations(args.raw("body"))));
                yield true;
            }
            default -> null;
        };
    }

    private static String[] names(JsonNode node) {
        return node.propertyNames().toArray(String[]::new);
    }

    private static boolean ifCount(Bench bench, Cpu cpu, Context context, Args args) {
        Frame frame = context.top();
        List<JsonNode> then = Preconditions.operations(args.raw("then"));
        if (bench.programs().entries(cpu, frame.vector()) == args.number("n")) {
            frame.insert(then);
        } else if (args.has("else")) {
            frame.insert(Preconditions.operations(args.raw("else")));
        }
        args.has("else");
        return true;
    }

    private static boolean nmisAreHandled(Bench bench) {
        for (Cpu cpu : bench.cpus()) {
            if (cpu.processor().pending().nmis() > 0 || cpu.current().isIn(Frame.Kind.NMI)) {
                return false;
            }
        }
        return true;
    }

    /** A program that runs until an interrupt or an exit disturbs it. */
    private static boolean hasSomethingHappened(Bench bench, Args args) {
        String key = "happenings at " + System.identityHashCode(args.node());
        if (!bench.memory().hasResult(key)) {
            bench.memory().result(key, bench.history().happenings());
        }
        return (int) bench.memory().result(key) != bench.history().happenings();
    }

    /** Takes the interrupt that is deliverable, and ends it unless told otherwise; the vector, or −1. */
    static int service(Bench bench, Cpu cpu, boolean end, boolean broadcast) {
        int vector = cpu.apic().deliverable();
        if (vector != VectorSet.NONE) {
            cpu.apic().acknowledge(vector);
            if (end && broadcast) {
                LapicOperations.endOfInterrupt(bench, cpu, 0);
            } else if (end) {
                cpu.apic().endOfInterrupt();
            }
        }
        return vector;
    }

    static boolean isRunnable(Cpu cpu) {
        return cpu.activity() == ActivityState.ACTIVE
                || cpu.activity() == ActivityState.HALTED
                        && (cpu.apic().deliverable() != VectorSet.NONE
                                || cpu.processor().pending().nmis() > 0);
    }
}
