// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.kvm.EoiOutcome;
import java.util.List;
import java.util.Map;

/** What ioctls answered, what was injected, what was read, and exits to userspace. */
final class HostObservations {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private HostObservations() {}

    static boolean check(String name, Bench bench, Args args) {
        switch (name) {
            case "errno" -> {
                String actual = (String) bench.memory().result("errno");
                String expected = args.raw("value").asString(args.raw("value").toString());
                Comparison.text(name, actual, expected.equals("ok") || expected.equals("none") ? "0" : expected);
            }
            case "exit_count" -> exits(bench, args);
            case "eoi_message", "eoi_vector" -> Comparison.numbers(name, eoiMessage(bench), args);
            case "eoi_broadcast" -> Comparison.text("the EOI's broadcast", broadcast(bench), args.text("value"));
            case "read_value", "read_value_per_iteration" ->
                Comparison.numbers(name, bench.memory().lastRead(), args);
            case "reg_read_and" -> Comparison.numbers(name, bench.memory().lastRead() & args.number("mask"), args);
            case "value_equals", "value_cmp" ->
                Comparison.numbers(args.text("expr"), new Expression(args.text("expr"), args.scope()).value(), args);
            case "value_in_range" -> {
                long value =
                        new Expression(args.text("expr"), args.scope()).value().longValue();
                if (value < args.number("min") || value > args.number("max")) {
                    throw new Mismatch(args.text("expr") + " is " + Numbers.hex(value));
                }
            }
            case "fault" -> fault(bench, args);
            case "hypercall_ret" ->
                Comparison.numbers(name, (long) bench.memory().result("hypercall"), args);
            case "serviced" -> vector(bench, args, "serviced");
            case "injected" -> vector(bench, args.ignoring("vcpu"), "injected");
            case "window_requested" ->
                Comparison.truth(name, bench.injection().wantsWindow(args.integer("vcpu")), args);
            case "external_requested" -> Comparison.truth(name, bench.pic().isRequested(), args);
            case "external_vector" ->
                Comparison.numbers(name, (int) bench.memory().result("external"), args);
            case "pending_result" -> pendingResult(bench, args);
            case "not_before" -> {
                if (bench.memory().elapsedSinceStart(bench) < args.number("ms") * NANOS_PER_MILLI) {
                    throw new Mismatch("it comes earlier than " + args.raw("ms") + " ms");
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void exits(Bench bench, Args args) {
        String reason = args.text("reason");
        if (!reason.equals("KVM_EXIT_IOAPIC_EOI")) {
            Comparison.numbers("the number of " + reason, NestedObservations.count(bench, reason), args);
            return;
        }
        boolean anyVector = !args.has("vector");
        long count = bench.history().eoiExits().stream()
                .filter(vector -> anyVector || vector == args.number("vector"))
                .count();
        Comparison.numbers("the number of " + reason, count, args);
    }

    /** The vector that the last EOI sent to the I/O APIC, or −1 if it ended nothing. */
    private static int eoiMessage(Bench bench) {
        List<Integer> ended = bench.history().endedVectors();
        if (ended.isEmpty()) {
            throw new Mismatch("no EOI was written");
        }
        return ended.get(ended.size() - 1);
    }

    private static String broadcast(Bench bench) {
        List<EoiOutcome> endings = bench.history().endings();
        if (endings.isEmpty()) {
            throw new Mismatch("no EOI was written");
        }
        return switch (endings.get(endings.size() - 1)) {
            case SUPPRESSED -> "suppressed";
            case ENDED_IN_KERNEL, EXIT_REQUESTED -> "broadcast";
            case SPURIOUS, NOT_HANDLED -> "none";
        };
    }

    private static void fault(Bench bench, Args args) {
        // No other fault is in the model: one that a case excludes does not happen.
        String vector = args.text("vector", "any");
        boolean possible = vector.equals("#GP") || vector.equals("GP") || vector.equals("any");
        boolean atEnd = args.node().path("at").asString("").equals("end");
        boolean raised = possible
                && (atEnd ? bench.memory().everFaulted() : bench.memory().faulted());
        if (raised != args.flag("raised", true)) {
            throw new Mismatch("a fault was " + (raised ? "" : "not ") + "raised");
        }
    }

    private static void vector(Bench bench, Args args, String result) {
        int actual = (int) bench.memory().result(result);
        boolean none = args.isNull("vector");
        if (none ? actual >= 0 : actual != args.number("vector")) {
            throw new Mismatch("the vector " + result + " is " + (actual < 0 ? "none" : Numbers.hex(actual))
                    + ", expected " + args.raw("vector"));
        }
    }

    @SuppressWarnings("unchecked")
    private static void pendingResult(Bench bench, Args args) {
        Map<String, Object> result = (Map<String, Object>) bench.memory().result("pending");
        for (Map.Entry<String, Object> part : result.entrySet()) {
            if (!args.has(part.getKey())) {
                continue;
            }
            Object actual = part.getValue();
            long number = actual instanceof Boolean truth ? (truth ? 1 : 0) : (int) actual;
            boolean same = args.isNull(part.getKey()) ? number < 0 : number == args.number(part.getKey());
            if (!same) {
                throw new Mismatch(part.getKey() + " is " + actual + ", expected " + args.raw(part.getKey()));
            }
        }
    }
}
