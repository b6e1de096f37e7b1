// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import irqstorm.report.Curves;
import irqstorm.report.Lanes;
import irqstorm.report.Rates;
import irqstorm.report.Report;
import irqstorm.report.Survival;
import irqstorm.stats.inference.KaplanMeier;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What the charts of a configuration or of a scenario show, as a JSON object without spaces. Times are in nanoseconds. */
public final class ChartJson {
    private ChartJson() {}

    /** The object of {@code section}. */
    public static String of(Report.Section section) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JsonReport.compact(out)) {
            json.writeStartObject();
            rates(section.rates(), json);
            json.writeArrayPropertyStart("episodes");
            section.run().storm().first().forEach(episode -> RunJson.episode(episode, json));
            json.writeEndArray();
            timeline(section.timeline(), Lanes.of(section.timeline()), json);
            curves("latency", Curves.latencies(section.measured().measure()), json);
            curves("dispersion", Curves.dispersions(section.measured().measure()), json);
            json.writeEndObject();
        }
        return out.toString();
    }

    private static void rates(Rates rates, JsonGenerator json) {
        json.writeNumberProperty("binNanos", rates.binNanos());
        json.writeNumberProperty("endNanos", rates.endNanos());
        json.writeArrayPropertyStart("lines");
        for (Rates.Line line : rates.lines()) {
            json.writeStartObject();
            json.writeStringProperty("name", line.name());
            json.writeArrayPropertyStart("deliveries");
            line.deliveries().forEach(json::writeNumber);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void timeline(List<Report.Moment> events, Lanes lanes, JsonGenerator json) {
        json.writeArrayPropertyStart("lanes");
        lanes.names().forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("events");
        for (Report.Moment event : events) {
            json.writeStartObject();
            json.writeNumberProperty("number", event.number());
            json.writeNumberProperty("nanos", event.timeNanos());
            json.writeNumberProperty("cause", event.cause());
            json.writeNumberProperty("lane", lanes.names().indexOf(event.lane()));
            json.writeStringProperty("who", event.who().name());
            json.writeStringProperty("what", event.what());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("bars");
        for (Lanes.Bar bar : lanes.bars()) {
            json.writeStartObject();
            json.writeNumberProperty("lane", lanes.names().indexOf(bar.lane()));
            json.writeNumberProperty("from", bar.from());
            json.writeNumberProperty("to", bar.to());
            json.writeStringProperty("what", bar.what());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The object of {@code report}: what the charts over all configurations show. */
    public static String of(Report report) {
        Survival survival = Survival.of(report.measured());
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JsonReport.compact(out)) {
            json.writeStartObject();
            json.writeNumberProperty("endNanos", survival.endNanos());
            json.writeArrayPropertyStart("survival");
            for (Survival.Curve curve : survival.curves()) {
                json.writeStartObject();
                json.writeStringProperty("name", curve.name());
                json.writeArrayPropertyStart("steps");
                for (KaplanMeier.Step step : curve.steps()) {
                    json.writeStartArray();
                    json.writeNumber(step.timeNanos());
                    json.writeNumber(step.survival());
                    json.writeEndArray();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toString();
    }

    private static void curves(String name, Curves curves, JsonGenerator json) {
        if (curves.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("lowest", curves.lowest());
        NumberJson.nullable("reference", curves.reference(), json);
        json.writeArrayPropertyStart("ticks");
        curves.ticks().forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("decades");
        for (Curves.Decade decade : curves.decades()) {
            json.writeStartArray();
            json.writeNumber(decade.value());
            json.writeString(decade.words());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("curves");
        for (Curves.Curve curve : curves.curves()) {
            json.writeStartObject();
            json.writeStringProperty("name", curve.name());
            json.writeNumberProperty("line", curve.line());
            json.writeNumberProperty("stage", curve.stage());
            json.writeArrayPropertyStart("points");
            curve.points().forEach(point -> point(point, json));
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void point(Curves.Point point, JsonGenerator json) {
        json.writeStartArray();
        json.writeNumber(point.tick());
        json.writeNumber(point.value());
        json.writeString(point.words());
        json.writeEndArray();
    }
}
