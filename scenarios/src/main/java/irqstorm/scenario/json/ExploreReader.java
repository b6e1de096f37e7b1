// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.machine.Hazard;
import irqstorm.machine.Hazards;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what a scenario says of its exploration. */
final class ExploreReader {
    static final String EXPLORE = "explore";
    static final String INTERRUPTS = "interrupts";
    static final String THROTTLE_EOIS = "throttleEois";
    static final String MAY = "may";
    private static final String WITH = "with";
    private static final int MOST_INTERRUPTS = 1000;
    private static final int MOST_EOIS = 1_000_000;
    private static final int MAX_KEYS = 1000;

    private ExploreReader() {}

    /** Checks everything but what depends on the machine that {@code with} makes. */
    static void check(JsonCursor cursor) {
        cursor.readObject(fields -> {
            fields.optional(INTERRUPTS).ifPresent(number -> number.asInt(0, MOST_INTERRUPTS));
            fields.optional(THROTTLE_EOIS).ifPresent(number -> number.asInt(1, MOST_EOIS));
            fields.optional(WITH).ifPresent(ExploreReader::checkPatch);
            fields.optional(MAY).ifPresent(list -> list.elements(0, Hazards.MAX_STEPS));
            return fields;
        });
    }

    private static void checkPatch(JsonCursor patch) {
        if (patch.kind() != JsonKind.OBJECT) {
            patch.problem("an object: a JSON merge patch over the scenario");
            return;
        }
        for (String key : List.of(ScenarioReader.CONFIGURATIONS, EXPLORE, ScenarioReader.ORDER)) {
            if (patch.entries(MAX_KEYS).containsKey(key)) {
                patch.problem("a patch without \"" + key + "\"");
            }
        }
    }

    /** What may happen, as {@code hazards} reads it. */
    static List<Hazard> may(JsonCursor explore, HazardReader hazards) {
        if (explore.kind() != JsonKind.OBJECT) {
            return List.of();
        }
        return explore.readObject(fields -> {
            List.of(INTERRUPTS, THROTTLE_EOIS, WITH).forEach(fields::ignore);
            return fields.optional(MAY, List.of(), hazards::readUntimed);
        });
    }

    /**
     * A scenario as it is explored: {@code with} comes first, then the configuration, so that a configuration says the last word as it does
     * in a run.
     *
     * @param document the scenario as written
     * @param configuration the configuration's name, or an empty string
     * @param patched the scenario under it
     */
    static JsonDocument explored(JsonDocument document, String configuration, JsonDocument patched) {
        Optional<JsonNode> with = member(patched.root(), EXPLORE).flatMap(explore -> member(explore, WITH));
        if (with.isEmpty()) {
            return patched;
        }
        String source = patched.source() + ", as explored";
        JsonDocument changed = document.patched(source, new JsonDocument(source, with.get()));
        return configuration.isEmpty()
                ? changed
                : changed.patched(
                        source,
                        new JsonDocument(
                                source,
                                document.root()
                                        .get(ScenarioReader.CONFIGURATIONS)
                                        .get(configuration)));
    }

    /** A whole number that stands in the {@code explore} of a scenario, or {@code otherwise}. */
    static int number(JsonNode scenario, String key, int otherwise) {
        return member(scenario, EXPLORE)
                .flatMap(explore -> member(explore, key))
                .map(JsonNode::intValue)
                .orElse(otherwise);
    }

    private static Optional<JsonNode> member(JsonNode object, String key) {
        return Optional.ofNullable(object.get(key));
    }
}
