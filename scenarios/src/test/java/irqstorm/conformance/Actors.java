// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.cpu.ActivityState;
import irqstorm.nested.NestedExit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets actors do their steps. A step of a vCPU becomes an instruction of its program; before each instruction, and after each step,
 * every vCPU takes the events that are due and runs their handlers to the end.
 */
final class Actors {
    private static final Pattern VCPU = Pattern.compile("vcpu(\\d+)");
    private static final Pattern SOURCE = Pattern.compile("source(\\d+)");
    private static final int MAX_INSTRUCTIONS = 1_000_000;
    private static final int MAX_EXPIRIES = 1000;
    private static final int[] LOOP_INSTRUCTIONS = {1, 2, 3, 4, 5, 6, 7};

    private final Bench bench;
    private int settlements;
    private Context lastWorld;

    Actors(Bench bench) {
        this.bench = bench;
    }

    /** {@code actor} does {@code operation}. */
    void dispatch(String actor, JsonNode step) {
        JsonNode operation = step.has("actor") ? step : ((ObjectNode) step.deepCopy()).put("actor", actor);
        Matcher source = SOURCE.matcher(actor);
        Args args = new Args(operation, bench.scope());
        if (source.matches()) {
            if (HostOperations.wire(args.text("op"), bench, Integer.parseInt(source.group(1)), args) == null) {
                throw new Unsupported("operation " + args.text("op") + " of " + actor);
            }
            args.requireAllUsed();
            return;
        }
        Matcher vcpu = VCPU.matcher(actor);
        boolean program = !bench.setup().unit() && (vcpu.matches() || actor.equals("L1") || actor.equals("L2"));
        vcpu.reset();
        Cpu cpu = vcpu.matches() ? bench.cpu(Integer.parseInt(vcpu.group(1))) : defaultCpu();
        if (!program) {
            direct(actor, cpu, operation, args);
            return;
        }
        if (actor.equals("L2")) {
            instruct(cpu, cpu.l2(), operation);
        } else if (actor.equals("L1") || cpu == bench.nestedCpu()) {
            instruct(cpu, cpu.l1(), operation);
        } else {
            instruct(cpu, cpu.current(), operation);
        }
    }

    private Cpu defaultCpu() {
        return bench.cpus().length == 0 ? null : bench.nestedCpu();
    }

    private void direct(String actor, Cpu cpu, JsonNode operation, Args args) {
        switch (actor) {
            case "host", "device", "ioapic_unit", "apic_unit" -> {}
            default -> {
                if (!VCPU.matcher(actor).matches()) {
                    throw new Unsupported("actor " + actor);
                }
            }
        }
        Context context = cpu == null ? null : cpu.l1();
        if (cpu != null) {
            bench.scope().set("id", cpu.apic().id());
        }
        if (!Operations.execute(bench, cpu, context, args)) {
            throw new Unsupported("a waiting " + operation.path("op") + " of " + actor);
        }
        args.requireAllUsed();
    }

    // --- programs
    // -------------------------------------------------------------------------------------------------------

    private void instruct(Cpu cpu, Context context, JsonNode operation) {
        if (context == cpu.l2()
                && lastWorld == context
                && !cpu.inL2()
                && cpu.events().wouldExitAtOnce()) {
            // L2's program was taken out in the middle, and goes on when L1 has let the event happen.
            context.defer(operation);
            return;
        }
        lastWorld = context;
        if (context == cpu.l2()) {
            awaitL2(cpu);
        } else if (cpu.inL2()) {
            awaitL1(cpu);
        }
        String name = operation.path("op").asString("");
        if (!name.endsWith("_in_nmi_handler")) {
            await(cpu, context);
        }
        if (isBackground(operation)) {
            startLoop(cpu, context, Preconditions.operations(operation.path("body")));
            return;
        }
        Frame frame = Frame.of(Frame.Kind.STEP, List.of(operation));
        context.push(frame);
        for (int i = 0; i < MAX_INSTRUCTIONS && cpu.current() == context && !frame.isDone(); i++) {
            if (!cpu.boundary() && cpu.execute() != Cpu.Progress.DONE) {
                break;
            }
        }
        if (frame.isDone()) {
            context.remove(frame);
        } else if (name.equals("run")) {
            letRun(cpu, context);
        }
    }

    /** A program that just runs is disturbed sooner or later. */
    private void letRun(Cpu cpu, Context context) {
        for (int i = 0; i < MAX_EXPIRIES && cpu.current() == context && context.isBusy(); i++) {
            settle();
            if (cpu.current() == context && context.isBusy() && !bench.clock().advanceToNextTimer()) {
                return;
            }
        }
    }

    /** A loop that others' steps run beside has gone round once when they begin. */
    private void startLoop(Cpu cpu, Context context, List<JsonNode> body) {
        context.push(Frame.of(Frame.Kind.LOOP, body));
        for (int i = 0; i < body.size() && cpu.activity() == ActivityState.ACTIVE; i++) {
            if (!cpu.boundary()) {
                cpu.execute();
            }
        }
    }

    private static boolean isBackground(JsonNode operation) {
        return operation.path("op").asString("").equals("loop") && !operation.has("until") && !operation.has("max");
    }

    /** L2 is running, or L1 enters it as a hypervisor does when it has nothing else to do. */
    private void awaitL2(Cpu cpu) {
        if (!cpu.inL2()) {
            NestedOperations.enter(bench, cpu);
            if (!cpu.inL2()) {
                throw new Mismatch("L1 cannot enter L2");
            }
            settle();
            if (!cpu.inL2()) {
                throw new Mismatch("L2 exits before it can do what it is to do: "
                        + bench.history()
                                .lastExit()
                                .map(exit -> exit.reason().name())
                                .orElse(""));
            }
        }
    }

    /** L1 is running: L2 exits because of an event, or because its program is at its end. */
    private void awaitL1(Cpu cpu) {
        for (int i = 0; i < MAX_EXPIRIES; i++) {
            settle();
            if (!cpu.inL2()) {
                return;
            }
            if (!bench.clock().advanceToNextTimer()) {
                break;
            }
        }
        if (cpu.activity() != ActivityState.ACTIVE || cpu.l2().isBusy()) {
            throw new Mismatch("L2 does not exit");
        }
        cpu.l2Ran();
        cpu.exit(cpu.hasSvm() ? NestedExit.SVM_VMMCALL : NestedExit.VMCALL, -1, 0);
    }

    /** What the context was told to do before is done, and it is not halted. */
    private void await(Cpu cpu, Context context) {
        for (int i = 0; i < MAX_EXPIRIES; i++) {
            if (!context.isBusy() && cpu.activity() == ActivityState.ACTIVE) {
                return;
            }
            settle();
            if (!context.isBusy() && cpu.activity() == ActivityState.ACTIVE) {
                return;
            }
            if (!bench.clock().advanceToNextTimer() && !anyLoop()) {
                break;
            }
        }
        throw new Mismatch("vCPU " + cpu.index() + " waits for ever");
    }

    /** Every vCPU takes what is due and runs handlers, and L2 its code, until nothing is left to do. */
    void settle() {
        if (bench.setup().unit()) {
            bench.clock().expireTimers();
            return;
        }
        boolean progress = true;
        for (int i = 0; progress && i < MAX_INSTRUCTIONS; i++) {
            progress = bench.clock().expireTimers();
            for (Cpu cpu : bench.cpus()) {
                progress |= cpu.boundary() || isUrgent(cpu) && cpu.execute() == Cpu.Progress.DONE;
            }
        }
        runLoops();
    }

    private boolean anyLoop() {
        for (Cpu cpu : bench.cpus()) {
            if (cpu.current().isIn(Frame.Kind.LOOP)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUrgent(Cpu cpu) {
        return !cpu.current().isIdle() && cpu.current().top().kind() != Frame.Kind.LOOP;
    }

    /** Endless programs go on for a few instructions, another number each time. */
    private void runLoops() {
        int instructions = LOOP_INSTRUCTIONS[settlements++ % LOOP_INSTRUCTIONS.length];
        for (Cpu cpu : bench.cpus()) {
            if (!cpu.current().isIdle() && cpu.current().isIn(Frame.Kind.LOOP)) {
                for (int i = 0; i < instructions; i++) {
                    if (!cpu.boundary()) {
                        cpu.execute();
                    }
                }
            }
        }
    }

    /** The case's steps are done: programs go on, and time passes as long as somebody waits for a timer. */
    void finish() {
        if (bench.setup().unit()) {
            return;
        }
        for (Cpu cpu : bench.cpus()) {
            if (cpu.activity() == ActivityState.ACTIVE && !cpu.current().isBusy()) {
                cpu.current().instructionRetired();
                if (cpu.inL2()) {
                    cpu.l2Ran();
                }
            }
        }
        settle();
        for (int i = 0; i < MAX_EXPIRIES && somebodyWaits() && bench.clock().advanceToNextTimer(); i++) {
            settle();
        }
        for (Cpu cpu : bench.cpus()) {
            for (Context context : new Context[] {cpu.l1(), cpu.l2()}) {
                if (context.isIn(Frame.Kind.STEP) && context == cpu.current()) {
                    throw new Mismatch("vCPU " + cpu.index() + " waits for ever");
                }
            }
        }
    }

    private boolean somebodyWaits() {
        for (Cpu cpu : bench.cpus()) {
            if (cpu.activity() == ActivityState.HALTED || cpu.current().isBusy()) {
                return true;
            }
        }
        return false;
    }

    /** Lets one more timer expire; whether there was one. */
    boolean letTimePass() {
        boolean passed = bench.clock().advanceToNextTimer();
        settle();
        return passed;
    }

    static List<JsonNode> body(JsonNode step) {
        return new ArrayList<>(step.path("body").values());
    }
}
