// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.SharedLine;
import irqstorm.state.StateStore;
import java.util.HashMap;
import java.util.Map;

/** Wires by interrupt number, and the inputs of targets they lead to. */
final class Wires {
    private final StateStore store;
    private final Map<Integer, SharedLine> lines = new HashMap<>();
    private final Map<String, Boolean> inputs = new HashMap<>();

    Wires(StateStore store) {
        this.store = store;
    }

    SharedLine line(int irq) {
        return lines.computeIfAbsent(irq, number -> new SharedLine(store));
    }

    void attach(int irq, String target, int pin) {
        line(irq).attach(high -> inputs.put(target + "/" + pin, high));
    }

    boolean isHigh(String target, int pin) {
        return inputs.getOrDefault(target + "/" + pin, false);
    }
}
