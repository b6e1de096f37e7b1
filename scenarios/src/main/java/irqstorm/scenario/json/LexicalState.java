// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

/**
 * Where in a JSON text a parser stopped: inside a string, after a key, after a value. Reads only what stands before that
 * place, which the parser has already accepted.
 */
final class LexicalState {

    private final StringBuilder open = new StringBuilder();
    private char previous;
    private boolean inString;
    private int stringStart;
    private boolean stringIsKey;

    private LexicalState() {}

    /** The state just before the character at an index. */
    static LexicalState before(String text, int index) {
        LexicalState state = new LexicalState();
        for (int i = 0; i < index; i++) {
            char c = text.charAt(i);
            if (state.inString && c == '\\') {
                i++;
            } else {
                state.advance(c, i);
            }
        }
        return state;
    }

    private void advance(char c, int index) {
        if (c == '"') {
            if (!inString) {
                stringStart = index;
                stringIsKey = innermost() == '{' && (previous == '{' || previous == ',');
            }
            inString = !inString;
        } else if (inString || c <= ' ') {
            return;
        } else if (c == '{' || c == '[') {
            open.append(c);
        } else if ((c == '}' || c == ']') && open.length() > 0) {
            open.setLength(open.length() - 1);
        }
        previous = c;
    }

    /** Whether a string has begun and not ended. */
    boolean inString() {
        return inString;
    }

    /** The index of the opening quote of the last string, whether it has ended or not. */
    int stringStart() {
        return stringStart;
    }

    /** Whether a comma comes before, so that a closing bracket would make it a trailing one. */
    boolean afterComma() {
        return previous == ',';
    }

    /** Whether a value comes next, or may. */
    boolean beforeValue() {
        return previous == 0 || previous == ':' || previous == '[' || (previous == ',' && innermost() == '[');
    }

    private char innermost() {
        return open.length() == 0 ? 0 : open.charAt(open.length() - 1);
    }

    /** What may come next. */
    String expected() {
        if (inString) {
            return "the closing quote of a string";
        }
        return switch (previous) {
            case 0 -> "a JSON value";
            case '{' -> "a key in double quotes, or \"}\"";
            case '[' -> "a value, or \"]\"";
            case ':' -> "a value";
            case ',' -> innermost() == '{' ? "a key in double quotes" : "a value";
            case '"' -> stringIsKey ? "\":\" and a value after the key" : afterValue();
            default -> afterValue();
        };
    }

    private String afterValue() {
        return switch (innermost()) {
            case '{' -> "\",\" or \"}\"";
            case '[' -> "\",\" or \"]\"";
            default -> "nothing more after the end of the value";
        };
    }
}
