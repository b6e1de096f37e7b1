// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.engine.RunLimits;
import irqstorm.engine.SimTime;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done with a machine that repeats, it does what the model would have done: random machines run in random slices, single
 * steps between them, and go back to what they were, and each may go on from where the other one was.
 */
class RepeatedStormsTest {
    private static final long SEEDS = 200;
    private static final int MOVES = 24;
    private static final int MOST_EVENTS = 2_000;
    private static final long NEVER = Long.MAX_VALUE;

    /** A machine, and how its last move ended. */
    private static final class Moved {
        private final RecordedMachine recorded;
        private final TimedMachine timed;
        private String end = "";

        Moved(MachineConfig config, RunLimits limits, long modelEvents) {
            this.recorded = new RecordedMachine(config, limits, modelEvents);
            this.timed = recorded.timed();
        }

        /** Broken rules of the model, and times beyond the end of time, are ends as good as any. */
        void run(long untilNanos) {
            try {
                end = timed.runUntil(untilNanos).toString();
            } catch (IllegalStateException | ArithmeticException e) {
                end = e.toString();
            }
        }

        void step() {
            try {
                end = Boolean.toString(timed.step());
            } catch (IllegalStateException | ArithmeticException e) {
                end = e.toString();
            }
        }

        boolean isBroken() {
            return end.contains("Exception");
        }

        List<Object> look() {
            return List.of(recorded.look(), end);
        }
    }

    @Test
    void aMachineThatRepeatsCannotBeToldFromItsModel() {
        long repeated = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            repeated += repeatsAsItsModel(seed);
        }
        assertThat(repeated).isGreaterThan(SEEDS * 100);
    }

    /** Returns how many events were repeated. */
    private static long repeatsAsItsModel(long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        MachineConfig config = new StormyRandomMachine(seed).config();
        int pending = config.vcpus()
                + config.devices().size()
                + config.hazards().steps().size();
        RunLimits limits = new RunLimits(
                SimTime.LATEST / 2, MOST_EVENTS, random.nextInt(8) == 0 ? pending + random.nextInt(8) : 1_000);
        Moved model = new Moved(config, limits, NEVER);
        Moved repeating = new Moved(config, limits, random.nextBoolean() ? 1 : 1 + random.nextInt(500));
        if (!model.timed.machine().enableCap().isOk()) {
            return 0;
        }
        model.timed.machine().start();
        repeating.timed.machine().start();
        TimedMachine.Snapshot early = model.timed.snapshot();
        for (int move = 0; move < MOVES && !model.isBroken(); move++) {
            switch (random.nextInt(12)) {
                case 0, 1 -> {
                    model.step();
                    repeating.step();
                }
                case 2 -> early = (random.nextBoolean() ? model : repeating).timed.snapshot();
                case 3 -> {
                    model.timed.restore(early);
                    repeating.timed.restore(early);
                }
                case 4 -> {
                    if (move > MOVES / 2) {
                        model.timed.machine().silenceDevices();
                        repeating.timed.machine().silenceDevices();
                    }
                }
                default -> {
                    long until = model.timed.now()
                            + random.nextLong(1L << 10 + random.nextInt(random.nextInt(12) == 0 ? 44 : 10));
                    model.run(until);
                    repeating.run(until);
                }
            }
            assertThat(repeating.look()).as("seed %d, move %d", seed, move).isEqualTo(model.look());
        }
        return repeating.timed.eventsRun() - repeating.timed.modelEventsRun();
    }
}
