// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.engine.RunLimits;
import irqstorm.engine.StopReason;
import irqstorm.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine that repeats what it did, and one that runs its model for every event, can't be told from each other. */
class RepeatingMachineTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long SLICE_NANOS = 3_000_000;

    /** A machine, and what it has recorded. */
    private static final class Recorded {
        private final List<TraceEvent> events = new ArrayList<>();
        private final TimedMachine timed;

        Recorded(MachineConfig config, RunLimits limits, long modelEvents) {
            this.timed = new TimedMachine(
                    config,
                    limits,
                    modelEvents,
                    (sequence, time, actor, kind, a, b, c, cause) ->
                            events.add(new TraceEvent(sequence, time, actor, kind, a, b, c, cause)));
            timed.machine().start();
        }

        /** All that can be asked of it besides its events. */
        List<Object> position() {
            Machine machine = timed.machine();
            return List.of(
                    timed.now(),
                    timed.eventsRun(),
                    machine.eventCount(),
                    machine.fingerprint(),
                    machine.stateFingerprint(),
                    machine.guestNanos(1),
                    machine.guestNanos(2),
                    machine.isDestroyed(),
                    Objects.toString(machine.stoppedAt()));
        }
    }

    /** Runs a machine both ways. Returns how many events were repeated. */
    private static long assertRepeats(MachineConfig config, RunLimits limits, long modelEvents) {
        Recorded model = new Recorded(config, limits, NEVER);
        Recorded repeating = new Recorded(config, limits, modelEvents);
        StopReason stop = StopReason.TIME;
        for (int slice = 1; stop == StopReason.TIME && slice <= 20; slice++) {
            stop = model.timed.runUntil(slice * SLICE_NANOS);
            assertThat(repeating.timed.runUntil(slice * SLICE_NANOS)).isEqualTo(stop);
            assertSame(repeating, model);
        }
        model.timed.machine().silenceDevices();
        repeating.timed.machine().silenceDevices();
        assertThat(repeating.timed.run()).isEqualTo(model.timed.run());
        assertSame(repeating, model);
        assertThat(model.timed.modelEventsRun()).isEqualTo(model.timed.eventsRun());
        return repeating.timed.eventsRun() - repeating.timed.modelEventsRun();
    }

    /** Both have done the same since they were compared last. */
    private static void assertSame(Recorded repeating, Recorded model) {
        assertThat(repeating.events).isEqualTo(model.events);
        assertThat(repeating.position()).isEqualTo(model.position());
        repeating.events.clear();
        model.events.clear();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100})
    void randomMachinesDoTheSame(long modelEvents) {
        long repeated = 0;
        for (long seed = 0; seed < 600; seed++) {
            RandomMachine random = new RandomMachine(seed);
            repeated += assertRepeats(random.config(), new RunLimits(100_000_000, 20_000, 1_000), modelEvents);
        }
        assertThat(repeated).isGreaterThan(50_000);
    }

    @Test
    void smallRandomMachinesWithHazardsDoTheSame() {
        for (long seed = 0; seed < 400; seed++) {
            assertRepeats(new SmallRandomMachine(seed).config(), new RunLimits(200_000_000, 20_000, 1_000), 1);
        }
    }

    /** Where the run ends in the middle of what would have been repeated, it ends as the model's does. */
    @Test
    void limitsEndBothAtTheSameEvent() {
        for (long seed = 0; seed < 150; seed++) {
            MachineConfig config = new RandomMachine(seed).config();
            int atStart = config.vcpus()
                    + config.devices().size()
                    + config.hazards().steps().size();
            for (int more = 0; more < 4; more++) {
                assertRepeats(config, new RunLimits(100_000_000, 700 + seed, atStart + more), 1);
            }
        }
    }
}
