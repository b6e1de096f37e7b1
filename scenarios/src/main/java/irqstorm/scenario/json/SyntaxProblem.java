// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.Problem;
import irqstorm.scenario.ScenarioFormatException;
import java.util.regex.Pattern;

/**
 * Says what is wrong with a text that is not JSON, and where. Jackson only says at which character it stopped: its own
 * words name Java classes and switches that the reader of the message does not have.
 */
final class SyntaxProblem {

    private static final String NUMBER_ADVICE =
            "numbers are decimal without leading zeros or a plus sign, such as 0 or -2.5";
    private static final String WORD_ADVICE = "only true, false and null stand without quotes";

    private static final Pattern SCALAR =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null");

    private final String source;
    private final String text;

    SyntaxProblem(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /** There is nothing but white space. */
    ScenarioFormatException isBlank() {
        return at(0, "an empty text", "a JSON value", "");
    }

    /** The text ends too early. */
    ScenarioFormatException endsTooEarly() {
        return at(
                text.length(),
                "the end of the text",
                LexicalState.before(text, text.length()).expected(),
                "");
    }

    /** The parser stopped at an index, or within or just behind the word or number that begins before it. */
    ScenarioFormatException stoppedAt(int stop) {
        if (LexicalState.before(text, stop).inString()) {
            return insideString(stop);
        }
        int start = wordStart(stop);
        if (SCALAR.matcher(text.substring(start, stop)).matches() && !isWordPart(charAt(stop))) {
            start = stop;
        }
        if (start == text.length()) {
            return endsTooEarly();
        }
        LexicalState state = LexicalState.before(text, start);
        int end = start;
        while (isWordPart(charAt(end))) {
            end++;
        }
        return end == start
                ? at(start, found(start), state.expected(), advice(text.charAt(start), state))
                : at(start, Excerpt.quoted(text.substring(start, end)), state.expected(), wordAdvice(start, state));
    }

    private String wordAdvice(int start, LexicalState state) {
        if (!state.beforeValue()) {
            return "";
        }
        return "+-.0123456789".indexOf(text.charAt(start)) >= 0 ? NUMBER_ADVICE : WORD_ADVICE;
    }

    /** A key occurs twice in one object; the parser stopped behind its second occurrence. */
    ScenarioFormatException repeatedKey(String key, int stop) {
        return at(stop, "the key " + Excerpt.quoted(key) + " a second time", "every key of an object once", "");
    }

    /** Something that begins at an index is beyond a limit. */
    ScenarioFormatException beyondLimit(int index, String found, String expected) {
        return at(index, found, expected, "");
    }

    /** A string or number is too long; the parser stopped within it or at its end. */
    ScenarioFormatException tooLong(int stop) {
        LexicalState state = LexicalState.before(text, stop);
        boolean string = state.inString() || text.charAt(stop - 1) == '"';
        return string
                ? at(
                        state.stringStart(),
                        "a string of more than " + StrictJson.MAX_STRING_LENGTH + " characters",
                        "a shorter one",
                        "")
                : at(
                        wordStart(stop),
                        "a number of more than " + StrictJson.MAX_NUMBER_LENGTH + " characters",
                        "a shorter one",
                        "");
    }

    private ScenarioFormatException insideString(int stop) {
        char c = text.charAt(stop);
        if (c < ' ') {
            String found = c == '\n' || c == '\r' ? "a line break" : "the control character " + found(stop);
            return at(stop, found + " inside a string", "a closing quote, or the character escaped", "");
        }
        return at(
                stop,
                found(stop) + " in an escape sequence",
                "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t, or \\u and four hexadecimal digits",
                "");
    }

    private static String advice(char c, LexicalState state) {
        return switch (c) {
            case '/', '#' -> "JSON has no comments";
            case '\'' -> "JSON uses double quotes";
            case '}', ']' -> state.afterComma() ? "JSON has no trailing commas" : "";
            case '\ufeff' -> "save the file as UTF-8 without a byte order mark";
            default -> "";
        };
    }

    private String found(int index) {
        int codePoint = text.codePointAt(index);
        return switch (codePoint) {
            case '\ufeff' -> "a byte order mark";
            case '"' -> "a double quote";
            default -> Excerpt.quoted(Character.toString(codePoint));
        };
    }

    private int wordStart(int stop) {
        int start = stop;
        while (start > 0 && isWordPart(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** The character at an index, or 0 at the end. */
    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || "_+-.".indexOf(c) >= 0;
    }

    private ScenarioFormatException at(int index, String found, String expected, String advice) {
        String where = TextPosition.of(text, index).toString();
        return new ScenarioFormatException(new Problem(source, where, found, expected, advice));
    }
}
