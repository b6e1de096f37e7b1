// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.check.SafetyMonitor;
import irqstorm.check.Violation;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Move;
import irqstorm.machine.UntimedMachine;
import irqstorm.state.ReversibleStore;
import irqstorm.state.TransitionCache;
import irqstorm.trace.TraceSink;
import org.jspecify.annotations.Nullable;

/** A machine, its monitor and their state: what an exploration moves from state to state. */
final class ExploredMachine {
    private final ReversibleStore store = new ReversibleStore();
    private final SafetyMonitor monitor;
    private final UntimedMachine machine;
    private final TransitionCache known = new TransitionCache(store);
    private int effect;
    private int nextOutcome;

    /** A machine that has started. */
    ExploredMachine(MachineConfig config, Bounds bounds, TraceSink... sinks) {
        monitor = new SafetyMonitor(config, store, bounds.clocks() == Bounds.Clocks.BOUNDED, sinks);
        machine = monitor.machine();
        machine.machine().start();
        store.begin();
    }

    ReversibleStore store() {
        return store;
    }

    UntimedMachine machine() {
        return machine;
    }

    /**
     * The event at place {@code choice} happens.
     *
     * @return whether it could: if not, a rule of the model is broken
     */
    boolean take(int choice) {
        try {
            monitor.take(choice);
            return true;
        } catch (IllegalStateException broken) {
            return false;
        }
    }

    /**
     * Finds out what {@code choice} leads to; the machine stays where it is.
     *
     * @return whether it can be taken: if not, a rule of the model is broken
     */
    boolean lookAt(int choice) {
        effect = known.find(choice);
        if (effect == TransitionCache.UNKNOWN) {
            return tryOut(choice);
        }
        nextOutcome = known.note(effect);
        return true;
    }

    private boolean tryOut(int choice) {
        int mark = store.mark();
        long fingerprint = store.fingerprint();
        known.begin();
        boolean possible = take(choice);
        nextOutcome = machine.nextOutcome();
        if (possible) {
            effect = known.end(choice, nextOutcome);
        } else {
            known.abandon();
        }
        store.undoTo(mark, fingerprint);
        return possible;
    }

    /** The fingerprint of the state that the choice leads to that was looked at last. */
    long fingerprintAhead() {
        return known.fingerprintAfter(effect);
    }

    /** The outcome after that of the choice that was looked at last, or {@link UntimedMachine#NONE}. */
    int nextOutcome() {
        return nextOutcome;
    }

    /** The machine takes the choice that was looked at last. */
    void goAhead() {
        known.apply(effect);
    }

    /** What is wrong in the state that the machine is in, or null. */
    @Nullable
    Violation violation() {
        return monitor.violation();
    }

    Move move(int choice) {
        return machine.move(choice);
    }
}
