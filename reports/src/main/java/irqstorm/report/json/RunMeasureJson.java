// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import irqstorm.stats.detector.Detection;
import irqstorm.stats.measure.CpuShares;
import irqstorm.stats.measure.Dispersion;
import irqstorm.stats.measure.Latency;
import irqstorm.stats.measure.LineMeasure;
import irqstorm.stats.measure.RateEpisode;
import irqstorm.stats.measure.RunMeasure;
import irqstorm.stats.measure.WindowRate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What was measured of one run, as a JSON object. */
final class RunMeasureJson {
    private RunMeasureJson() {}

    static void write(RunMeasure run, JsonGenerator json) {
        json.writeStartObject();
        json.writeArrayPropertyStart("lines");
        run.lines().forEach(line -> line(line, json));
        json.writeEndArray();
        CpuShares cpu = run.cpu();
        json.writeObjectPropertyStart("processorShares");
        json.writeNumberProperty("l1", cpu.l1());
        NumberJson.nullable("l2", cpu.l2(), json);
        json.writeNumberProperty("l0", cpu.l0());
        json.writeNumberProperty("vmm", cpu.vmm());
        json.writeNumberProperty("halted", cpu.halted());
        json.writeEndObject();
        json.writeArrayPropertyStart("detectors");
        run.detections().forEach(detection -> detection(detection, json));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void line(LineMeasure line, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", line.name());
        NumberJson.nullable("gsi", line.gsi(), json);
        json.writeNumberProperty("deliveries", line.deliveries());
        json.writeNumberProperty("deliveriesPerSecond", line.ratePerSecond());
        NumberJson.nullable("interArrivalCv", line.interArrivalVariation(), json);
        json.writeArrayPropertyStart("windows");
        for (WindowRate rate : line.windows()) {
            window(rate, line.dispersion(rate.windowNanos()), json);
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("throttle");
        json.writeNumberProperty("firings", line.throttle().firings());
        json.writeNumberProperty("deliveringNanos", line.throttle().deliveringNanos());
        json.writeNumberProperty("pausedNanos", line.throttle().pausedNanos());
        NumberJson.nullable("dutyCycle", line.throttle().share(), json);
        json.writeEndObject();
        json.writeArrayPropertyStart("episodes");
        line.episodes().forEach(episode -> episode(episode, json));
        json.writeEndArray();
        json.writeNumberProperty("resolutionNanos", line.resolutionNanos());
        json.writeObjectPropertyStart("latencyFromAssertion");
        latency("accept", line.stages().accept(), json);
        latency("service", line.stages().service(), json);
        latency("eoi", line.stages().eoi(), json);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void window(WindowRate rate, Dispersion dispersion, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("windowNanos", rate.windowNanos());
        NumberJson.nullable("peakPerSecond", rate.peakPerSecond(), json);
        NumberJson.nullable("busyPerSecond", rate.busyPerSecond(), json);
        NumberJson.nullable("busyShare", rate.busyShare(), json);
        NumberJson.nullable("fano", dispersion.fano(), json);
        json.writeNumberProperty("fanoWindows", dispersion.windows());
        json.writeEndObject();
    }

    private static void episode(RateEpisode episode, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("onsetNanos", episode.onsetNanos());
        json.writeNumberProperty("endNanos", episode.endNanos());
        json.writeNumberProperty("deliveries", episode.deliveries());
        json.writeNumberProperty("deliveriesPerSecond", episode.ratePerSecond());
        json.writeEndObject();
    }

    private static void latency(String name, @Nullable Latency latency, JsonGenerator json) {
        if (latency == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("count", latency.count());
        json.writeNumberProperty("p50Nanos", latency.p50());
        json.writeNumberProperty("p90Nanos", latency.p90());
        json.writeNumberProperty("p99Nanos", latency.p99());
        json.writeNumberProperty("p999Nanos", latency.p999());
        json.writeNumberProperty("maxNanos", latency.max());
        json.writeEndObject();
    }

    private static void detection(Detection detection, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("detector", detection.detector());
        json.writeBooleanProperty("fires", detection.fires());
        NumberJson.nullable("firstNanos", detection.firstNanos(), json);
        json.writeNumberProperty("firings", detection.firings());
        json.writeStringProperty("line", detection.line());
        json.writeStringProperty("measured", detection.closest());
        json.writeStringProperty("rule", detection.rule());
        json.writeStringProperty("reaction", detection.reaction());
        json.writeStringProperty("source", detection.source());
        json.writeEndObject();
    }
}
