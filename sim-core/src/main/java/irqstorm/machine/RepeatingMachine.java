// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.StateStore;

/**
 * A machine that does again what it did before: an event that happens in a state in which it happened before leads to the same state,
 * with the same events recorded and scheduled, so its model need not be run. Durations are drawn, and clocks asked, as the model does.
 * A storm goes through a few dozen states over and over.
 *
 * <p>To learn what an event does takes longer than to do it. So that begins when some thousands of events have happened, and pauses,
 * each time for longer, where states hardly ever return.
 */
final class RepeatingMachine {
    /** After so many events it is worth to learn: most short runs are over before. */
    static final long FIRST_PAUSE_EVENTS = 1 << 14;

    /** So many events have to be repeated to be even with one that is learned, and so many with one that can't be. */
    private static final long COST_OF_LEARNING = 128;

    private static final long COST_OF_RUNNING = 16;

    /** So much may be spent in advance. */
    private static final long CREDIT = 1 << 15;

    private final Machine machine;
    private final StateStore store;
    private final TimedAgenda agenda;
    private final KnownTransitions known;

    /** The number of the state that the machine is in, or {@link KnownTransitions#NONE}: then it is in the machine's store. */
    private int state = KnownTransitions.NONE;

    private boolean suspended;
    private long pauseEvents;
    private long pausedUntil;
    private long repeatingSince;
    private long spent;

    /** As {@code machine}, which runs by {@code agenda}; the model is run for the first {@code pauseEvents} events. */
    RepeatingMachine(Machine machine, TimedAgenda agenda, long pauseEvents) {
        this.machine = machine;
        this.store = machine.stores().state();
        this.agenda = agenda;
        this.known = new KnownTransitions(machine, agenda);
        this.pauseEvents = pauseEvents;
        this.pausedUntil = pauseEvents;
    }

    /** One event happens. While this goes on, the machine's store may not have its state. */
    void apply(long timeNanos, long payload, long cause) {
        if (state == KnownTransitions.NONE) {
            machine.apply(timeNanos, payload, cause);
            if (agenda.eventsRun() >= pausedUntil) {
                repeatFromNowOn();
            }
            return;
        }
        int next = known.repeat(state, timeNanos, payload, cause);
        if (next == KnownTransitions.NONE) {
            applyUnknown(timeNanos, payload, cause);
        } else {
            state = next;
        }
    }

    private void repeatFromNowOn() {
        repeatingSince = agenda.eventsRun();
        spent = 0;
        state = known.stateOf(store);
    }

    private void applyUnknown(long timeNanos, long payload, long cause) {
        if (known.isFull() || spent > CREDIT + agenda.eventsRun() - repeatingSince) {
            pause();
            machine.apply(timeNanos, payload, cause);
            return;
        }
        if (!known.isTried(state, payload)) {
            spent += COST_OF_LEARNING;
            known.learn(state, payload);
            int next = known.repeat(state, timeNanos, payload, cause);
            if (next != KnownTransitions.NONE) {
                state = next;
                return;
            }
        }
        spent += COST_OF_RUNNING;
        known.restore(state, store);
        machine.apply(timeNanos, payload, cause);
        state = known.stateOf(store);
    }

    private void pause() {
        known.restore(state, store);
        state = KnownTransitions.NONE;
        if (known.isFull()) {
            known.clear();
        }
        pausedUntil = agenda.eventsRun() + pauseEvents;
        pauseEvents *= 2;
    }

    /** Puts the state into the machine's store, where it may be asked for and changed until {@link #resume}. */
    void suspend() {
        if (state != KnownTransitions.NONE) {
            known.restore(state, store);
            state = KnownTransitions.NONE;
            suspended = true;
        }
    }

    /** Goes on from the state in the machine's store. */
    void resume() {
        if (suspended) {
            suspended = false;
            if (known.isFull()) {
                known.clear();
            }
            state = known.stateOf(store);
        }
    }
}
