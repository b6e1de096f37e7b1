// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.Problems;
import irqstorm.units.DurationText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
public final class JsonCursor {

    private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");

    private final JsonNode node;
    private final String path;
    private final Problems problems;

    JsonCursor(JsonNode node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** A cursor on nothing, whose problem is already recorded: it yields placeholders and records no more. */
    static JsonCursor missing(String path, Problems problems) {
        return new JsonCursor(MissingNode.getInstance(), path, problems);
    }

    /** Where the value stands, such as {@code $.devices[1].gsi}. */
    public String path() {
        return path;
    }

    /** What kind of value it is. */
    public JsonKind kind() {
        return switch (node.getNodeType()) {
            case OBJECT -> JsonKind.OBJECT;
            case ARRAY -> JsonKind.ARRAY;
            case STRING -> JsonKind.STRING;
            case NUMBER -> JsonKind.NUMBER;
            case BOOLEAN -> JsonKind.BOOLEAN;
            case MISSING -> JsonKind.MISSING;
            default -> JsonKind.NULL;
        };
    }

    /** Whether nothing stands here, so that placeholders are returned and nothing is recorded. */
    boolean isMissing() {
        return node.isMissingNode();
    }

    /** The value as a document of its own, for example the merge patch of a configuration. */
    public JsonDocument asDocument() {
        return new JsonDocument(problems.source(), node);
    }

    /** Records that this value is not what it should be, for rules beyond its type. */
    public void problem(String expected) {
        problem(expected, "");
    }

    /** Like {@link #problem(String)}, with a further remark. */
    public void problem(String expected, String advice) {
        if (!isMissing()) {
            problems.add(path, Excerpt.of(node), expected, advice);
        }
    }

    /** A string of any content. */
    public String asString() {
        return asText(Integer.MAX_VALUE);
    }

    /** A string that is not blank and has at most {@code maxLength} UTF-16 units. */
    public String asText(int maxLength) {
        if (!node.isString()) {
            problem("a string");
            return "";
        }
        String text = node.stringValue();
        if (text.length() > maxLength) {
            problem("a string of at most " + maxLength + " characters", "it has " + text.length());
        }
        return text;
    }

    /** An integer in a range, both ends allowed. */
    public int asInt(int min, int max) {
        return (int) asLong(min, max);
    }

    /** An integer in a range, both ends allowed. */
    public long asLong(long min, long max) {
        if (node.isIntegralNumber() && node.canConvertToLong() && inRange(node.longValue(), min, max)) {
            return node.longValue();
        }
        problem("an integer from " + min + " to " + max);
        return nearestToZero(min, max);
    }

    /** An integer in a range, written in decimal as a number or in hexadecimal as a string such as {@code "0x81"}. */
    public long asHexOrLong(long min, long max) {
        if (node.isString() && HEX.matcher(node.stringValue()).matches()) {
            long value = Long.parseLong(node.stringValue().substring(2), 16);
            if (inRange(value, min, max)) {
                return value;
            }
        } else if (node.isIntegralNumber() && node.canConvertToLong() && inRange(node.longValue(), min, max)) {
            return node.longValue();
        }
        problem("an integer from " + min + " to " + max + ", or the same as \"0x" + Long.toHexString(min) + "\" to \"0x"
                + Long.toHexString(max) + "\"");
        return nearestToZero(min, max);
    }

    /** A finite number. */
    public double asNumber() {
        if (node.isNumber() && Double.isFinite(node.doubleValue())) {
            return node.doubleValue();
        }
        problem("a number");
        return 0;
    }

    /** An interrupt vector: 0 to 255, or {@code "0x00"} to {@code "0xff"}. */
    public int asVector() {
        return (int) asHexOrLong(0, 255);
    }

    private static boolean inRange(long value, long min, long max) {
        return value >= min && value <= max;
    }

    private static long nearestToZero(long min, long max) {
        return Math.max(min, Math.min(max, 0));
    }

    /** {@code true} or {@code false}. */
    public boolean asBoolean() {
        if (!node.isBoolean()) {
            problem("true or false");
            return false;
        }
        return node.booleanValue();
    }

    /** A duration of 0 to 30 days in nanoseconds, written with its unit such as {@code "59us"}. */
    public long asDurationNanos() {
        return asDurationNanos(0, DurationText.MAX_NANOS);
    }

    /** A duration in nanoseconds within a range, written with its unit such as {@code "59us"}. */
    public long asDurationNanos(long min, long max) {
        if (!node.isString()) {
            problem(DurationText.EXPECTED);
            return min;
        }
        try {
            long nanos = DurationText.parseNanos(node.stringValue());
            if (inRange(nanos, min, max)) {
                return nanos;
            }
            problem("a duration from " + DurationText.format(min) + " to " + DurationText.format(max));
        } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()));
        }
        return min;
    }

    /** One of the constants of an enum, written in lower case with hyphens: {@code REMOTE_IRR} as {@code "remote-irr"}. */
    public <E extends Enum<E>> E asEnum(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return asEnum(words);
    }

    /** One of several words; the map must iterate in the order in which an error should list them. */
    public <T> T asEnum(Map<String, T> words) {
        T value = node.isString() ? words.get(node.stringValue()) : null;
        if (value != null) {
            return value;
        }
        String advice = node.isString() ? Nearest.advice(node.stringValue(), words.keySet()) : "";
        problem("one of " + list(words.keySet()), advice);
        return words.values().iterator().next();
    }

    static String list(Iterable<String> words) {
        List<String> quoted = new ArrayList<>();
        words.forEach(word -> quoted.add("\"" + word + "\""));
        return quoted.stream().collect(Collectors.joining(", "));
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
