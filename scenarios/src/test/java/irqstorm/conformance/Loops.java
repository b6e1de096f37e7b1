// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.LapicRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

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
                long count = step.has("n") ? Numbers.integer(step.path("n"), bench.scope()) : DEFAULT_COUNT;
                for (long i = 0; i < Math.min(count, MAX_COUNT); i++) {
                    once(actor, body);
                }
            }
            default -> {
                List<String> variables = new ArrayList<>();
                for (String name : step.propertyNames()) {
                    if (!NOT_VARIABLES.contains(name)) {
                        variables.add(name);
                    }
                }
                nest(actor, step, variables, 0);
            }
        }
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
            actors.dispatch(actor, operation);
            actors.settle();
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
