// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import org.jspecify.annotations.Nullable;

/**
 * Something that was measured, and what it should be.
 *
 * @param name what
 * @param measured its value, in words
 * @param target what it should be, in words; empty if there is nothing it should be
 * @param met whether it is; null if there is nothing it should be, or if it was not measured
 */
record Figure(
        String name,
        String measured,
        String target,
        @Nullable Boolean met) {
    static final String HEADER = """
            | figure | measured | target | met |
            |---|---|---|---|
            """;

    /** Something that is only told. */
    static Figure told(String name, String measured) {
        return new Figure(name, measured, "", null);
    }

    /** A row of the table under {@link #HEADER}. */
    String row() {
        String verdict = met == null ? "" : met ? "yes" : "**no**";
        return String.format("| %s | %s | %s | %s |%n", name, measured, target, verdict);
    }
}
