// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.VectorSet;
import tools.jackson.databind.JsonNode;

/** Puts saved values into a local APIC, as KVM_SET_LAPIC and unit tests do. */
final class LapicState {
    private LapicState() {}

    static void put(Bench bench, Cpu cpu, String register, JsonNode value) {
        switch (register) {
            case "IRR" -> vectors(cpu.apic().requested(), bench, value);
            case "ISR" -> vectors(cpu.apic().inService(), bench, value);
            case "TMR" -> vectors(cpu.apic().triggerModes(), bench, value);
            default -> cpu.apic().restore(RegisterNames.register(register), Numbers.integer(value, bench.scope()));
        }
    }

    /** A list of the vectors that are set, or an object from vectors to bits. */
    private static void vectors(VectorSet set, Bench bench, JsonNode value) {
        if (value.isArray()) {
            set.clear();
            value.values().forEach(vector -> set.add((int) Numbers.integer(vector, bench.scope())));
        } else {
            value.properties()
                    .forEach(bit -> set.put(
                            (int) Numbers.integer(Json.text(bit.getKey()), bench.scope()),
                            Numbers.integer(bit.getValue(), bench.scope()) != 0));
        }
    }
}
