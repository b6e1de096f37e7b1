// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final RunLimits LIMITS = new RunLimits(1_000, 100, 10);

    private final List<String> log = new ArrayList<>();
    private final Simulation simulation = new Simulation(this::onEvent, LIMITS);
    private Runnable reaction = () -> {};

    private void onEvent(long timeNanos, long payload, long cause) {
        log.add(timeNanos + ":" + payload + "<" + cause);
        assertThat(simulation.now()).isEqualTo(timeNanos);
        reaction.run();
    }

    @Test
    void runsEventsInOrderWithTheirPayloadAndCause() {
        simulation.schedule(20, Priority.INPUT, 2, 77);
        simulation.schedule(10, Priority.TIMER, 1);

        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
        assertThat(log).containsExactly("10:1<0", "20:2<77");
        assertThat(simulation.eventsRun()).isEqualTo(2);
    }

    @Test
    void aHandlerSchedulesRelativeToTheEventBeingRun() {
        reaction = () -> {
            reaction = () -> {};
            simulation.scheduleAfter(5, Priority.INPUT, 2);
            simulation.scheduleAfter(0, Priority.INPUT, 3, 30);
        };
        simulation.schedule(10, Priority.OBSERVATION, 1);

        simulation.run();

        assertThat(log).containsExactly("10:1<0", "10:3<30", "15:2<0");
    }

    @Test
    void runUntilIncludesItsInstantAndLeavesTheClockThere() {
        simulation.schedule(10, Priority.INPUT, 1);
        simulation.schedule(11, Priority.INPUT, 2);

        assertThat(simulation.runUntil(10)).isEqualTo(StopReason.TIME);
        assertThat(log).containsExactly("10:1<0");
        assertThat(simulation.now()).isEqualTo(10);
        assertThat(simulation.runUntil(10)).isEqualTo(StopReason.TIME);
        assertThat(simulation.runUntil(50)).isEqualTo(StopReason.DRAINED);
        assertThat(simulation.now()).isEqualTo(50);
        assertThat(log).hasSize(2);
    }

    @Test
    void runUntilPassesTimeInWhichNothingHappens() {
        simulation.schedule(100, Priority.INPUT, 1);

        assertThat(simulation.runUntil(60)).isEqualTo(StopReason.TIME);
        assertThat(simulation.now()).isEqualTo(60);
        simulation.scheduleAfter(1, Priority.INPUT, 2);
        simulation.run();
        assertThat(log).containsExactly("61:2<0", "100:1<0");
    }

    @Test
    void runLeavesTheClockAtTheLastEvent() {
        simulation.schedule(30, Priority.INPUT, 1);

        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
        assertThat(simulation.now()).isEqualTo(30);
    }

    @Test
    void stepRunsOneEvent() {
        simulation.schedule(10, Priority.INPUT, 1);
        simulation.schedule(10, Priority.INPUT, 2);

        assertThat(simulation.step()).isTrue();
        assertThat(log).containsExactly("10:1<0");
        assertThat(simulation.step()).isTrue();
        assertThat(simulation.step()).isFalse();
        assertThat(simulation.now()).isEqualTo(10);
        assertThat(simulation.eventsRun()).isEqualTo(2);
    }

    @Test
    void oneCanLookAtWhatIsToCome() {
        assertThat(simulation.peekTimeNanos()).isEqualTo(SimTime.NEVER);
        simulation.schedule(30, Priority.INPUT, 1);
        simulation.schedule(20, Priority.INPUT, 1);

        assertThat(simulation.peekTimeNanos()).isEqualTo(20);
        assertThat(simulation.pending()).isEqualTo(2);
    }

    @Test
    void aCancelledEventIsNotRun() {
        long handle = simulation.schedule(10, Priority.INPUT, 1);

        assertThat(simulation.cancel(handle)).isTrue();
        assertThat(simulation.cancel(handle)).isFalse();
        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
        assertThat(log).isEmpty();
    }

    @Test
    void aHandleTellsTheTimeRemaining() {
        long handle = simulation.schedule(100, Priority.INPUT, 1);
        assertThat(simulation.remainingNanos(handle)).isEqualTo(100);
        simulation.runUntil(70);
        assertThat(simulation.remainingNanos(handle)).isEqualTo(30);
        simulation.runUntil(100);
        assertThat(simulation.remainingNanos(handle)).isEqualTo(SimTime.NEVER);
    }

    @Test
    void thePastCannotBeChanged() {
        simulation.runUntil(100);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.schedule(99, Priority.INPUT, 1))
                .withMessage("cannot schedule an event for 99 ns: it is 100 ns already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.runUntil(99))
                .withMessage("cannot run until 99 ns: it is 100 ns already");
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.scheduleAfter(-1, Priority.INPUT, 1));
        simulation.schedule(100, Priority.INPUT, 1);
        assertThat(simulation.runUntil(100)).isEqualTo(StopReason.DRAINED);
        assertThat(log).containsExactly("100:1<0");
    }

    @Test
    void aDelayBeyondTheEndOfTimeIsRefused() {
        simulation.runUntil(1);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> simulation.scheduleAfter(SimTime.LATEST, Priority.INPUT, 1));
    }

    @Test
    void aHandlerCannotRunOrRestoreTheSimulationThatRunsIt() {
        Simulation.Snapshot snapshot = simulation.snapshot();
        reaction = () -> {
            assertThatIllegalStateException().isThrownBy(simulation::step);
            assertThatIllegalStateException().isThrownBy(simulation::run);
            assertThatIllegalStateException().isThrownBy(() -> simulation.runUntil(500));
            assertThatIllegalStateException().isThrownBy(() -> simulation.restore(snapshot));
        };
        simulation.schedule(10, Priority.INPUT, 1);

        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
    }

    @Test
    void anExceptionOfTheHandlerReachesTheCallerAndTheSimulationCanGoOn() {
        reaction = () -> {
            reaction = () -> {};
            throw new IllegalStateException("broken model");
        };
        simulation.schedule(10, Priority.INPUT, 1);
        simulation.schedule(20, Priority.INPUT, 2);

        assertThatIllegalStateException().isThrownBy(simulation::run).withMessage("broken model");
        assertThat(simulation.now()).isEqualTo(10);
        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
        assertThat(log).hasSize(2);
    }

    @Test
    void aSnapshotBringsBackClockAndEvents() {
        long handle = simulation.schedule(30, Priority.INPUT, 3);
        simulation.schedule(10, Priority.INPUT, 1);
        simulation.runUntil(20);
        Simulation.Snapshot snapshot = simulation.snapshot();
        simulation.run();

        simulation.restore(snapshot);

        assertThat(simulation.now()).isEqualTo(20);
        assertThat(simulation.eventsRun()).isEqualTo(1);
        assertThat(simulation.remainingNanos(handle)).isEqualTo(10);
        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
        assertThat(log).containsExactly("10:1<0", "30:3<0", "30:3<0");
    }

    @Test
    void theFingerprintComesBackWithTheSituation() {
        reaction = () -> simulation.scheduleAfter(100, Priority.INPUT, 1);
        simulation.schedule(50, Priority.INPUT, 1);
        simulation.runUntil(60);
        long once = simulation.fingerprint(1);
        simulation.runUntil(160);
        long again = simulation.fingerprint(1);
        simulation.runUntil(161);

        assertThat(again).isEqualTo(once);
        assertThat(simulation.fingerprint(1)).isNotEqualTo(once);
        assertThat(simulation.pending()).isEqualTo(1);
    }

    @Test
    void timeMovesOnToAnEventThatWouldBeTheNextOne() {
        List<Boolean> advanced = new ArrayList<>();
        reaction = () -> {
            reaction = () -> {};
            advanced.add(simulation.advanceBy(5));
            advanced.add(simulation.advanceBy(4));
            assertThat(simulation.now()).isEqualTo(19);
            advanced.add(simulation.advanceBy(1));
            assertThat(simulation.now()).as("something is pending for then").isEqualTo(19);
        };
        simulation.schedule(10, Priority.INPUT, 1);
        simulation.schedule(20, Priority.TIMER, 2);

        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
        assertThat(advanced).containsExactly(true, true, false);
        assertThat(log).containsExactly("10:1<0", "20:2<0");
        assertThat(simulation.eventsRun()).isEqualTo(4);
    }

    @Test
    void timeDoesNotMoveOnBeyondTheEndOfTheRun() {
        List<Boolean> advanced = new ArrayList<>();
        reaction = () -> {
            advanced.add(simulation.advanceBy(6));
            advanced.add(simulation.advanceBy(5));
        };
        simulation.schedule(10, Priority.INPUT, 1);

        assertThat(simulation.runUntil(15)).isEqualTo(StopReason.DRAINED);
        assertThat(advanced).containsExactly(false, true);
    }

    @Test
    void timeDoesNotMoveOnToMoreEventsThanTheRunMayHave() {
        List<Boolean> advanced = new ArrayList<>();
        reaction = () -> advanced.add(simulation.advanceBy(1));
        simulation.schedule(10, Priority.INPUT, 1);
        simulation.schedule(50, Priority.INPUT, 2);

        assertThat(simulation.step()).isTrue();
        assertThat(advanced).containsExactly(false);

        Simulation[] shortRun = new Simulation[1];
        shortRun[0] = new Simulation(
                (time, payload, cause) -> {
                    while (shortRun[0].advanceBy(1)) {
                        log.add("moved on");
                    }
                },
                new RunLimits(1_000, 3, 10));
        shortRun[0].schedule(10, Priority.INPUT, 1);
        shortRun[0].run();
        assertThat(shortRun[0].eventsRun()).isEqualTo(3);
    }

    @Test
    void timeDoesNotMoveOnWhereTheRunIsToStopOrNoEventWouldHaveRoom() {
        List<Boolean> advanced = new ArrayList<>();
        reaction = () -> {
            reaction = () -> {
                simulation.requestStop();
                advanced.add(simulation.advanceBy(1));
            };
            for (int i = 0; i < LIMITS.maxPending(); i++) {
                simulation.schedule(500, Priority.INPUT, 2);
                advanced.add(simulation.advanceBy(1));
            }
            assertThat(simulation.room()).isZero();
        };
        simulation.schedule(10, Priority.INPUT, 1);
        assertThat(simulation.room()).isEqualTo(9);

        assertThat(simulation.run()).isEqualTo(StopReason.STOPPED);
        assertThat(advanced).containsExactly(true, true, true, true, true, true, true, true, true, false, false);
    }

    @Test
    void onlyTheEventBeingRunMovesTimeOnAndOnlyForward() {
        assertThatIllegalStateException().isThrownBy(() -> simulation.advanceBy(1));
        reaction = () -> assertThatIllegalArgumentException().isThrownBy(() -> simulation.advanceBy(-1));
        simulation.schedule(10, Priority.INPUT, 1);

        simulation.run();

        assertThat(simulation.now()).isEqualTo(10);
    }
}
