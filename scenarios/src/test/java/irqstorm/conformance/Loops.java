// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.LapicRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Steps that repeat other steps: a loop with a bound, a count, or variables and their values. */
final class Loops {
    private static final Set<String> NOT_VARIABLES = Set.of("actor", "op", "body", "label", "ldr", "notes");
    private static final Pattern LOGICAL_IDS = Pattern.compile("vcpu0=(.+), vcpu1=(.+); then both=(.+)");
    private static final int DEFAULT_COUNT = 1000;

    /** A count that stands for "often enough to hit a race"; in a model without races fewer show as much. */
    private static final int MAX_COUNT = 2000;

    private final Bench bench;
    private final Actors actors;
    private final Runnable endOfIteration;

    Loops(Bench bench, Actors actors, Runnable endOfIteration) {
        this.bench = bench;
        this.actors = actors;
        this.endOfIteration = endOfIteration;
    }

    static boolean isLoop(JsonNode step) {
        return switch (step.path("op").asString("")) {
            case "for_each", "repeat" -> true;
            case "loop" -> step.has("until") || step.has("max");
            default -> false;
        };
    }

    void run(JsonNode step) {
        String actor = step.path("actor").asString("");
        if (actor.equals("each vcpu i")) {
            throw new Unsupported("actor " + actor);
        }
        List<JsonNode> body = Actors.body(step);
        switch (step.path("op").asString("")) {
            case "loop" -> bounded(actor, step, body);
            case "repeat" -> {
                String key = step.has("times") ? "times" : "n";
                long count = step.has(key) ? Numbers.integer(step.path(key), bench.scope()) : DEFAULT_COUNT;
                for (long i = 0; i < Math.min(count, MAX_COUNT); i++) {
                    once(actor, body);
                }
            }
            default -> {
                nest(actor, step, variables(step), 0);
            }
        }
    }

    /** The operations of a loop that is part of a program: those of its body, as often as it says, and what sets its variables. */
    static List<JsonNode> unrolled(Scope scope, JsonNode loop) {
        List<JsonNode> body = Actors.body(loop);
        List<JsonNode> all = new ArrayList<>();
        if (loop.path("op").asString("").equals("repeat")) {
            String key = loop.has("times") ? "times" : "n";
            long count = loop.has(key) ? Numbers.integer(loop.path(key), scope) : DEFAULT_COUNT;
            for (long i = 0; i < Math.min(count, MAX_COUNT); i++) {
                all.addAll(body);
            }
            return all;
        }
        unroll(scope, loop, variables(loop), body, all);
        return all;
    }

    private static void unroll(
            Scope scope, JsonNode loop, List<String> variables, List<JsonNode> body, List<JsonNode> all) {
        if (variables.isEmpty()) {
            all.addAll(body);
            return;
        }
        String name = variables.get(0);
        for (long value : Domain.values(name, loop.path(name), scope)) {
            scope.set(name, value);
            all.add(Json.object().put("op", "set_variable").put("name", name).put("value", value));
            unroll(scope, loop, variables.subList(1, variables.size()), body, all);
        }
    }

    private static List<String> variables(JsonNode loop) {
        List<String> variables = new ArrayList<>();
        for (String name : loop.propertyNames()) {
            if (!NOT_VARIABLES.contains(name)) {
                variables.add(name);
            }
        }
        return variables;
    }

    private void bounded(String actor, JsonNode step, List<JsonNode> body) {
        long max = step.has("max") ? Numbers.integer(step.path("max"), bench.scope()) : MAX_COUNT;
        for (long i = 0; i < max; i++) {
            once(actor, body);
            if (step.has("until")
                    && Conditions.holds(
                            bench, bench.nestedCpu(), step.path("until").asString(""))) {
                return;
            }
        }
    }

    private void once(String actor, List<JsonNode> body) {
        for (JsonNode operation : body) {
            if (isLoop(operation)) {
                run(operation.has("actor") ? operation : ((ObjectNode) operation.deepCopy()).put("actor", actor));
            } else {
                actors.dispatch(operation.path("actor").asString(actor), operation);
                actors.settle();
            }
        }
    }

    private void nest(String actor, JsonNode step, List<String> variables, int depth) {
        if (depth == variables.size()) {
            iterate(actor, step);
            return;
        }
        String name = variables.get(depth);
        for (long value : Domain.values(name, step.path(name), bench.scope())) {
            bench.scope().set(name, value);
            nest(actor, step, variables, depth + 1);
        }
    }

    private void iterate(String actor, JsonNode step) {
        bench.memory().iterationSetup().forEach(Runnable::run);
        if (!step.has("ldr")) {
            iteration(actor, step);
            return;
        }
        Matcher phases = LOGICAL_IDS.matcher(step.path("ldr").asString(""));
        if (!phases.matches()) {
            throw new Unsupported("logical IDs " + step.path("ldr"));
        }
        setLogicalIds(phases.group(1), phases.group(2));
        iteration(actor, step);
        setLogicalIds(phases.group(3), phases.group(3));
        iteration(actor, step);
    }

    /** Logical IDs with a cluster in the upper half mean the cluster model. */
    private void setLogicalIds(String first, String second) {
        String[] ids = {first, second};
        for (int vcpu = 0; vcpu < ids.length; vcpu++) {
            long id = new Expression(ids[vcpu], bench.scope()).value().longValue();
            bench.cpu(vcpu).apic().restore(LapicRegister.DFR, 0x0FFF_FFFF);
            bench.cpu(vcpu).apic().restore(LapicRegister.LDR, id << 24);
        }
    }

    private void iteration(String actor, JsonNode step) {
        bench.memory().iterationBegins(bench.history().counts());
        once(actor, Actors.body(step));
        endOfIteration.run();
    }
}
