// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.explore.Scaling;
import irqstorm.machine.Hazard;
import irqstorm.machine.MachineConfig;
import irqstorm.proof.Counterexample.Step;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Expectations;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.json.ScenarioDraft;
import irqstorm.trace.TraceEvent;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through what a trial found once more, and keeps what happens. */
final class Replay implements TraceSink {
    private final Trial trial;
    private final List<String> order;
    private final List<List<TraceEvent>> events = new ArrayList<>();
    private @Nullable RunRecord run;
    private String breach = "";

    private Replay(Trial trial) {
        this.trial = trial;
        MachineConfig machine = trial.scenario().machine();
        this.order =
                trial.found().path().stream().map(move -> move.label(machine)).toList();
    }

    /** The replay of what {@code trial} found. */
    static Replay of(Trial trial) {
        Replay replay = new Replay(trial);
        replay.go();
        return replay;
    }

    private void go() {
        Scenario scenario = trial.scenario();
        Scenario ordered = scenario.withMachine(Scaling.scaled(scenario.machine(), trial.bounds()))
                .withOrder(new Scenario.Order(scenario.name(), order));
        events.add(new ArrayList<>());
        try {
            run = ScenarioRunner.runInOrder(ordered, move -> events.add(new ArrayList<>()), this);
        } catch (IllegalStateException broken) {
            breach = String.valueOf(broken.getMessage());
        }
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        events.get(events.size() - 1).add(new TraceEvent(sequence, timeNanos, actor, kind, a, b, c, cause));
    }

    /** Why it ends with the violation, in a sentence. */
    String reason() {
        return switch (trial.found().violation()) {
            case INVARIANT -> "A rule of the model is broken: " + breach + ".";
            case WRONG_PIN_EOI, MASKED_DELIVERY, NO_REST ->
                trial.found().violation().meaning();
            default -> run == null ? breach : run.reason();
        };
    }

    /**
     * The counterexample.
     *
     * @param removed what the scenario does not need for it
     * @param file the scenario file that {@code run} goes through to it, or an empty string
     */
    Counterexample counterexample(List<String> removed, String file) {
        Scenario scenario = trial.scenario();
        List<Hazard> hazards = scenario.machine().hazards().steps();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            List<TraceEvent> those = i + 1 < events.size() ? events.get(i + 1) : List.of();
            steps.add(new Step(i + 1, order.get(i), HazardName.remark(hazards, order.get(i)), those));
        }
        return new Counterexample(scenario.deviceNames(), scenario.vcpus(), events.get(0), steps, removed, file);
    }

    /** A scenario file that goes through what was found; empty if a run cannot end with it. */
    String file(ScenarioDraft draft) {
        return run == null
                ? ""
                : draft.inOrder(
                        order,
                        trial.bounds().interrupts(),
                        trial.bounds().throttleEois(),
                        Expectations.of(run.verdict(), run.violation()),
                        description());
    }

    private String description() {
        String configuration = trial.scenario().configuration();
        return "A counterexample"
                + (configuration.isEmpty() ? "" : " under configuration " + configuration)
                + ", found by trying every order of events: " + trial.found().violation() + " after "
                + order.size() + " events. " + reason();
    }
}
