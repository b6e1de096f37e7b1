// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** One run of a case: one table row, one setup, one choice of values for its free symbols. */
final class CaseRun {
    private final Bench bench;
    private final Actors actors;
    private final List<JsonNode> stimulus;
    private final List<JsonNode> expectations;
    private int placesReached;

    CaseRun(Setup setup, Scope scope, List<JsonNode> stimulus, List<JsonNode> expectations) {
        this.bench = new Bench(setup, scope);
        this.actors = new Actors(bench);
        this.stimulus = stimulus;
        this.expectations = expectations;
        Names.define(bench, scope);
    }

    Bench bench() {
        return bench;
    }

    void run() {
        bench.programs().onLabel(this::handlerPlace);
        if (stimulus.stream().anyMatch(step -> step.path("op").asString("").endsWith("_in_nmi_handler"))) {
            bench.memory().mark("handler makes hypercall");
        }
        actors.settle();
        check(expectation -> isWord(expectation, "start"));
        for (int i = 0; i < stimulus.size(); i++) {
            step(i, stimulus.get(i));
        }
        actors.finish();
        check(expectation -> isWord(expectation, "end") && !isPerIteration(expectation));
        if (placesReached < placesExpected()) {
            throw new Mismatch("a place that an expectation is about is never reached");
        }
    }

    private void step(int index, JsonNode step) {
        bench.memory().stepBegins(bench.history().exits().size());
        if (Loops.isLoop(step)) {
            new Loops(bench, actors, () -> check(CaseRun::isPerIteration)).run(step);
        } else {
            actors.dispatch(step.path("actor").asString(""), step);
        }
        actors.settle();
        String label = step.path("label").asString("");
        check(expectation ->
                expectation.path("at").isInt() && expectation.path("at").intValue() == index
                        || !label.isEmpty() && isWord(expectation, label) && !isReserved(label));
    }

    /** A labelled operation of a handler has been done, or a handler has been entered. */
    private void handlerPlace(JsonNode place) {
        if (place.has("isr")) {
            check(expectation -> expectation.path("at").isObject()
                    && expectation.path("at").path("when").asString("").equals("entry")
                    && Numbers.integer(expectation.path("at").path("isr"), bench.scope())
                            == place.path("isr").asLong());
        } else {
            check(expectation -> isWord(expectation, place.path("label").asString("")));
        }
    }

    private static boolean isReserved(String label) {
        return label.equals("start") || label.equals("end");
    }

    private static boolean isWord(JsonNode expectation, String word) {
        return expectation.path("at").asString("").equals(word)
                && expectation.path("at").isString();
    }

    private static boolean isPerIteration(JsonNode expectation) {
        return expectation.path("what").asString("").endsWith("_per_iteration");
    }

    /** How many expectations are about places that a run comes to at least once. */
    private long placesExpected() {
        return expectations.size();
    }

    private void check(java.util.function.Predicate<JsonNode> isDue) {
        for (JsonNode expectation : expectations) {
            if (isDue.test(expectation)) {
                check(expectation);
            }
        }
    }

    /** What an expectation calls the ID of its vCPU is the one that the vCPU was made with. */
    private void nameApicId(JsonNode expectation) {
        int vcpu = expectation.path("vcpu").asInt(bench.setup().nestedCpu());
        int id = Preconditions.apicId(bench.setup(), vcpu);
        for (String name : new String[] {"id", "initial", "CPUID(1).EBX[31:24]", "CPUID(0xb).EDX"}) {
            bench.scope().set(name, id);
        }
    }

    private final java.util.Set<JsonNode> reached =
            java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());

    private void check(JsonNode expectation) {
        if (reached.add(expectation)) {
            placesReached++;
        }
        nameApicId(expectation);
        boolean eventually = expectation.path("eventually").asBoolean(false);
        for (int attempts = eventually ? 2000 : 0; ; attempts--) {
            try {
                Args args = new Args(expectation, bench.scope());
                args.has("eventually");
                Observations.check(bench, args);
                return;
            } catch (Mismatch mismatch) {
                if (attempts == 0 || !actors.letTimePass()) {
                    throw new Mismatch("at " + expectation.path("at") + ", "
                            + expectation.path("what").asString("") + ": " + mismatch.getMessage());
                }
            }
        }
    }
}
