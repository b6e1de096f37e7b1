// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

/**
 * One thing wrong in one input, said so that it can be put right without reading code.
 *
 * @param source the file's name, or {@code bundled:NAME}
 * @param where the JSON path of the value, such as {@code $.devices[1].gsi}; {@code line 3, column 7} where the text
 *     is not JSON at all; empty where the input could not be read
 * @param found what stands there
 * @param expected what would be right; empty if {@code advice} says it
 * @param advice a further remark such as a spelling suggestion, or empty
 */
public record Problem(String source, String where, String found, String expected, String advice) {

    /** A problem without a further remark. */
    public Problem(String source, String where, String found, String expected) {
        this(source, where, found, expected, "");
    }

    /** The problem in one line: {@code my.json: $.devices[1].gsi: found 300, expected an integer from 0 to 23}. */
    public String text() {
        StringBuilder text = new StringBuilder(source);
        if (!where.isEmpty()) {
            text.append(": ").append(where);
        }
        text.append(": found ").append(found);
        if (!expected.isEmpty()) {
            text.append(", expected ").append(expected);
        }
        if (!advice.isEmpty()) {
            text.append("; ").append(advice);
        }
        return text.toString();
    }
}
