// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.TriggerMode;
import irqstorm.kvm.IrqchipMode;
import tools.jackson.databind.JsonNode;

/** The routes, redirection entries and lines that a case's preconditions describe. */
final class WiringPreconditions {
    private static final int FIRST_SYMBOLIC_PIN = 20;

    private final Bench bench;
    private final Setup setup;
    private final JsonNode json;

    WiringPreconditions(Bench bench, Setup setup) {
        this.bench = bench;
        this.setup = setup;
        this.json = setup.preconditions();
    }

    void apply() {
        routes();
        entries();
        entryStates();
        lines();
    }

    private void routes() {
        for (JsonNode route : json.path("gsi_routing").values()) {
            String type = route.path("type").asString("msi");
            if (type.equals("irqchip") || type.equals("ioapic")) {
                bench.pinRoutes()
                        .put(route.path("gsi").asInt(), route.path("pin").asInt());
                continue;
            }
            if (!type.equals("msi")) {
                throw new Unsupported("GSI route of type " + type);
            }
            long message = InterruptMessage.ofMsi(Numbers.integer(route.path("address"), bench.scope()), (int)
                    Numbers.integer(route.path("data"), bench.scope()));
            int gsi = route.path("gsi").asInt();
            bench.msiRoutes().put(gsi, message);
            if (setup.irqchip() == IrqchipMode.SPLIT) {
                bench.kvm().setRoute(gsi, message);
            }
        }
    }

    private void entries() {
        int symbolic = FIRST_SYMBOLIC_PIN;
        for (JsonNode entry : json.path("rte").values()) {
            JsonNode pin = entry.path("pin");
            if (entry.has("format")) {
                throw new Unsupported("a redirection entry in remappable format");
            }
            if (pin.isString() && !pin.stringValue().matches("0x.*")) {
                bench.scope().set(pin.stringValue(), symbolic);
                bench.window().writeEntry(symbolic++, entry(entry, bench.scope()));
            } else {
                bench.window().writeEntry((int) Numbers.integer(pin, bench.scope()), entry(entry, bench.scope()));
            }
        }
    }

    private static long entry(JsonNode fields, Scope scope) {
        long entry = RedirectionEntry.of(0, DeliveryMode.FIXED, false, TriggerMode.EDGE, false, 0);
        for (String name : fields.propertyNames()) {
            if (!name.equals("pin")) {
                entry = Fields.with(entry, name, fields.path(name), scope);
            }
        }
        return entry;
    }

    /**
     * Bits of entries that software cannot write: a list of pins with fields, or an object from pins to fields. Each entry is written
     * first, so that the VMM's routes know it.
     */
    private void entryStates() {
        JsonNode states = json.path("rte_state");
        if (states.isArray()) {
            states.values().forEach(state -> {
                if (state.has("field")) {
                    entryState(
                            state.path("pin"),
                            Json.object().set(state.path("field").asString(""), state.path("value")));
                } else {
                    entryState(state.path("pin"), state);
                }
            });
        } else if (states.has("pin")) {
            entryState(states.path("pin"), states);
        } else {
            states.properties().forEach(state -> entryState(Json.text(state.getKey()), state.getValue()));
        }
    }

    private void entryState(JsonNode pin, JsonNode fields) {
        restoreEntry(bench, pin, fields);
    }

    static void restoreEntry(Bench bench, JsonNode pin, JsonNode fields) {
        int number = (int) Numbers.integer(pin, bench.scope());
        long entry = bench.ioApic().entry(number);
        for (String name : fields.propertyNames()) {
            if (Fields.NAMES.contains(name)) {
                entry = Fields.with(entry, name, fields.path(name), bench.scope());
            }
        }
        bench.window().writeEntry(number, entry);
        bench.ioApic().restore(bench.ioApic().save().withEntry(number, entry));
    }

    private void lines() {
        json.path("lines")
                .properties()
                .forEach(line -> bench.setGsi(
                        (int) Numbers.integer(Json.text(line.getKey()), bench.scope()),
                        Numbers.integer(line.getValue(), bench.scope()) != 0));
    }
}
