// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.Nearest;
import irqstorm.scenario.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The keys of one JSON object while it is read by {@link JsonCursor#readObject}. Asking for a key makes it known; the
 * keys never asked for are reported when the reading of the object ends.
 */
public final class JsonFields {

    private final JsonNode object;
    private final String path;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    JsonFields(JsonNode object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    /** The path of the object. */
    public String path() {
        return path;
    }

    /** How many problems the document has so far, for rules that only make sense where everything else is right. */
    int problemCount() {
        return problems.count();
    }

    /** The value of a key that must be there. */
    public JsonCursor required(String key) {
        return required(key, "");
    }

    /** The value of a key that must be there for a {@code reason} that an error should name. */
    JsonCursor required(String key, String reason) {
        Optional<JsonCursor> value = optional(key);
        if (value.isPresent()) {
            return value.get();
        }
        if (object.isObject()) {
            problems.add(JsonPath.key(path, key), "nothing", "the required key \"" + key + "\"", reason);
        }
        return JsonCursor.missing(JsonPath.key(path, key), problems);
    }

    /** The value of a key that may be absent. {@code null} counts as a value and is of the wrong type everywhere. */
    public Optional<JsonCursor> optional(String key) {
        known.add(key);
        JsonNode value = object.get(key);
        return value == null ? Optional.empty() : Optional.of(new JsonCursor(value, JsonPath.key(path, key), problems));
    }

    /** Reads a key that may be absent. */
    public <T> T optional(String key, T otherwise, Function<JsonCursor, T> reader) {
        return optional(key).map(reader).orElse(otherwise);
    }

    /** Allows a key without reading it, such as {@code $schema}. */
    public void ignore(String key) {
        known.add(key);
    }

    /**
     * Reads the one key that is present of several of which exactly one must be.
     *
     * @param readers by key, in the order in which an error should list them
     */
    public <T> T exactlyOne(Map<String, Function<JsonCursor, T>> readers) {
        List<String> present = readers.keySet().stream()
                .filter(key -> optional(key).isPresent())
                .collect(Collectors.toList());
        if (present.size() != 1 && object.isObject()) {
            String found = present.isEmpty() ? "none of the expected keys" : "the keys " + JsonCursor.list(present);
            problems.add(path, found, "exactly one of " + JsonCursor.list(readers.keySet()));
        }
        for (Map.Entry<String, Function<JsonCursor, T>> entry : readers.entrySet()) {
            if (present.size() == 1 && present.contains(entry.getKey())) {
                return entry.getValue().apply(required(entry.getKey()));
            }
        }
        Map.Entry<String, Function<JsonCursor, T>> first =
                readers.entrySet().iterator().next();
        return first.getValue().apply(JsonCursor.missing(JsonPath.key(path, first.getKey()), problems));
    }

    void reportUnknownKeys() {
        for (String key : object.propertyNames()) {
            if (!known.contains(key)) {
                String expected = known.isEmpty() ? "no key" : "only the keys " + JsonCursor.list(known);
                problems.add(JsonPath.key(path, key), "an unknown key", expected, Nearest.advice(key, known));
            }
        }
    }
}
