// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import irqstorm.advise.HostAdvice;
import irqstorm.advise.HostProof;
import irqstorm.advise.SuppressFlag;
import irqstorm.compare.ComparisonRecord;
import irqstorm.proof.ProofRecord;
import irqstorm.run.RunRecord;
import irqstorm.stats.experiment.MeasureReport;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;

/** Writes one JSON object, or a list of them, indented and with a line feed at its end. */
public final class JsonReport {
    /** The fast writer gives the shortest digits on every JDK; the JDK's own gave longer ones before 19. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private JsonReport() {}

    /** Writes {@code run}. */
    public static void write(RunRecord run, Writer out) {
        try (JsonGenerator json = open(out)) {
            RunJson.write(run, json);
            json.writeRaw('\n');
        }
    }

    /** Writes {@code comparison}, its runs in their order. */
    public static void write(ComparisonRecord comparison, Writer out) {
        try (JsonGenerator json = open(out)) {
            json.writeStartObject();
            json.writeStringProperty("scenario", comparison.scenario());
            json.writeStringProperty("title", comparison.title());
            json.writeNumberProperty("seed", comparison.seed());
            json.writeArrayPropertyStart("results");
            comparison.results().forEach(run -> RunJson.write(run, json));
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /**
     * Writes {@code advice} as a list with an object for each guest and flag, in its order.
     *
     * @param asked the flag whose safety is asked about; empty for what each VMM passes today
     */
    public static void write(List<HostAdvice> advice, Optional<SuppressFlag> asked, Writer out) {
        try (JsonGenerator json = open(out)) {
            json.writeStartArray();
            advice.forEach(host -> AdviceJson.write(host, asked, json));
            json.writeEndArray();
            json.writeRaw('\n');
        }
    }

    /** Writes {@code proofs} as a list with an object for each guest and flag, in its order. */
    public static void write(List<HostProof> proofs, Writer out) {
        try (JsonGenerator json = open(out)) {
            json.writeStartArray();
            proofs.forEach(host -> ProofJson.write(host, json));
            json.writeEndArray();
            json.writeRaw('\n');
        }
    }

    /** A generator that writes to {@code out} without spaces. */
    static JsonGenerator compact(Writer out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /** Writes {@code report}. */
    public static void write(MeasureReport report, Writer out) {
        try (JsonGenerator json = open(out)) {
            MeasureJson.write(report, json);
            json.writeRaw('\n');
        }
    }

    /** Writes {@code record}. */
    public static void write(ProofRecord record, Writer out) {
        try (JsonGenerator json = open(out)) {
            ProofJson.write(record, json);
            json.writeRaw('\n');
        }
    }

    private static JsonGenerator open(Writer out) {
        return FACTORY.createGenerator(new Indented(), out);
    }

    /** Line feeds on every system, so that the same run gives the same bytes. */
    private static final class Indented extends ObjectWriteContext.Base {
        private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
        private static final Separators SEPARATORS = PrettyPrinter.DEFAULT_SEPARATORS
                .withObjectNameValueSpacing(Spacing.AFTER)
                .withArrayEmptySeparator("");

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter(SEPARATORS)
                    .withObjectIndenter(INDENTER)
                    .withArrayIndenter(INDENTER);
        }
    }
}
