// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.machine.KnownState.Way;
import irqstorm.machine.TimedStep.Schedule;
import irqstorm.state.StateStore;
import org.jspecify.annotations.Nullable;

/**
 * A machine that does again what it did before: an event that happens in a state in which it happened before leads to the same state,
 * with the same events recorded and scheduled, so its model need not be run. Durations are drawn, and clocks asked, as the model does.
 * A storm goes through a few states over and over.
 *
 * <p>To find out what an event does takes longer than to do it. So that begins when some thousands of events have happened, and pauses,
 * each time for longer, where states hardly ever return.
 */
final class RepeatingMachine {
    /** After so many events it is worth to find out: most short runs are over before. */
    static final long FIRST_PAUSE_EVENTS = 1 << 12;

    /** So many events have to be repeated to be even with one that was explored, and so many with one for which the model is run. */
    private static final long COST_OF_EXPLORING = 128;

    private static final long COST_OF_RUNNING = 16;

    /** So much may be spent in advance. */
    private static final long CREDIT = 1 << 13;

    private final Machine machine;
    private final StateStore store;
    private final TimedAgenda agenda;
    private final Clockwork clock;
    private final KnownStates states;

    /** The state that the machine is in; null if it is in the machine's store only. */
    private @Nullable KnownState state;

    private boolean mayRepeat;
    private boolean wasRepeating;
    private long pauseEvents;
    private long pausedUntil;
    private long repeatingSince;
    private long spent;
    private long modelEvents;

    /** As {@code machine}, which runs by {@code agenda}; the model is run for the first {@code pauseEvents} events. */
    RepeatingMachine(Machine machine, TimedAgenda agenda, long pauseEvents) {
        this.machine = machine;
        this.store = machine.stores().state();
        this.agenda = agenda;
        this.clock = new Clockwork(agenda, store, machine.stores().times());
        this.states = new KnownStates(machine);
        this.pauseEvents = pauseEvents;
        this.pausedUntil = pauseEvents;
    }

    /** One event happens, and those after it that time moves on to at once. Meanwhile the machine's store may be out of date. */
    void apply(long timeNanos, long payload, long cause) {
        KnownState from = state;
        if (from == null) {
            runModel(timeNanos, payload, cause);
            if (mayRepeat && agenda.eventsRun() >= pausedUntil) {
                repeatFromNowOn();
            }
            return;
        }
        long event = payload;
        long eventCause = cause;
        Schedule next;
        do {
            Transition transition = transition(from, event);
            if (transition == null) {
                leave(from, event, eventCause);
                return;
            }
            next = transition.happen(machine.log(), clock, eventCause);
            from = transition.target();
            state = from;
            if (next != null) {
                event = next.payload();
                eventCause = next.cause(clock);
            }
        } while (next != null);
    }

    /** What {@code payload} does in {@code from}, or null if the model has to say. */
    private @Nullable Transition transition(KnownState from, long payload) {
        Way way = from.way(payload);
        if (way == null && !isTooExpensive()) {
            spent += COST_OF_EXPLORING;
            way = states.explore(from, payload);
        }
        Transition transition = way == null ? null : way.transition();
        return transition != null && transition.isPossible(clock) ? transition : null;
    }

    private boolean isTooExpensive() {
        return states.isFull() || spent > CREDIT + agenda.eventsRun() - repeatingSince;
    }

    /** The model runs {@code payload} in {@code from}. If that happens too often, it also runs what comes after it. */
    private void leave(KnownState from, long payload, long cause) {
        from.write(store);
        state = null;
        runModel(agenda.now(), payload, cause);
        spent += COST_OF_RUNNING;
        if (isTooExpensive()) {
            pausedUntil = agenda.eventsRun() + pauseEvents;
            pauseEvents *= 2;
            if (states.isFull()) {
                states.clear();
            }
        } else {
            state = states.of(store);
        }
    }

    private void runModel(long timeNanos, long payload, long cause) {
        modelEvents++;
        machine.apply(timeNanos, payload, cause);
    }

    /** For how many events the model was run. */
    long modelEvents() {
        return modelEvents;
    }

    private void repeatFromNowOn() {
        repeatingSince = agenda.eventsRun();
        spent = 0;
        state = states.of(store);
    }

    /** From now on what happened before is repeated, where that is worth it; the state may be anywhere until {@link #suspend}. */
    void resume() {
        mayRepeat = true;
        if (wasRepeating) {
            state = states.of(store);
        }
    }

    /** The state is in the machine's store, where it may be asked for and changed until {@link #resume}, and the model is run. */
    void suspend() {
        mayRepeat = false;
        wasRepeating = state != null;
        if (state != null) {
            state.write(store);
            state = null;
        }
    }
}
