// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import irqstorm.scenario.Problem;
import irqstorm.scenario.ScenarioFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {

    private enum Verdict {
        NONE,
        STORM,
        STUCK_LINE
    }

    @Test
    void valuesOfTheRightTypeAreRead() {
        assertThatObject(read("\"\"", JsonCursor::asString)).isEqualTo("");
        assertThatObject(read("\"nic\"", cursor -> cursor.asText(3))).isEqualTo("nic");
        assertThatObject(read("23", cursor -> cursor.asInt(0, 23))).isEqualTo(23);
        assertThatObject(read("-5", cursor -> cursor.asInt(-5, 5))).isEqualTo(-5);
        assertThatObject(read("9007199254740993", cursor -> cursor.asLong(0, Long.MAX_VALUE)))
                .isEqualTo(9007199254740993L);
        assertThatObject(read("true", JsonCursor::asBoolean)).isEqualTo(true);
        assertThatObject(read("false", JsonCursor::asBoolean)).isEqualTo(false);
        assertThatObject(read("\"59us\"", JsonCursor::asDurationNanos)).isEqualTo(59_000L);
        assertThatObject(read("\"5ms\"", cursor -> cursor.asDurationNanos(5_000_000, 6_000_000)))
                .isEqualTo(5_000_000L);
        assertThatObject(read("\"stuck-line\"", cursor -> cursor.asEnum(Verdict.class)))
                .isEqualTo(Verdict.STUCK_LINE);
    }

    @ParameterizedTest
    @CsvSource({"129, 129", "\"0x81\", 129", "\"0XfF\", 255", "0, 0", "\"0x00000ff\", 255"})
    void aVectorIsANumberOrHexadecimal(String json, int vector) {
        assertThatObject(read(json.trim(), JsonCursor::asVector)).isEqualTo(vector);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "256",
                "-1",
                "\"129\"",
                "\"0x100\"",
                "\"0x\"",
                "\"0x1g\"",
                "\"0xffffffffffffffff\"",
                "1.5",
                "null"
            })
    void anythingElseIsNoVector(String json) {
        refused(
                json,
                JsonCursor::asVector,
                "$: found " + json + ", expected an integer from 0 to 255, or the same as \"0x0\" to \"0xff\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "24",
                "-1",
                "2.0",
                "2.5",
                "1E+1",
                "\"2\"",
                "true",
                "null",
                "99999999999999999999",
                "18446744073709551618"
            })
    void anIntegerIsWholeWithoutPointAndInRange(String json) {
        refused(json, cursor -> cursor.asInt(0, 23), "$: found " + json + ", expected an integer from 0 to 23");
    }

    @Test
    void aNumberMayHaveAPointAndMustBeFinite() {
        assertThatObject(read("-2.5e3", JsonCursor::asNumber)).isEqualTo(-2500.0);
        assertThatObject(read("7", JsonCursor::asNumber)).isEqualTo(7.0);
        refused("\"7\"", JsonCursor::asNumber, "$: found \"7\", expected a number from -1.7e308 to 1.7e308");
        refused("1e400", JsonCursor::asNumber, "$: found 1E+400, expected a number from -1.7e308 to 1.7e308");
        refused(
                "1e999999999",
                JsonCursor::asNumber,
                "$: found 1E+999999999, expected a number from -1.7e308 to 1.7e308");
    }

    @Test
    void aWrongValueIsReplacedByOneThatItsReaderCanUse() {
        List<Object> placeholders = new ArrayList<>();
        assertThatThrownBy(() -> read("{}", wrong -> {
                    placeholders.add(wrong.asString());
                    placeholders.add(wrong.asInt(5, 9));
                    placeholders.add(wrong.asInt(-9, -5));
                    placeholders.add(wrong.asInt(-5, 5));
                    placeholders.add(wrong.asHexOrLong(16, 254));
                    placeholders.add(wrong.asDurationNanos(8, 9));
                    placeholders.add(wrong.asBoolean());
                    placeholders.add(wrong.asNumber());
                    placeholders.add(wrong.asEnum(Verdict.class));
                    placeholders.add(wrong.readList(3, 9, JsonCursor::asString));
                    return "";
                }))
                .isInstanceOf(ScenarioFormatException.class);
        assertThat(placeholders).containsExactly("", 5, -5, 0, 16L, 8L, false, 0.0, Verdict.NONE, List.of());
    }

    @Test
    void aDurationOutOfRangeIsReplacedByTheShortestAllowed() {
        List<Long> placeholders = new ArrayList<>();
        assertThatThrownBy(() -> read("\"7ms\"", wrong -> placeholders.add(wrong.asDurationNanos(8, 9))))
                .isInstanceOf(ScenarioFormatException.class);
        assertThat(placeholders).containsExactly(8L);
    }

    @Test
    void aTextOfSixtyCharactersIsShownWhole() {
        refused(
                "\"" + "x".repeat(60) + "\"",
                JsonCursor::asBoolean,
                "$: found \"" + "x".repeat(60) + "\", expected true or false");
    }

    @Test
    void ofTwoEquallyNearWordsTheFirstIsSuggestedAndNoneForAnEndlessOne() {
        Map<String, Integer> words = new LinkedHashMap<>();
        words.put("edge", 1);
        words.put("ease", 2);
        words.put("w".repeat(64), 3);

        refused("\"eage\"", cursor -> cursor.asEnum(words), expectedOneOf("eage", words) + "did you mean \"edge\"?");
        refused(
                "\"" + "w".repeat(63) + "v\"",
                cursor -> cursor.asEnum(words),
                expectedOneOf("w".repeat(60) + "\u2026", words) + "did you mean \"" + "w".repeat(64) + "\"?");
        String endless = expectedOneOf("w".repeat(60) + "\u2026", words);
        refused(
                "\"" + "w".repeat(65) + "\"",
                cursor -> cursor.asEnum(words),
                endless.substring(0, endless.length() - 2));
    }

    private static String expectedOneOf(String found, Map<String, ?> words) {
        String list = words.keySet().stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", "));
        return "$: found \"" + found + "\", expected one of " + list + "; ";
    }

    @Test
    void containersAreNamedByTheirKindInsteadOfTheirContents() {
        refused("{}", JsonCursor::asString, "$: found an empty object, expected a string");
        refused("{\"a\":1}", JsonCursor::asString, "$: found an object, expected a string");
        refused("[]", JsonCursor::asString, "$: found an empty array, expected a string");
        refused("[1,2,3]", JsonCursor::asBoolean, "$: found an array of 3, expected true or false");
    }

    @Test
    void aTextTooLongIsShortenedInTheMessage() {
        refused(
                "\"" + "x".repeat(80) + "\"",
                cursor -> cursor.asText(64),
                "$: found \"" + "x".repeat(60) + "\u2026\", expected a string of at most 64 characters; it has 80");
    }

    @Test
    void whatCouldDisturbATerminalIsEscaped() {
        refused(
                "\"a\\u001b[31m\\\"\\\\\\u202e\\ud800\u00e9\"",
                cursor -> cursor.asInt(0, 1),
                "$: found \"a\\u001b[31m\\\"\\\\\\u202e\\ud800\u00e9\", expected an integer from 0 to 1");
    }

    @Test
    void aShortenedTextKeepsItsCharactersWhole() {
        refused(
                "\"" + "x".repeat(59) + "\ud83d\ude00yz\"",
                cursor -> cursor.asInt(0, 1),
                "$: found \"" + "x".repeat(59) + "\u2026\", expected an integer from 0 to 1");
    }

    @Test
    void aDurationSaysWhatItShouldLookLike() {
        String expected =
                "expected a duration with its unit, such as \"800ns\", \"59us\", \"1.5ms\", \"10s\" or \"2min\"";
        refused("59", JsonCursor::asDurationNanos, "$: found 59, " + expected);
        refused("\"59\"", JsonCursor::asDurationNanos, "$: found \"59\", " + expected);
        refused("\"0.5ns\"", JsonCursor::asDurationNanos, "$: found \"0.5ns\", expected a whole number of nanoseconds");
        refused(
                "\"7ms\"",
                cursor -> cursor.asDurationNanos(0, 6_000_000),
                "$: found \"7ms\", expected a duration from 0ns to 6ms");
        refused(
                "\"7ns\"",
                cursor -> cursor.asDurationNanos(8, 9),
                "$: found \"7ns\", expected a duration from 8ns to 9ns");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "strom"      | ; did you mean "storm"?
            "Storm"      | ; did you mean "storm"?
            "storms"     | ; did you mean "storm"?
            "stuckline"  | ; did you mean "stuck-line"?
            "stuck_line" | ; did you mean "stuck-line"?
            "nine"       | ; did you mean "none"?
            "quiet"      | ``
            ""           | ``
            7            | ``
            """)
    void anUnknownWordListsTheAllowedOnesAndSuggestsTheNearest(String json, String advice) {
        refused(
                json,
                cursor -> cursor.asEnum(Verdict.class),
                "$: found " + json + ", expected one of \"none\", \"storm\", \"stuck-line\"" + advice);
    }

    @Test
    void wordsMayBeChosenFreely() {
        Map<String, Integer> words = new LinkedHashMap<>();
        words.put("0x11", 17);
        words.put("0x20", 32);

        assertThatObject(read("\"0x20\"", cursor -> cursor.asEnum(words))).isEqualTo(32);
        refused(
                "\"0x40\"",
                cursor -> cursor.asEnum(words),
                "$: found \"0x40\", expected one of \"0x11\", \"0x20\";" + " did you mean \"0x20\"?");
    }

    @Test
    void everyKindOfValueIsTold() {
        List<JsonKind> kinds = read("[{}, [], \"\", 1, true, null]", cursor -> cursor.readList(0, 9, JsonCursor::kind));

        assertThat(kinds)
                .containsExactly(
                        JsonKind.OBJECT,
                        JsonKind.ARRAY,
                        JsonKind.STRING,
                        JsonKind.NUMBER,
                        JsonKind.BOOLEAN,
                        JsonKind.NULL);
    }

    @Test
    void aListHasItsLimits() {
        Function<JsonCursor, List<Integer>> reader = cursor -> cursor.readList(1, 3, item -> item.asInt(0, 9));

        assertThatObject(read("[1]", reader)).isEqualTo(List.of(1));
        assertThatObject(read("[1,2,3]", reader)).isEqualTo(List.of(1, 2, 3));
        refused("[]", reader, "$: found an empty array, expected an array of 1 to 3 elements");
        refused("[1,2,3,77]", reader, "$: found an array of 4, expected an array of 1 to 3 elements");
        refused(
                "[1]",
                cursor -> cursor.readList(2, 2, item -> 0),
                "$: found an array of 1, expected an array of 2 elements");
        refused("7", reader, "$: found 7, expected an array");
        refused(
                "[1,77,88]",
                reader,
                "$[1]: found 77, expected an integer from 0 to 9\n"
                        + "my.json: $[2]: found 88, expected an integer from 0 to 9");
    }

    @Test
    void anObjectWithFreeKeysKeepsTheOrderOfTheFile() {
        Function<JsonCursor, List<String>> reader =
                cursor -> cursor.readEntries(2, (key, value) -> key + "=" + value.asInt(0, 9));

        assertThatObject(read("{\"z\":1,\"a\":2}", reader)).isEqualTo(List.of("z=1", "a=2"));
        refused("[]", reader, "$: found an empty array, expected an object");
        refused("{\"odd key\":10}", reader, "$['odd key']: found 10, expected an integer from 0 to 9");
        refused(
                "{\"a\":1,\"b\":2,\"c\":33}",
                reader,
                "$: found an object, expected an object of at most 2 keys; it has 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            gsi        | $.gsi
            _x1        | $._x1
            1x         | $['1x']
            remote-irr | $['remote-irr']
            it's       | $['it\\'s']
            a"b        | $['a"b']
            \u00e9     | $['\u00e9']
            """)
    void aPathQuotesKeysThatAreNoPlainNames(String key, String path) {
        String json = "{\"" + key.replace("\"", "\\\"") + "\":0}";
        assertThatObject(read(json, cursor -> cursor.readEntries(1, (name, value) -> value.path())))
                .isEqualTo(List.of(path));
    }

    @Test
    void aPathEscapesAndShortensKeys() {
        assertThatObject(read("{\"\":0}", cursor -> cursor.readEntries(1, (name, value) -> value.path())))
                .isEqualTo(List.of("$['']"));
        assertThatObject(read("{\"a\\n\\\\b\":0}", cursor -> cursor.readEntries(1, (name, value) -> value.path())))
                .isEqualTo(List.of("$['a\\u000a\\\\b']"));
        assertThatObject(read(
                        "{\"" + "k".repeat(60) + "\":0}",
                        cursor -> cursor.readEntries(1, (name, value) -> value.path())))
                .isEqualTo(List.of("$." + "k".repeat(60)));
        assertThatObject(read(
                        "{\"" + "k".repeat(61) + "\":0}",
                        cursor -> cursor.readEntries(1, (name, value) -> value.path())))
                .isEqualTo(List.of("$['" + "k".repeat(60) + "\u2026']"));
    }

    @Test
    void aRuleBeyondTheTypeIsRecordedAtItsValue() {
        refused(
                "[5, 5]",
                cursor -> {
                    List<JsonCursor> pins = cursor.elements(0, 9);
                    pins.get(1)
                            .problem(
                                    "another pin",
                                    "the first is at " + pins.get(0).path());
                    return "";
                },
                "$[1]: found 5, expected another pin; the first is at $[0]");
    }

    @Test
    void aPartCanBeADocumentOfItsOwn() {
        JsonDocument part = read(
                "{\"patch\":{\"a\":1}}",
                cursor -> cursor.readObject(fields -> fields.required("patch").asDocument()));

        assertThat(part.source()).isEqualTo("my.json");
        assertThat(part.root()).isEqualTo(JsonSource.text("other", "{\"a\":1}").root());
    }

    @Test
    void allProblemsOfADocumentAreThrownTogetherInTheOrderOfReading() {
        ScenarioFormatException thrown = catchThrowableOfType(
                ScenarioFormatException.class,
                () -> read("[1,\"a\",3]", cursor -> cursor.readList(0, 9, JsonCursor::asString)));

        assertThat(thrown.problems())
                .containsExactly(
                        new Problem("my.json", "$[0]", "1", "a string"),
                        new Problem("my.json", "$[2]", "3", "a string"));
    }

    static <T> T read(String json, Function<JsonCursor, T> reader) {
        return JsonSource.text("my.json", json).read(reader);
    }

    static void refused(String json, Function<JsonCursor, ?> reader, String message) {
        assertThatThrownBy(() -> read(json, reader))
                .isInstanceOf(ScenarioFormatException.class)
                .hasMessage("my.json: " + message);
    }
}
