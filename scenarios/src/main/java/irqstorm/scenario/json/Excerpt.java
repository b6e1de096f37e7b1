// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import tools.jackson.databind.JsonNode;

/** Short, printable descriptions of what stands in a file, for error messages. */
final class Excerpt {

    private static final int LONGEST = 60;

    private Excerpt() {}

    /** A value in a few words: a string quoted, a number as written, an object or array by its size. */
    static String of(JsonNode node) {
        if (node.isObject()) {
            return node.isEmpty() ? "an empty object" : "an object";
        }
        if (node.isArray()) {
            return node.isEmpty() ? "an empty array" : "an array of " + node.size();
        }
        return node.isString() ? quoted(node.stringValue()) : shortened(node.toString(), LONGEST);
    }

    /** Like {@link #of}, but with the contents of an object or array. */
    static String inFull(JsonNode node) {
        return node.isContainer() ? escapedControls(shortened(node.toString(), LONGEST)) : of(node);
    }

    /** A string in double quotes, shortened, with everything unprintable escaped. */
    static String quoted(String text) {
        return "\"" + escaped(shortened(text, LONGEST)) + "\"";
    }

    static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "\u2026";
    }

    /** A string with quotes, backslashes and everything unprintable escaped as in JSON. */
    static String escaped(String text) {
        return escapedControls(text.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    private static String escapedControls(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    out.append("\\u").append(Integer.toHexString(0x10000 | unit).substring(1));
                }
            }
        });
        return out.toString();
    }

    /** Refuses what could disturb a terminal: controls, lone surrogates, odd spaces, and invisible or direction-changing marks. */
    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
