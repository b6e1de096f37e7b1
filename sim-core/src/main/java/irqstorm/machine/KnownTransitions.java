// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.StateStore;
import org.jspecify.annotations.Nullable;

/**
 * The states that a machine was in, and what it does there when an event happens: recorded from the model of a second machine, and
 * repeated by the first one without running its model.
 */
final class KnownTransitions {
    /** No state. */
    static final int NONE = -1;

    /** Where a transition begins that depends on more than the state. */
    private static final int NOWHERE = -1;

    private final MachineConfig config;
    private final Transcript transcript = new Transcript();
    private final TranscriptPlayer player;
    private final StateGraph graph;
    private @Nullable Recording recording;

    /** A machine whose transitions are recorded, and who records them. */
    private record Recording(Machine machine, TransitionRecorder recorder) {
        static Recording of(MachineConfig config, Transcript transcript) {
            Stores stores = Stores.timed();
            TransitionRecorder recorder = new TransitionRecorder(stores.times(), transcript);
            Delays delays = Delays.recorded(stores.counts(), config, recorder::draw);
            return new Recording(new Machine(config, stores, recorder, delays, recorder, recorder), recorder);
        }

        int record(StateGraph graph, int state, long payload) {
            graph.restore(state, machine.stores().state());
            try {
                return recorder.record(machine, payload);
            } catch (IllegalStateException e) {
                return NOWHERE;
            }
        }
    }

    /** Nothing is known yet of {@code machine}, which runs by {@code agenda}. */
    KnownTransitions(Machine machine, TimedAgenda agenda) {
        this.config = machine.config();
        Stores stores = machine.stores();
        this.player = new TranscriptPlayer(transcript, agenda, machine.log(), machine.delays(), stores.times());
        this.graph = new StateGraph(stores.state().size());
    }

    /** Whether there is no room for another state. */
    boolean isFull() {
        return graph.isFull();
    }

    /** Forgets everything. */
    void clear() {
        graph.clear();
        transcript.cutTo(0);
    }

    /** The number of the state that {@code store} is in. */
    int stateOf(StateStore store) {
        return graph.stateOf(store);
    }

    /** {@code store} goes to {@code state}. */
    void restore(int state, StateStore store) {
        graph.restore(state, store);
    }

    /**
     * Does what {@code payload} does in {@code state}, but for the change of state.
     *
     * @return the state after it, or {@link #NONE} if that is not known; then nothing is done
     */
    int repeat(int state, long timeNanos, long payload, long cause) {
        int transition = graph.find(state, payload);
        if (transition == StateGraph.NONE || graph.start(transition) == NOWHERE) {
            return NONE;
        }
        player.play(graph.start(transition), timeNanos, cause);
        return graph.target(transition);
    }

    /** Whether it was tried to learn what {@code payload} does in {@code state}. */
    boolean isTried(int state, long payload) {
        return graph.find(state, payload) != StateGraph.NONE;
    }

    /** Learns what {@code payload} does in {@code state}, if it always does the same there. */
    void learn(int state, long payload) {
        Recording current = recording;
        if (current == null) {
            current = Recording.of(config, transcript);
            recording = current;
        }
        int start = current.record(graph, state, payload);
        int target = start == NOWHERE ? state : graph.stateOf(current.machine.stores().state());
        graph.add(state, payload, start, target);
    }
}
