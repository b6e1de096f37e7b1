// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.distribution.Distribution;
import irqstorm.distribution.Empirical;
import irqstorm.distribution.Exponential;
import irqstorm.distribution.Fixed;
import irqstorm.distribution.LogNormal;
import irqstorm.distribution.Uniform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a distribution: a duration such as {@code "2us"}, which is always the same, or an object with one key that names
 * the kind, such as {@code {"lognormal": {"median": "800ns", "p95": "1500ns"}}}.
 */
public final class DistributionReader {

    private static final Map<String, Function<JsonCursor, Distribution>> KINDS = kinds();
    private static final Distribution PLACEHOLDER = new Fixed(0);

    private DistributionReader() {}

    private static Map<String, Function<JsonCursor, Distribution>> kinds() {
        Map<String, Function<JsonCursor, Distribution>> kinds = new LinkedHashMap<>();
        kinds.put("uniform", DistributionReader::uniform);
        kinds.put("exponential", DistributionReader::exponential);
        kinds.put("lognormal", DistributionReader::logNormal);
        kinds.put("empirical", DistributionReader::empirical);
        return kinds;
    }

    /** Reads the distribution at the cursor. */
    public static Distribution read(JsonCursor cursor) {
        return switch (cursor.kind()) {
            case OBJECT -> cursor.readOr(PLACEHOLDER, c -> c.readObject(fields -> fields.exactlyOne(KINDS)));
            case STRING, MISSING -> new Fixed(cursor.asDurationNanos());
            default -> {
                cursor.problem("a duration such as \"2us\", or an object with one of the keys "
                        + JsonCursor.list(KINDS.keySet()));
                yield PLACEHOLDER;
            }
        };
    }

    private static Distribution uniform(JsonCursor cursor) {
        return cursor.readObject(fields -> new Uniform(
                fields.required("min").asDurationNanos(), fields.required("max").asDurationNanos()));
    }

    private static Distribution exponential(JsonCursor cursor) {
        return cursor.readObject(
                fields -> new Exponential(fields.required("mean").asDurationNanos()));
    }

    private static Distribution logNormal(JsonCursor cursor) {
        return cursor.readObject(fields -> new LogNormal(
                fields.required("median").asDurationNanos(),
                fields.required("p95").asDurationNanos()));
    }

    private static Distribution empirical(JsonCursor cursor) {
        return cursor.readObject(fields -> {
            List<Long> values =
                    fields.required("values").readList(1, Empirical.MAX_VALUES, JsonCursor::asDurationNanos);
            Optional<JsonCursor> weights = fields.optional("weights");
            return weights.isEmpty()
                    ? Empirical.ofValues(values)
                    : new Empirical(
                            values,
                            weights.get()
                                    .readList(
                                            values.size(),
                                            values.size(),
                                            weight -> weight.asInt(1, Empirical.MAX_WEIGHT)));
        });
    }
}
