// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import irqstorm.advise.CellProof;
import irqstorm.advise.HostProof;
import irqstorm.proof.ConfigurationProof;
import irqstorm.proof.Counterexample;
import irqstorm.proof.Counterexample.Step;
import irqstorm.proof.ProofBounds;
import irqstorm.proof.ProofRecord;
import irqstorm.report.EventText;
import irqstorm.trace.TraceEvent;
import tools.jackson.core.JsonGenerator;

/** What holds in every order, as a JSON object. */
final class ProofJson {
    private ProofJson() {}

    static void write(ProofRecord record, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("scenario", record.scenario());
        json.writeStringProperty("title", record.title());
        json.writeArrayPropertyStart("results");
        record.results().forEach(proof -> write(proof, json));
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Writes an object for each cell of {@code host}. */
    static void write(HostProof host, JsonGenerator json) {
        for (CellProof cell : host.cells()) {
            json.writeStartObject();
            json.writeStringProperty("profile", host.profile());
            json.writeStringProperty("irqchip", host.irqchip());
            json.writeStringProperty("flag", cell.flag().label());
            json.writeStringProperty("guest", cell.guest().name());
            writeFinding(cell.proof(), json);
            json.writeEndObject();
        }
    }

    private static void write(ConfigurationProof proof, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("configuration", proof.configuration());
        writeFinding(proof, json);
        json.writeEndObject();
    }

    private static void writeFinding(ConfigurationProof proof, JsonGenerator json) {
        json.writeStringProperty("outcome", proof.outcome().name());
        if (proof.violation() == null) {
            json.writeNullProperty("violation");
        } else {
            json.writeStringProperty("violation", proof.violation().name());
        }
        json.writeStringProperty("reason", proof.reason());
        json.writeNumberProperty("states", proof.states());
        json.writeNumberProperty("transitions", proof.transitions());
        json.writeNumberProperty("depth", proof.depth());
        write(proof.bounds(), json);
        json.writeNumberProperty("noCollisionButOneIn", proof.noCollisionButOneIn());
        json.writeNumberProperty("statesPerSecond", proof.statesPerSecond());
        Counterexample example = proof.counterexample();
        json.writeArrayPropertyStart("removed");
        if (example != null) {
            example.removed().forEach(json::writeString);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("trace");
        if (example != null) {
            EventText words = new EventText(example.devices(), example.vcpus());
            write(new Step(0, "start", "", example.boot()), words, json);
            for (Step step : example.steps()) {
                write(step, words, json);
            }
        }
        json.writeEndArray();
    }

    private static void write(ProofBounds bounds, JsonGenerator json) {
        json.writeObjectPropertyStart("bounds");
        json.writeNumberProperty("interrupts", bounds.interrupts());
        json.writeNumberProperty("devices", bounds.devices());
        json.writeNumberProperty("vcpus", bounds.vcpus());
        NumberJson.nullable("throttleEois", bounds.throttleEois(), json);
        NumberJson.nullable("unscaledThrottleEois", bounds.unscaledThrottleEois(), json);
        json.writeNumberProperty("maxDepth", bounds.maxDepth());
        json.writeNumberProperty("maxStates", bounds.maxStates());
        json.writeStringProperty("mode", bounds.mode());
        json.writeStringProperty("search", bounds.search().name());
        json.writeEndObject();
    }

    private static void write(Step step, EventText words, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("choice", step.number());
        json.writeStringProperty("move", step.move());
        if (!step.remark().isEmpty()) {
            json.writeStringProperty("hazard", step.remark());
        }
        json.writeArrayPropertyStart("events");
        for (TraceEvent event : step.events()) {
            json.writeStartObject();
            json.writeNumberProperty("event", event.sequence());
            json.writeNumberProperty("cause", event.cause());
            json.writeStringProperty("who", event.actor().label());
            json.writeStringProperty("kind", event.kind().name());
            json.writeStringProperty("what", words.of(event.kind(), event.a(), event.b(), event.c()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
