// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.engine.RunLimits;
import irqstorm.machine.TimedMachine;
import irqstorm.scenario.Scenario;
import irqstorm.trace.TraceSink;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In every bundled scenario, what is repeated is what the model would have done. */
class RepeatedRunsTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long MOST_NANOS = 200_000_000;

    /** What can be asked of a machine after a run; the trace is told as it happens, causes included. */
    private record Outcome(long nanos, long events, long fingerprint, long state, long l1, long l2, long trace) {
        static Outcome of(Scenario scenario, long modelEvents) {
            long[] trace = {0};
            TimedMachine timed = machine(
                    scenario,
                    modelEvents,
                    (sequence, time, actor, kind, a, b, c, cause) -> trace[0] = 31 * trace[0] + 7 * cause + sequence);
            timed.machine().start();
            timed.runUntil(Math.min(MOST_NANOS, scenario.durationNanos()));
            timed.machine().silenceDevices();
            timed.run();
            return new Outcome(
                    timed.now(),
                    timed.machine().eventCount(),
                    timed.machine().fingerprint(),
                    timed.machine().stateFingerprint(),
                    timed.machine().guestNanos(1),
                    timed.machine().guestNanos(2),
                    trace[0]);
        }
    }

    private static TimedMachine machine(Scenario scenario, long modelEvents, TraceSink... sinks) {
        RunLimits limits = new RunLimits(
                Math.min(MOST_NANOS, scenario.durationNanos()) + scenario.settleNanos(),
                scenario.limits().maxEvents(),
                scenario.limits().maxPending());
        return new TimedMachine(scenario.machine(), limits, modelEvents, sinks);
    }

    @ParameterizedTest
    @MethodSource("irqstorm.run.BundledScenarios#thatStart")
    void aRunThatRepeatsIsTheRunOfTheModel(Scenario scenario) {
        Outcome model = Outcome.of(scenario, NEVER);

        assertThat(Outcome.of(scenario, 1)).isEqualTo(model);
        assertThat(Outcome.of(scenario, 300)).isEqualTo(model);
    }
}
