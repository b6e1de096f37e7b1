// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a table's row came to, against the row's {@code out}. */
final class TableObservations {
    /** Parts of {@code out} that are about the expectation, not expected. */
    private static final Set<String> REMARKS = Set.of("note", "architectural", "compare_mask");

    private TableObservations() {}

    static boolean check(String name, Bench bench, Args args) {
        switch (name) {
            case "match_per_row",
                    "ppr_per_row",
                    "fault_per_row",
                    "per_row",
                    "vmentry_per_row",
                    "exit_per_row",
                    "msr_access_per_row" -> {
                args.ignoring("vector");
                row(bench, args.scope());
            }
            case "exit_qualification_offset" -> {
                Comparison.text("the offset in the exit qualification", "reg", args.text("value"));
                Comparison.text(
                        "every exit at its register's offset",
                        result(bench, "offsets").toString(),
                        "true");
            }
            case "memory_roundtrip" -> {
                boolean kept = (boolean) result(bench, "round trip");
                Comparison.truth("the page keeps what is written", kept, args);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked")
    private static Object result(Bench bench, String part) {
        Object result = ((Map<String, Object>) bench.memory().result("row")).get(part);
        if (result == null) {
            throw new Unsupported("\"" + part + "\" of a table row");
        }
        return result;
    }

    private static void row(Bench bench, Scope scope) {
        JsonNode out = bench.memory().rowOut();
        out.properties().forEach(expected -> {
            if (!REMARKS.contains(expected.getKey())) {
                part(bench, expected.getKey(), expected.getValue(), scope);
            }
        });
        if (out.has("compare_mask")) {
            Comparison.text(
                    "the page keeps what is written",
                    result(bench, "round trip").toString(),
                    "true");
        }
    }

    private static void part(Bench bench, String key, JsonNode expected, Scope scope) {
        Object actual = result(bench, key);
        String subject = key + " of row " + bench.memory().row();
        if (expected.isArray()) {
            boolean in = expected.valueStream().anyMatch(value -> Numbers.integer(value, scope) == (long) actual);
            if (!in) {
                throw new Mismatch(subject + " is " + actual + ", expected one of " + expected);
            }
        } else if (actual instanceof Long number) {
            if (Numbers.integer(expected, scope) != number) {
                throw new Mismatch(subject + " is " + Numbers.hex(number) + ", expected " + expected);
            }
        } else {
            // A remark in brackets may follow the word.
            String word = expected.asString(expected.toString()).replaceAll(" \\(.*\\)$", "");
            Comparison.text(subject, actual.toString(), word);
        }
    }
}
