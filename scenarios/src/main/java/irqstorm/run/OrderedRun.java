// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import irqstorm.check.SafetyMonitor;
import irqstorm.check.Violation;
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
import org.jspecify.annotations.Nullable;

/** A machine whose events happen in the order that a scenario writes down. */
final class OrderedRun {
    private final Scenario.Order order;
    private final SafetyMonitor monitor;
    private final UntimedMachine untimed;

    OrderedRun(Scenario scenario, TraceSink... sinks) {
        this.order = Objects.requireNonNull(scenario.order());
        this.monitor = new SafetyMonitor(scenario.machine(), new ReversibleStore(), false, sinks);
        this.untimed = monitor.machine();
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

    /** What is wrong at the end that no verdict says, or null. */
    @Nullable
    Violation violationBesidesVerdict() {
        Violation violation = monitor.violation();
        return violation != null && Violation.BESIDES_VERDICTS.contains(violation) ? violation : null;
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
            monitor.take(choice);
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
