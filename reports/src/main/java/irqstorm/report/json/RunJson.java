// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import irqstorm.check.Damage;
import irqstorm.check.EoiFaults;
import irqstorm.check.Happening;
import irqstorm.check.StormEpisode;
import irqstorm.run.RunRecord;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * A run as a JSON object. What was not measured is {@code null}; {@code errno} is there only if the configuration was refused,
 * {@code violation} only if a written order shows one.
 */
final class RunJson {
    private RunJson() {}

    static void write(RunRecord run, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("scenario", run.scenario());
        json.writeStringProperty("title", run.title());
        json.writeStringProperty("configuration", run.configuration());
        json.writeNumberProperty("seed", run.inputs().seed());
        json.writeStringProperty("fingerprint", run.fingerprint());
        json.writeStringProperty("verdict", run.verdict().name());
        json.writeStringProperty("reason", run.reason());
        if (run.errno() != null) {
            json.writeStringProperty("errno", run.errno());
        }
        if (run.violation() != null) {
            json.writeStringProperty("violation", run.violation().name());
        }
        json.writeStringProperty("stop", run.stop().name());
        json.writeNumberProperty("simulatedNanos", run.simulatedNanos());
        json.writeNumberProperty("events", run.events());
        inputs(run.inputs(), json);
        json.writeArrayPropertyStart("lines");
        run.lines().forEach(line -> line(line, json));
        json.writeEndArray();
        storm(run.storm(), json);
        json.writeNumberProperty("throttleFirings", run.throttleFirings());
        json.writeNumberProperty("eoiExits", run.eoiExits());
        json.writeObjectPropertyStart("guest");
        json.writeNumberProperty("l1RunShare", run.guest().l1RunShare());
        NumberJson.nullable("l2RunShare", run.guest().l2RunShare(), json);
        json.writeEndObject();
        RunRecord.Hazards hazards = run.hazards();
        if (hazards != null) {
            hazards(hazards, json);
        }
        strings("failures", run.failures(), json);
        json.writeEndObject();
    }

    private static void hazards(RunRecord.Hazards hazards, JsonGenerator json) {
        json.writeObjectPropertyStart("hazards");
        json.writeArrayPropertyStart("happenings");
        for (Happening happening : hazards.happenings()) {
            json.writeStartObject();
            json.writeNumberProperty("timeNanos", happening.timeNanos());
            json.writeStringProperty("text", happening.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("damages");
        for (Damage damage : hazards.damages()) {
            json.writeStartObject();
            json.writeStringProperty("kind", damage.kind().name());
            json.writeStringProperty("line", damage.who());
            json.writeNumberProperty("fromNanos", damage.fromNanos());
            NumberJson.nullable("toNanos", damage.isForGood() ? null : (Long) damage.toNanos(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        EoiFaults faults = hazards.eoiFaults();
        json.writeNumberProperty("corruptedEoiSlots", faults.corrupted());
        json.writeNumberProperty("lostEois", faults.lost());
        json.writeNumberProperty("wrongLinesEnded", faults.wrongLinesEnded());
        json.writeNumberProperty("spuriousEoiExits", faults.spuriousExits());
        json.writeNumberProperty("laterEoiExitsBlocked", faults.laterExitsBlocked());
        json.writeEndObject();
    }

    private static void inputs(RunRecord.Inputs inputs, JsonGenerator json) {
        json.writeObjectPropertyStart("inputs");
        json.writeStringProperty("irqchip", inputs.irqchip());
        json.writeStringProperty("uapi", inputs.uapi());
        strings("flags", inputs.flags(), json);
        json.writeStringProperty("suppressMode", inputs.suppressMode());
        json.writeStringProperty("ioApic", inputs.ioApic());
        json.writeNumberProperty("ioApicVersion", inputs.ioApicVersion());
        json.writeStringProperty("guestStart", inputs.guestStart());
        json.writeBooleanProperty("nested", inputs.nested());
        json.writeNumberProperty("vcpus", inputs.vcpus());
        json.writeEndObject();
    }

    private static void line(RunRecord.Line line, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", line.name());
        Integer gsi = line.gsi();
        NumberJson.nullable("gsi", gsi == null ? null : gsi.longValue(), json);
        json.writeNumberProperty("assertions", line.assertions());
        json.writeNumberProperty("mergedCauses", line.mergedCauses());
        json.writeNumberProperty("deliveries", line.deliveries());
        json.writeNumberProperty("redundantDeliveries", line.redundantDeliveries());
        NumberJson.nullable("amplification", line.amplification(), json);
        json.writeNumberProperty("serviced", line.serviced());
        json.writeBooleanProperty("stuck", line.stuck());
        json.writeBooleanProperty("lost", line.lost());
        json.writeNumberProperty("remoteIrrHeldNanos", line.remoteIrrHeldNanos());
        NumberJson.nullable("meanLatencyNanos", line.meanLatencyNanos(), json);
        NumberJson.nullable("maxLatencyNanos", line.maxLatencyNanos(), json);
        json.writeEndObject();
    }

    private static void storm(RunRecord.Storm storm, JsonGenerator json) {
        json.writeObjectPropertyStart("storm");
        json.writeNumberProperty("episodes", storm.episodes());
        json.writeNumberProperty("peakRatePerSecond", storm.peakRatePerSecond());
        json.writeNumberProperty("meanRatePerSecond", storm.meanRatePerSecond());
        json.writeNumberProperty("longestNanos", storm.longestNanos());
        json.writeArrayPropertyStart("first");
        storm.first().forEach(episode -> episode(episode, json));
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A storm episode, as the page's charts have it too. */
    static void episode(StormEpisode episode, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("line", episode.line());
        json.writeNumberProperty("startNanos", episode.startNanos());
        json.writeNumberProperty("endNanos", episode.endNanos());
        json.writeNumberProperty("deliveries", episode.deliveries());
        json.writeEndObject();
    }

    private static void strings(String name, List<String> values, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
