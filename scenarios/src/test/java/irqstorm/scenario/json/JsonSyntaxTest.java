// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import irqstorm.scenario.ScenarioFormatException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSyntaxTest {

    private static final String NUMBERS =
            "; numbers are decimal without leading zeros or a plus sign, such as 0 or -2.5";
    private static final String WORDS = "; only true, false and null stand without quotes";
    private static final String ESCAPES = " in an escape sequence, expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t,"
            + " or \\u and four hexadecimal digits";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {             | 2  | the end of the text, expected a key in double quotes, or "}"
            {"a           | 4  | the end of the text, expected the closing quote of a string
            {"a"          | 5  | the end of the text, expected ":" and a value after the key
            {"a":         | 6  | the end of the text, expected a value
            {"a":"b       | 8  | the end of the text, expected the closing quote of a string
            {"a":"b\\      | 9  | the end of the text, expected the closing quote of a string
            {"a":"\\"      | 9  | the end of the text, expected the closing quote of a string
            {"a":"b"      | 9  | the end of the text, expected "," or "}"
            {"a":1        | 7  | the end of the text, expected "," or "}"
            {"a":1,       | 8  | the end of the text, expected a key in double quotes
            {"a":[1       | 8  | the end of the text, expected "," or "]"
            {"a":[1]      | 9  | the end of the text, expected "," or "}"
            [             | 2  | the end of the text, expected a value, or "]"
            [1,           | 4  | the end of the text, expected a value
            """)
    void aTruncatedTextSaysWhatIsMissing(String text, int column, String message) {
        refused(text, "line 1, column " + column + ": found " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1,}      | 8  | "}", expected a key in double quotes; JSON has no trailing commas
            [1,]          | 4  | "]", expected a value; JSON has no trailing commas
            [1 2]         | 4  | "2", expected "," or "]"
            ["a" "b"]     | 6  | a double quote, expected "," or "]"
            {"a":"b" "c"} | 10 | a double quote, expected "," or "}"
            {"a" 1}       | 6  | "1", expected ":" and a value after the key
            {"a":1:2}     | 7  | ":", expected "," or "}"
            {a:1}         | 2  | "a", expected a key in double quotes, or "}"
            {1:1}         | 2  | "1", expected a key in double quotes, or "}"
            {'a':1}       | 2  | "'", expected a key in double quotes, or "}"; JSON uses double quotes
            {,}           | 2  | ",", expected a key in double quotes, or "}"
            [,1]          | 2  | ",", expected a value, or "]"
            [1}           | 3  | "}", expected "," or "]"
            [{"a":1]      | 8  | "]", expected "," or "}"
            {"a":]        | 6  | "]", expected a value
            }             | 1  | "}", expected a JSON value
            [1]]          | 4  | "]", expected nothing more after the end of the value
            {} {}         | 4  | "{", expected nothing more after the end of the value
            {}x           | 3  | "x", expected nothing more after the end of the value
            [1 // one     | 4  | "/", expected "," or "]"; JSON has no comments
            # one         | 1  | "#", expected a JSON value; JSON has no comments
            """)
    void aMisplacedCharacterSaysWhatBelongsThere(String text, int column, String message) {
        refused(text, "line 1, column " + column + ": found " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "nul", "True", "undefined", "storm", "x1"})
    void aWordWithoutQuotesIsRefused(String word) {
        refused("{\"a\":" + word + "}", "line 1, column 6: found \"" + word + "\", expected a value" + WORDS);
        refused("[1, " + word, "line 1, column 5: found \"" + word + "\", expected a value" + WORDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "+1",
                "1.",
                ".5",
                "1e",
                "-",
                "--1",
                "1.2.3",
                "0x10",
                "5us",
                "-Infinity",
                "1e+",
                "1_000",
                "0.e1"
            })
    void aMalformedNumberIsRefused(String number) {
        refused("{\"a\":" + number + "}", "line 1, column 6: found \"" + number + "\", expected a value" + NUMBERS);
    }

    @Test
    void aStringWithALineBreakOrControlCharacterIsRefused() {
        String expected = " inside a string, expected a closing quote, or the character escaped";
        refused("{\"a\":\"x\ny\"}", "line 1, column 8: found a line break" + expected);
        refused("\"\t\"", "line 1, column 2: found the control character \"\\u0009\"" + expected);
        refused("{\"a\u0000\":1}", "line 1, column 4: found the control character \"\\u0000\"" + expected);
    }

    @Test
    void aStringWithAnUnknownEscapeIsRefused() {
        refused("\"\\q\"", "line 1, column 3: found \"q\"" + ESCAPES);
        refused("\"\\u12G4\"", "line 1, column 6: found \"G\"" + ESCAPES);
        refused("\"\\\ud83d\ude00\"", "line 1, column 3: found \"\ud83d\ude00\"" + ESCAPES);
    }

    @Test
    void invisibleCharactersAreShownByTheirNumber() {
        refused("{\"a\":\u00a01}", "line 1, column 6: found \"\\u00a0\", expected a value");
        refused("[\u202e]", "line 1, column 2: found \"\\u202e\", expected a value, or \"]\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t\n"})
    void aBlankTextIsRefused(String text) {
        refused(text, "line 1, column 1: found an empty text, expected a JSON value");
    }

    @Test
    void aRepeatedKeyIsRefusedAtAnyDepth() {
        refused(
                "{\"a\":1,\"b\":{\"c\":1, \"d\":[1,2],\n \"c\": {\"e\":3}}}",
                "line 2, column 7: found the key \"c\" a second time, expected every key of an object once");
    }

    @Test
    void linesAreCountedHoweverTheyEnd() {
        refused("{\n\"a\":1,\r\n\"b\":2,\r\"c\":x}", "line 4, column 5: found \"x\", expected a value" + WORDS);
    }

    @Test
    void aTextMayBeNestedThirtyTwoDeepAndNoDeeper() {
        assertThat(JsonSource.text("my.json", "[".repeat(32) + "]".repeat(32))
                        .root()
                        .isArray())
                .isTrue();
        refused(
                "[".repeat(33) + "]".repeat(33),
                "line 1, column 33: found one more level of objects and arrays, expected at most 32 levels");
        refused(
                "{\"a\":\n".repeat(100_000),
                "line 33, column 1: found one more level of objects and arrays, expected at most 32 levels");
    }

    @Test
    void aStringMayBe64KibiUnitsLongAndNoLonger() {
        String longest = "x".repeat(65_536);
        assertThat(JsonSource.text("my.json", "[\"" + longest + "\"]")
                        .root()
                        .get(0)
                        .stringValue())
                .isEqualTo(longest);
        String message = "found a string of more than 65536 characters, expected a shorter one";
        refused("{\"a\":\n\"" + longest + "x\"}", "line 2, column 1: " + message);
        refused("{\"a\":\n\"" + longest.repeat(40) + "\"}", "line 2, column 1: " + message);
        refused("{\n \"" + longest + "x\":1}", "line 2, column 2: " + message);
    }

    @Test
    void aNumberMayBeFortyCharactersLongAndNoLonger() {
        assertThat(JsonSource.text("my.json", "1".repeat(40)).root().isNumber()).isTrue();
        refused(
                "[\n  -" + "1".repeat(41) + "]",
                "line 2, column 3: found a number of more than 40 characters, expected a shorter one");
        refused(
                "[1e99999999999999]",
                "line 1, column 2: found a number with an enormous exponent, expected a smaller number");
    }

    @Test
    void aTextMayHoldTwoHundredThousandTokensAndNoMore() {
        assertThat(JsonSource.text("my.json", "[" + "1,".repeat(199_997) + "1]").root())
                .hasSize(199_998);
        refused(
                "[" + "1,".repeat(199_999) + "1]",
                "line 1, column 400000: found more than 200000 values, keys and brackets, expected at most 200000");
    }

    @Test
    void whateverIsDoneToATextItIsReadOrRefusedWithAPlace() {
        String text =
                "{\"a\": [1, -2.5e3, true, null, \"x\\n\\u00e9\"],\n \"b\": {\"c\": false, \"d\": {}}, \"e\": []}";
        String pieces = "{}[]:,\"\\ \n\t'/#+-.0e1xuNtfn\u0000\u00a0\ufeff\ud83d";
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder mutated = new StringBuilder(text);
            for (int edit = random.nextInt(3); edit >= 0; edit--) {
                int at = random.nextInt(mutated.length());
                char piece = pieces.charAt(random.nextInt(pieces.length()));
                switch (random.nextInt(4)) {
                    case 0 -> mutated.deleteCharAt(at);
                    case 1 -> mutated.insert(at, piece);
                    case 2 -> mutated.setCharAt(at, piece);
                    default -> mutated.setLength(Math.max(3, at));
                }
            }
            Throwable thrown = catchThrowable(() -> JsonSource.text("my.json", mutated.toString()));
            if (thrown != null) {
                refused++;
                assertThat(thrown)
                        .as(mutated.toString())
                        .isInstanceOf(ScenarioFormatException.class)
                        .message()
                        .matches("my\\.json: line [1-5], column [0-9]{1,2}: found .*, expected .*")
                        .doesNotContain("Json", "jackson", "Feature", "Source");
            }
        }
        assertThat(refused).isBetween(50_000, 99_000);
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> JsonSource.text("my.json", text))
                .isInstanceOf(ScenarioFormatException.class)
                .hasMessage("my.json: " + message);
    }
}
