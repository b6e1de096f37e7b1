// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.profile.Provenance;
import irqstorm.profile.ReadField;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What was read in somebody's source, as text: where, each field with how sure the reading is, and what else there is to say. */
final class ReadingText {
    private static final String INDENT = "  ";

    private ReadingText() {}

    /** Where it was read. */
    static List<String> source(String where, Provenance provenance) {
        List<String> lines = new ArrayList<>(indented("read in " + where));
        lines.addAll(indented("revision " + provenance.revision() + ", date " + provenance.date()));
        return lines;
    }

    /** {@code text} below a heading. */
    static List<String> indented(String text) {
        return Layout.hanging(INDENT, text, INDENT.length());
    }

    /** A line for each field. */
    static List<String> fields(List<ReadField> fields) {
        int path = widest(fields, ReadField::path);
        int value = widest(fields, ReadField::value);
        return fields.stream()
                .map(field -> INDENT
                        + Layout.pad(field.path(), path, false)
                        + INDENT
                        + Layout.pad(field.value(), value, false)
                        + INDENT
                        + field.confidence().label())
                .toList();
    }

    private static int widest(List<ReadField> fields, Function<ReadField, String> part) {
        return fields.stream()
                .mapToInt(field -> part.apply(field).length())
                .max()
                .orElse(0);
    }

    /** What references and notes say, each under its heading. */
    static List<String> remarks(Provenance provenance) {
        List<String> lines = new ArrayList<>(Layout.list("References", provenance.references()));
        lines.addAll(Layout.list("Notes", provenance.notes()));
        return lines;
    }
}
