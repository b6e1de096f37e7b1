// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import irqstorm.machine.Machine;
import irqstorm.machine.UntimedMachine;
import irqstorm.scenario.Problem;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFormatException;
import irqstorm.state.ReversibleStore;
import irqstorm.trace.TraceSink;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

/** A machine whose events happen in the order that a scenario writes down. */
final class OrderedRun {
    private final Scenario.Order order;
    private final UntimedMachine untimed;

    OrderedRun(Scenario scenario, TraceSink... sinks) {
        this.order = Objects.requireNonNull(scenario.order());
        this.untimed = new UntimedMachine(scenario.machine(), new ReversibleStore(), false, sinks);
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
            String move = order.moves().get(i);
            int choice = untimed.choice(move);
            if (choice == UntimedMachine.NONE) {
                throw refused(i, move, "which may not happen now", possible());
            }
            before.accept(i);
            untimed.take(choice);
            if (!untimed.hadOutcome()) {
                throw refused(i, move, "which has not so many outcomes", "an outcome that there is");
            }
        }
    }

    private String possible() {
        List<String> labels = untimed.moves().stream()
                .map(move -> '"' + move.label(untimed.config()) + '"')
                .toList();
        return labels.isEmpty() ? "no more events: nothing may happen now" : "one of " + String.join(", ", labels);
    }

    private ScenarioFormatException refused(int place, String move, String why, String expected) {
        return new ScenarioFormatException(
                new Problem(order.source(), "$.order[" + place + "]", '"' + move + "\", " + why, expected));
    }
}
