// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.VectorSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Puts saved values into a local APIC, as KVM_SET_LAPIC and unit tests do. */
final class LapicState {
    private static final Pattern WORD = Pattern.compile("(IRR|ISR|TMR)([0-7])");

    private LapicState() {}

    static void put(Bench bench, Cpu cpu, String register, JsonNode value) {
        Matcher word = WORD.matcher(register);
        if (word.matches()) {
            word(set(cpu, word.group(1)), Integer.parseInt(word.group(2)), Numbers.integer(value, bench.scope()));
            return;
        }
        switch (register) {
            case "IRR", "ISR", "TMR" -> vectors(set(cpu, register), bench, value);
            default -> cpu.apic().restore(RegisterNames.register(register), Numbers.integer(value, bench.scope()));
        }
    }

    private static VectorSet set(Cpu cpu, String name) {
        return switch (name) {
            case "IRR" -> cpu.apic().requested();
            case "ISR" -> cpu.apic().inService();
            default -> cpu.apic().triggerModes();
        };
    }

    /** One of the eight 32-bit registers. */
    private static void word(VectorSet set, int index, long bits) {
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            set.put(index * Integer.SIZE + bit, (bits >>> bit & 1) != 0);
        }
    }

    /** A list of the vectors that are set, or an object from vectors to bits. */
    private static void vectors(VectorSet set, Bench bench, JsonNode value) {
        if (value.isValueNode()) {
            set.add((int) Numbers.integer(value, bench.scope()));
        } else if (value.isArray()) {
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
