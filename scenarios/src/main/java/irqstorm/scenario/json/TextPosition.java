// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

/**
 * A place in a text as editors count it.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 */
record TextPosition(int line, int column) {

    /** The place of the character at an index of the text, or just behind its end. */
    static TextPosition of(String text, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            char c = text.charAt(i);
            boolean crBeforeLf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !crBeforeLf)) {
                line++;
                lineStart = i + 1;
            }
        }
        return new TextPosition(line, index - lineStart + 1);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
