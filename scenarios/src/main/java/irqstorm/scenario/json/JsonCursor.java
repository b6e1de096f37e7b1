// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.Problem;
import irqstorm.scenario.Problems;
import irqstorm.scenario.ScenarioFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A value in a JSON document together with its path.
 *
 * <p>Every {@code as…} and {@code read…} method records a problem if the value is not what was asked for, and then
 * returns a harmless placeholder (the number nearest to zero, an empty string, the first allowed word), so that reading
 * goes on and finds the other problems. {@link JsonDocument#read} throws them all at the end, so a placeholder never
 * reaches a caller.
 */
public final class JsonCursor extends JsonScalar {

    JsonCursor(JsonNode node, String path, Problems problems) {
        super(node, path, problems);
    }

    /** A cursor on nothing, whose problem is already recorded: it yields placeholders and records no more. */
    static JsonCursor missing(String path, Problems problems) {
        return new JsonCursor(MissingNode.getInstance(), path, problems);
    }

    /** The name of the document, for messages. */
    String source() {
        return problems.source();
    }

    /** The value as a document of its own, for example the merge patch of a configuration. */
    public JsonDocument asDocument() {
        return new JsonDocument(problems.source(), node);
    }

    /**
     * Reads an object by its keys; keys that the reader did not ask for are recorded as problems.
     *
     * <p>The reader first reads every key and then builds its value. It may throw {@link IllegalArgumentException},
     * typically from the constructor of that value: the message is recorded as a problem of this object unless the object
     * has others, and the nearest enclosing {@link #readList}, {@link #readOr} or document does without the value.
     */
    public <T> T readObject(Function<JsonFields, T> reader) {
        int before = problems.count();
        if (!node.isObject()) {
            problem("an object");
        }
        JsonFields fields = new JsonFields(node.isObject() ? node : MissingNode.getInstance(), path, problems);
        try {
            T value = reader.apply(fields);
            fields.reportUnknownKeys();
            return value;
        } catch (IllegalArgumentException e) {
            fields.reportUnknownKeys();
            throw refused(e, before);
        }
    }

    /**
     * Reads the value, or records why it cannot be built and goes on with a placeholder, so that the rest of the enclosing
     * object is still read.
     */
    public <T> T readOr(T placeholder, Function<JsonCursor, T> reader) {
        return attempt(reader).orElse(placeholder);
    }

    /**
     * Reads a document that is made from this value, such as the profile that this value patches. What is wrong in it is
     * reported as if it stood here, since that is where it can be put right.
     *
     * @param origin what the document is, as the end of each remark
     */
    <T> Optional<T> readMade(JsonDocument made, String origin, Function<JsonCursor, T> reader) {
        try {
            return Optional.of(made.read(reader));
        } catch (ScenarioFormatException e) {
            for (Problem problem : e.problems()) {
                String where = path + problem.where().substring(JsonPath.ROOT.length());
                String advice = problem.advice().isEmpty() ? origin : problem.advice() + "; " + origin;
                problems.add(where, problem.found(), problem.expected(), advice);
            }
            return Optional.empty();
        }
    }

    /** Records why no value could be built, unless problems recorded since {@code before} explain it. */
    private Abandoned refused(IllegalArgumentException refusal, int before) {
        if (problems.count() == before && !isMissing()) {
            problems.add(path, Excerpt.inFull(node), "", String.valueOf(refusal.getMessage()));
        }
        return new Abandoned();
    }

    /** The elements of an array that must have {@code min} to {@code max} of them. */
    public List<JsonCursor> elements(int min, int max) {
        List<JsonCursor> elements = new ArrayList<>();
        if (!node.isArray()) {
            problem("an array");
            return elements;
        }
        if (!inRange(node.size(), min, max)) {
            problem("an array of " + (min == max ? "" : min + " to ") + max + " elements");
        }
        for (int i = 0; i < Math.min(node.size(), max); i++) {
            elements.add(new JsonCursor(node.get(i), JsonPath.index(path, i), problems));
        }
        return elements;
    }

    /** Reads each element of an array that must have {@code min} to {@code max} of them. */
    public <T> List<T> readList(int min, int max, Function<JsonCursor, T> reader) {
        List<T> values = new ArrayList<>();
        for (JsonCursor element : elements(min, max)) {
            element.attempt(reader).ifPresent(values::add);
        }
        return List.copyOf(values);
    }

    /**
     * The values of an object whose keys are free names, in the order of the file.
     *
     * @param max how many there may be
     */
    public Map<String, JsonCursor> entries(int max) {
        Map<String, JsonCursor> entries = new LinkedHashMap<>();
        if (!node.isObject()) {
            problem("an object");
            return entries;
        }
        if (node.size() > max) {
            problem("an object of at most " + max + " keys", "it has " + node.size());
        }
        node.properties().stream()
                .limit(max)
                .forEach(e -> entries.put(
                        e.getKey(), new JsonCursor(e.getValue(), JsonPath.key(path, e.getKey()), problems)));
        return entries;
    }

    /** Reads each value of an object whose keys are free names; the result keeps the order of the file. */
    public <T> List<T> readEntries(int max, BiFunction<String, JsonCursor, T> reader) {
        List<T> values = new ArrayList<>();
        entries(max)
                .forEach((key, value) ->
                        value.attempt(cursor -> reader.apply(key, cursor)).ifPresent(values::add));
        return List.copyOf(values);
    }

    /** Reads the value, or gives up on it if it cannot be built; its problems are recorded. */
    <T> Optional<T> attempt(Function<JsonCursor, T> reader) {
        int before = problems.count();
        try {
            return Optional.of(reader.apply(this));
        } catch (IllegalArgumentException e) {
            refused(e, before);
            return Optional.empty();
        } catch (Abandoned e) {
            return Optional.empty();
        }
    }
}
