// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** The ways in which a run ends before its events do. */
class SimulationStopTest {
    private static final RunLimits LIMITS = new RunLimits(1_000, 5, 3);

    private final Simulation simulation = new Simulation(this::onEvent, LIMITS);
    private Runnable reaction = () -> {};

    private void onEvent(long timeNanos, long payload, long cause) {
        reaction.run();
    }

    private void tickEvery(long periodNanos) {
        reaction = () -> simulation.scheduleAfter(periodNanos, Priority.INPUT, 1);
        simulation.schedule(0, Priority.INPUT, 1);
    }

    @Test
    void theLastInstantIsRunAndNoLaterOne() {
        simulation.schedule(1_000, Priority.INPUT, 1);
        simulation.schedule(1_001, Priority.INPUT, 2);

        assertThat(simulation.runUntil(5_000)).isEqualTo(StopReason.TIME);
        assertThat(simulation.now()).isEqualTo(1_000);
        assertThat(simulation.eventsRun()).isEqualTo(1);
        assertThat(simulation.step()).isFalse();
        assertThat(simulation.run()).isEqualTo(StopReason.TIME);
        assertThat(simulation.now()).isEqualTo(1_000);
    }

    @Test
    void runGoesToTheLastInstantIfLaterEventsArePending() {
        simulation.schedule(10, Priority.INPUT, 1);
        simulation.schedule(2_000, Priority.INPUT, 2);

        assertThat(simulation.run()).isEqualTo(StopReason.TIME);
        assertThat(simulation.now()).isEqualTo(1_000);
    }

    @Test
    void aModelThatLoopsAtOneInstantEndsAtTheLimitOfEvents() {
        tickEvery(0);

        assertThat(simulation.runUntil(10)).isEqualTo(StopReason.EVENTS);
        assertThat(simulation.eventsRun()).isEqualTo(5);
        assertThat(simulation.now()).isZero();
        assertThat(simulation.run()).isEqualTo(StopReason.EVENTS);
        assertThat(simulation.step()).isFalse();
        assertThat(simulation.eventsRun()).isEqualTo(5);
    }

    @Test
    void theLimitOfEventsIsNoReasonIfNoEventIsDueAnyway() {
        tickEvery(10);

        assertThat(simulation.runUntil(49)).isEqualTo(StopReason.TIME);
        assertThat(simulation.eventsRun()).isEqualTo(5);
        assertThat(simulation.runUntil(50)).isEqualTo(StopReason.EVENTS);
        assertThat(simulation.now()).isEqualTo(49);
    }

    @Test
    void exactlyAsManyEventsAsAllowedDrainTheQueue() {
        reaction = () -> {
            if (simulation.eventsRun() < 5) {
                simulation.scheduleAfter(1, Priority.INPUT, 1);
            }
        };
        simulation.schedule(0, Priority.INPUT, 1);

        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
        assertThat(simulation.eventsRun()).isEqualTo(5);
    }

    @Test
    void aHandlerStopsTheRunAfterItsEvent() {
        reaction = simulation::requestStop;
        simulation.schedule(10, Priority.INPUT, 1);
        simulation.schedule(10, Priority.INPUT, 2);

        assertThat(simulation.runUntil(500)).isEqualTo(StopReason.STOPPED);
        assertThat(simulation.now()).isEqualTo(10);
        assertThat(simulation.eventsRun()).isEqualTo(1);

        reaction = () -> {};
        assertThat(simulation.runUntil(500)).isEqualTo(StopReason.DRAINED);
        assertThat(simulation.eventsRun()).isEqualTo(2);
    }

    @Test
    void aStopRequestedBetweenRunsHoldsForTheNextOne() {
        simulation.schedule(10, Priority.INPUT, 1);
        simulation.requestStop();

        assertThat(simulation.run()).isEqualTo(StopReason.STOPPED);
        assertThat(simulation.eventsRun()).isZero();
        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
    }

    @Test
    void aStopRequestedDuringAStepEndsWithTheStep() {
        reaction = simulation::requestStop;
        simulation.schedule(10, Priority.INPUT, 1);
        simulation.schedule(20, Priority.INPUT, 2);

        assertThat(simulation.step()).isTrue();
        assertThat(simulation.step()).isTrue();
        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
    }

    @Test
    void aModelThatFloodsTheQueueEndsTheRunAndTheEventIsReported() {
        reaction = () -> {
            for (int i = 1; i <= 4; i++) {
                simulation.scheduleAfter(i, Priority.TIMER, 100 + i, 7);
            }
        };
        simulation.schedule(10, Priority.INPUT, 1);
        assertThat(simulation.overflow()).isNull();

        assertThat(simulation.run()).isEqualTo(StopReason.PENDING);
        assertThat(simulation.now()).isEqualTo(10);
        assertThat(simulation.overflow()).isNotNull().satisfies(overflow -> {
            assertThat(overflow.maxPending()).isEqualTo(3);
            assertThat(overflow.timeNanos()).isEqualTo(14);
            assertThat(overflow.priority()).isEqualTo(Priority.TIMER);
            assertThat(overflow.payload()).isEqualTo(104);
            assertThat(overflow.cause()).isEqualTo(7);
        });
    }

    @Test
    void aFloodedSimulationDoesNotGoOn() {
        reaction = () -> {
            simulation.scheduleAfter(1, Priority.TIMER, 1);
            simulation.scheduleAfter(1, Priority.TIMER, 1);
        };
        simulation.schedule(0, Priority.INPUT, 1);

        assertThat(simulation.runUntil(100)).isEqualTo(StopReason.PENDING);
        long eventsRun = simulation.eventsRun();
        assertThat(simulation.runUntil(100)).isEqualTo(StopReason.PENDING);
        assertThat(simulation.run()).isEqualTo(StopReason.PENDING);
        assertThat(simulation.step()).isFalse();
        assertThat(simulation.eventsRun()).isEqualTo(eventsRun);
    }

    @Test
    void aHandlerThatSwallowsTheOverflowDoesNotHideIt() {
        reaction = () -> {
            for (int i = 0; i < 4; i++) {
                try {
                    simulation.scheduleAfter(1, Priority.TIMER, 1);
                } catch (PendingLimitExceeded exceeded) {
                    assertThat(exceeded).isSameAs(simulation.overflow());
                }
            }
        };
        simulation.schedule(0, Priority.INPUT, 1);

        assertThat(simulation.run()).isEqualTo(StopReason.PENDING);
        assertThat(simulation.eventsRun()).isEqualTo(1);
    }

    @Test
    void aFloodBeforeTheRunReachesWhoeverSchedules() {
        for (int i = 0; i < 3; i++) {
            simulation.schedule(i, Priority.INPUT, i);
        }

        assertThatExceptionOfType(PendingLimitExceeded.class)
                .isThrownBy(() -> simulation.schedule(3, Priority.INPUT, 3));
        assertThat(simulation.run()).isEqualTo(StopReason.PENDING);
        assertThat(simulation.eventsRun()).isZero();
    }

    @Test
    void theOverflowOfAnotherQueueIsAnErrorOfTheModel() {
        EventQueue other = new EventQueue(1);
        reaction = () -> other.schedule(1, Priority.INPUT, 1, 0);
        simulation.schedule(0, Priority.INPUT, 1);
        simulation.schedule(1, Priority.INPUT, 1);

        assertThatExceptionOfType(PendingLimitExceeded.class).isThrownBy(simulation::run);
        assertThat(simulation.overflow()).isNull();
    }

    @Test
    void aSnapshotFromBeforeTheFloodOrTheStopIsFreeOfIt() {
        simulation.schedule(1, Priority.INPUT, 1);
        Simulation.Snapshot before = simulation.snapshot();
        reaction = () -> {
            for (int i = 0; i < 4; i++) {
                simulation.scheduleAfter(1, Priority.TIMER, 1);
            }
        };
        simulation.requestStop();
        Simulation.Snapshot stopping = simulation.snapshot();
        simulation.run();
        simulation.run();
        Simulation.Snapshot flooded = simulation.snapshot();

        reaction = () -> {};
        simulation.restore(before);
        assertThat(simulation.run()).isEqualTo(StopReason.DRAINED);
        simulation.restore(stopping);
        assertThat(simulation.run()).isEqualTo(StopReason.STOPPED);
        simulation.restore(flooded);
        assertThat(simulation.run()).isEqualTo(StopReason.PENDING);
    }
}
