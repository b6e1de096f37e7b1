// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.machine.KnownState.Way;
import irqstorm.state.StateStore;
import irqstorm.state.WatchedStore;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states that a machine was in. What it does there is recorded from the model of a second machine. */
final class KnownStates {
    /** So many words all states together may have: 8 MB. */
    private static final int MOST_WORDS = 1 << 20;

    private final Machine machine;
    private final int mostStates;
    private final Map<KnownState, KnownState> states = new LinkedHashMap<>();
    private final KnownState sought;
    private @Nullable Twin twin;

    /** A machine like another, whose transitions are recorded, and who records them. */
    private record Twin(Machine machine, TransitionRecorder recorder) {
        static Twin of(Machine original) {
            StateStore times = new StateStore();
            TransitionRecorder recorder = new TransitionRecorder(times, number -> original.delays().stream(number));
            Stores stores = new Stores(new WatchedStore(recorder), times, times, new StateStore());
            Delays delays = Delays.recorded(stores.counts(), original.config(), recorder::draw);
            Machine machine = new Machine(original.config(), stores, recorder, delays, recorder, recorder);
            return new Twin(machine, recorder);
        }

        StateStore store() {
            return machine.stores().state();
        }
    }

    /** No state of {@code machine} is known yet. */
    KnownStates(Machine machine) {
        int words = machine.stores().state().size();
        this.machine = machine;
        this.mostStates = Math.max(1, MOST_WORDS / words);
        this.sought = new KnownState(words);
    }

    /** Whether there are so many that no other one should be added. */
    boolean isFull() {
        return states.size() >= mostStates;
    }

    /** Forgets them all. */
    void clear() {
        states.clear();
    }

    /** The state that {@code store} is in. */
    KnownState of(StateStore store) {
        sought.read(store);
        KnownState known = states.get(sought);
        if (known == null) {
            known = sought.copy();
            states.put(known, known);
        }
        return known;
    }

    /** Finds out what {@code payload} does in {@code state}, where that is not known. */
    Way explore(KnownState state, long payload) {
        Twin explorer = twin;
        if (explorer == null) {
            explorer = Twin.of(machine);
            twin = explorer;
        }
        state.write(explorer.store());
        try {
            explorer.recorder.record(explorer.machine, payload);
        } catch (IllegalStateException e) {
            return state.addWay(payload, null);
        }
        return state.addWay(payload, explorer.recorder.transition(of(explorer.store())));
    }
}
