// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.check.Verdict;
import irqstorm.check.Violation;
import irqstorm.scenario.Expectations;
import irqstorm.scenario.Expectations.LineMeasure;
import irqstorm.scenario.Expectations.Range;
import irqstorm.scenario.Expectations.RunMeasure;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a scenario expects of its run. */
final class ExpectationReader {
    /** The verdict. */
    static final String VERDICT = "verdict";

    /** What is wrong besides the verdict. */
    static final String VIOLATION = "violation";

    private static final int MAX_LINES = 256;

    private ExpectationReader() {}

    /**
     * Reads an object of expectations.
     *
     * @param isOrdered whether the events of the scenario are in a written order, which alone shows violations besides verdicts
     */
    static Expectations read(JsonCursor cursor, boolean isOrdered) {
        return cursor.readObject(fields -> {
            Optional<Verdict> verdict =
                    fields.optional(VERDICT).map(word -> word.asEnum(words(List.of(Verdict.values()))));
            Optional<Violation> violation = fields.optional(VIOLATION).map(word -> violation(word, isOrdered));
            Map<RunMeasure, Range> measures = new EnumMap<>(RunMeasure.class);
            for (RunMeasure measure : RunMeasure.values()) {
                fields.optional(measure.key()).ifPresent(range -> measures.put(measure, range(range)));
            }
            Map<String, Map<LineMeasure, Range>> lines = new LinkedHashMap<>();
            fields.optional("lines")
                    .ifPresent(all -> all.entries(MAX_LINES).forEach((name, line) -> lines.put(name, line(line))));
            return new Expectations(verdict, violation, measures, lines);
        });
    }

    private static Violation violation(JsonCursor word, boolean isOrdered) {
        if (!isOrdered) {
            word.problem("a violation only in a scenario with an \"" + ScenarioReader.ORDER + "\" of events");
        }
        return word.asEnum(words(Violation.BESIDES_VERDICTS));
    }

    private static <E extends Enum<E>> Map<String, E> words(List<E> values) {
        Map<String, E> words = new LinkedHashMap<>();
        values.forEach(value -> words.put(value.name(), value));
        return words;
    }

    private static Map<LineMeasure, Range> line(JsonCursor cursor) {
        Map<LineMeasure, Range> measures = new EnumMap<>(LineMeasure.class);
        return cursor.readObject(fields -> {
            for (LineMeasure measure : LineMeasure.values()) {
                fields.optional(measure.key()).ifPresent(range -> measures.put(measure, range(range)));
            }
            return measures;
        });
    }

    /** A number, or {@code {"min": …, "max": …}} with either end left out. */
    private static Range range(JsonCursor cursor) {
        if (cursor.kind() == JsonKind.NUMBER) {
            double value = cursor.asNumber();
            return new Range(value, value);
        }
        if (cursor.kind() != JsonKind.OBJECT) {
            cursor.problem("a number, or an object with \"min\", \"max\" or both");
            return new Range(0, 0);
        }
        return cursor.readObject(fields -> {
            double min = fields.optional("min", Double.NEGATIVE_INFINITY, JsonCursor::asNumber);
            double max = fields.optional("max", Double.POSITIVE_INFINITY, JsonCursor::asNumber);
            if (Double.isInfinite(min) && Double.isInfinite(max)) {
                cursor.problem("a range with \"min\", \"max\" or both");
            } else if (min > max) {
                cursor.problem("a range whose \"min\" is not above its \"max\"");
            }
            return new Range(min, max);
        });
    }
}
