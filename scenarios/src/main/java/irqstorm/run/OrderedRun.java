// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import irqstorm.machine.Machine;
import irqstorm.machine.UntimedMachine;
import irqstorm.scenario.Problem;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFormatException;
import irqstorm.state.ReversibleStore;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

/** A machine whose events happen in the order that a scenario writes down. */
final class OrderedRun {
    private final Scenario.Order order;
    private final UntimedMachine untimed;

    OrderedRun(Scenario scenario, TraceSink... sinks) {
        this.order = Objects.requireNonNull(scenario.order());
        this.untimed = new UntimedMachine(scenario.machine(), new ReversibleStore(), sinks);
    }

    Machine machine() {
        return untimed.machine();
    }

    long now() {
        return untimed.now();
    }

    boolean isQuiescent() {
        return untimed.isQuiescent();
    }

    boolean isAtRest() {
        return untimed.isAtRest();
    }

    /**
     * Starts the machine and goes through the order.
     *
     * @param before is told the place of each move before it happens
     */
    void run(IntConsumer before) {
        machine().start();
        for (int i = 0; i < order.moves().size(); i++) {
            int choice = choice(i);
            before.accept(i);
            untimed.take(choice);
        }
    }

    private int choice(int place) {
        String wanted = order.moves().get(place);
        List<String> possible = new ArrayList<>();
        for (int choice = untimed.nextChoice(0); choice >= 0; choice = untimed.nextChoice(choice + 1)) {
            String label = untimed.move(choice).label(untimed.config());
            if (label.equals(wanted)) {
                return choice;
            }
            possible.add('"' + label + '"');
        }
        throw new ScenarioFormatException(new Problem(
                order.source(),
                "$.order[" + place + "]",
                '"' + wanted + "\", which may not happen now",
                possible.isEmpty()
                        ? "no more events: nothing may happen now"
                        : "one of " + String.join(", ", possible)));
    }
}
