// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.engine.RunLimits;
import irqstorm.machine.TimedMachine;
import irqstorm.scenario.Scenario;
import irqstorm.trace.TraceEvent;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A machine goes on from a snapshot exactly as it went on before, in every bundled scenario, whether or not somebody listens. */
class SnapshotTest {
    private static final int[] STEPS_BEFORE = {0, 1, 17, 400, 3001};
    private static final int STEPS_AFTER = 2000;

    private final List<TraceEvent> events = new ArrayList<>();

    /** Where a machine is: the time, how many events there were, their fingerprint, and that of the state. */
    private record Position(long nanos, long events, long fingerprint, long state) {
        static Position of(TimedMachine timed) {
            return new Position(
                    timed.now(),
                    timed.machine().eventCount(),
                    timed.machine().fingerprint(),
                    timed.machine().stateFingerprint());
        }
    }

    @ParameterizedTest
    @MethodSource("irqstorm.run.BundledScenarios#thatStart")
    void runningOnFromASnapshotRepeatsEveryEvent(Scenario scenario) {
        for (int before : STEPS_BEFORE) {
            TimedMachine timed = machine(
                    scenario,
                    (sequence, time, actor, kind, a, b, c, cause) ->
                            events.add(new TraceEvent(sequence, time, actor, kind, a, b, c, cause)));
            timed.machine().start();
            step(timed, before);
            TimedMachine.Snapshot snapshot = timed.snapshot();

            events.clear();
            Position end = step(timed, STEPS_AFTER);
            List<TraceEvent> first = List.copyOf(events);
            timed.restore(snapshot);
            events.clear();

            assertThat(step(timed, STEPS_AFTER)).as("from step %d", before).isEqualTo(end);
            assertThat(events).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @MethodSource("irqstorm.run.BundledScenarios#thatStart")
    void withoutAListenerItComesToTheSamePlace(Scenario scenario) {
        for (int before : STEPS_BEFORE) {
            TimedMachine timed = machine(scenario);
            timed.machine().start();
            step(timed, before);
            TimedMachine.Snapshot snapshot = timed.snapshot();
            Position end = step(timed, STEPS_AFTER);
            timed.restore(snapshot);

            assertThat(step(timed, STEPS_AFTER)).as("from step %d", before).isEqualTo(end);

            TimedMachine listenedTo =
                    machine(scenario, (sequence, time, actor, kind, a, b, c, cause) -> events.clear());
            listenedTo.machine().start();
            assertThat(step(listenedTo, before + STEPS_AFTER)).isEqualTo(end);
        }
    }

    private static TimedMachine machine(Scenario scenario, TraceSink... sinks) {
        RunLimits limits = new RunLimits(
                scenario.durationNanos(),
                scenario.limits().maxEvents(),
                scenario.limits().maxPending());
        return new TimedMachine(scenario.machine(), limits, sinks);
    }

    private static Position step(TimedMachine timed, int steps) {
        boolean more = true;
        for (int i = 0; i < steps && more; i++) {
            more = timed.step();
        }
        return Position.of(timed);
    }
}
