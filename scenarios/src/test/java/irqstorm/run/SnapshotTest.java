// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.engine.RunLimits;
import irqstorm.machine.TimedMachine;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A machine goes on from a snapshot exactly as it went on before. */
class SnapshotTest {
    private static final int BEFORE = 1_000;
    private static final int AFTER = 2_000;

    static Stream<Scenario> everyConfigurationThatRuns() {
        return ScenarioLibrary.names().stream()
                .flatMap(name -> ScenarioLibrary.open(name).all().stream())
                .filter(scenario -> new TimedMachine(scenario.machine(), new RunLimits(1, 1, 1))
                        .machine()
                        .enableCap()
                        .isOk());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyConfigurationThatRuns")
    void runningOnFromASnapshotRepeatsEveryEvent(Scenario scenario) {
        List<TraceEvent> events = new ArrayList<>();
        TimedMachine timed = new TimedMachine(
                scenario.machine(),
                new RunLimits(scenario.durationNanos(), 1_000_000, 100_000),
                (sequence, time, actor, kind, a, b, c, cause) ->
                        events.add(new TraceEvent(sequence, time, actor, kind, a, b, c, cause)));
        timed.machine().start();
        step(timed, BEFORE);
        TimedMachine.Snapshot snapshot = timed.snapshot();

        events.clear();
        step(timed, AFTER);
        List<TraceEvent> first = List.copyOf(events);
        long fingerprint = timed.machine().fingerprint();
        long state = timed.machine().stateFingerprint();
        long now = timed.now();

        timed.restore(snapshot);
        events.clear();
        step(timed, AFTER);

        assertThat(events).isEqualTo(first);
        assertThat(timed.machine().fingerprint()).isEqualTo(fingerprint);
        assertThat(timed.machine().stateFingerprint()).isEqualTo(state);
        assertThat(timed.now()).isEqualTo(now);
    }

    private static void step(TimedMachine timed, int events) {
        for (int i = 0; i < events && timed.step(); i++) {
            assertThat(timed.now()).isNotNegative();
        }
    }
}
