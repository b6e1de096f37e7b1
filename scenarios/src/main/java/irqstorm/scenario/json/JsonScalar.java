// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.Nearest;
import irqstorm.scenario.Problems;
import irqstorm.units.DurationText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The part of {@link JsonCursor} that reads strings, numbers, words and quantities. */
abstract sealed class JsonScalar permits JsonCursor {

    private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");

    final JsonNode node;
    final String path;
    final Problems problems;

    JsonScalar(JsonNode node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
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

    /** How many problems the document has so far, for rules that only make sense where everything else is right. */
    int problemCount() {
        return problems.count();
    }

    /** A string of any content. */
    public String asString() {
        return asText(Integer.MAX_VALUE);
    }

    /** A string of at most {@code maxLength} UTF-16 units. */
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

    /** A string of at most {@code maxLength} UTF-16 units that is not blank. */
    public String asName(int maxLength) {
        String name = asText(maxLength);
        if (node.isString() && name.isBlank()) {
            problem("a string that is not blank");
        }
        return name;
    }

    /** An integer in a range, both ends allowed. */
    public int asInt(int min, int max) {
        return (int) asLong(min, max);
    }

    /** An integer in a range, both ends allowed. */
    public long asLong(long min, long max) {
        if (isIntegerIn(min, max)) {
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
        } else if (isIntegerIn(min, max)) {
            return node.longValue();
        }
        problem("an integer from " + min + " to " + max + ", or the same as \"0x" + Long.toHexString(min) + "\" to \"0x"
                + Long.toHexString(max) + "\"");
        return nearestToZero(min, max);
    }

    /** A number, with or without a point. */
    public double asNumber() {
        OptionalDouble number = node.doubleValueOpt();
        if (number.isEmpty()) {
            problem("a number from -1.7e308 to 1.7e308");
        }
        return number.orElse(0);
    }

    /** An interrupt vector: 0 to 255, or {@code "0x00"} to {@code "0xff"}. */
    public int asVector() {
        return (int) asHexOrLong(0, 255);
    }

    private boolean isIntegerIn(long min, long max) {
        return node.isIntegralNumber() && node.canConvertToLong() && inRange(node.longValue(), min, max);
    }

    static boolean inRange(long value, long min, long max) {
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
        return asEnum(words, "");
    }

    /**
     * One of several words, where something else than a word would be right too or where the words need a remark.
     *
     * @param remark what an error says after the words, such as {@code , or an object}
     */
    <T> T asEnum(Map<String, T> words, String remark) {
        T value = node.isString() ? words.get(node.stringValue()) : null;
        if (value != null) {
            return value;
        }
        String advice = node.isString() ? Nearest.advice(node.stringValue(), words.keySet()) : "";
        problem((words.size() == 1 ? "" : "one of ") + list(words.keySet()) + remark, advice);
        return words.values().iterator().next();
    }

    static String list(Iterable<String> words) {
        List<String> quoted = new ArrayList<>();
        words.forEach(word -> quoted.add("\"" + word + "\""));
        return quoted.stream().collect(Collectors.joining(", "));
    }
}
