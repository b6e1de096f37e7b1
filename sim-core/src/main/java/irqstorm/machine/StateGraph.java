// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.StateStore;
import java.util.Arrays;

/**
 * States that a machine was in, each with the events that happened in it: what they do is somewhere in a {@link Transcript}, and they
 * lead to another state. States and transitions are numbered from 0.
 */
final class StateGraph {
    /** No transition. */
    static final int NONE = -1;

    /** So many words all states together may have: 8 MB. */
    private static final int MOST_WORDS = 1 << 20;

    private final int wordsPerState;
    private final int mostStates;
    private long[] words = {};
    private int states;

    private long[] hashes = {};

    /** By the hashes of their words: the numbers of states plus 1, or 0. */
    private int[] places = new int[1 << 6];

    /** The transition of each state that was added last, or {@link #NONE}. */
    private int[] firsts = {};

    private long[] payloads = new long[1 << 4];
    private int[] starts = new int[1 << 4];
    private int[] targets = new int[1 << 4];

    /** The transition that was added before each, in its state, or {@link #NONE}. */
    private int[] nexts = new int[1 << 4];

    private int transitions;

    /** No states, which will have {@code wordsPerState} words each. */
    StateGraph(int wordsPerState) {
        this.wordsPerState = wordsPerState;
        this.mostStates = Math.max(1, MOST_WORDS / wordsPerState);
    }

    /** Whether there is no room for another state. */
    boolean isFull() {
        return states == mostStates;
    }

    /** Forgets everything. */
    void clear() {
        states = 0;
        transitions = 0;
        Arrays.fill(places, 0);
    }

    /** The number of the state that {@code store} is in, a new one if need be. */
    int stateOf(StateStore store) {
        long hash = store.fingerprint(0);
        int place = (int) hash & places.length - 1;
        while (places[place] != 0) {
            int state = places[place] - 1;
            if (hashes[state] == hash && store.isEqual(words, state * wordsPerState)) {
                return state;
            }
            place = place + 1 & places.length - 1;
        }
        add(store, hash);
        return states - 1;
    }

    private void add(StateStore store, long hash) {
        if (states == firsts.length) {
            int room = Math.min(mostStates, 2 * states + 16);
            firsts = Arrays.copyOf(firsts, room);
            hashes = Arrays.copyOf(hashes, room);
            words = Arrays.copyOf(words, room * wordsPerState);
        }
        store.copyTo(words, states * wordsPerState);
        hashes[states] = hash;
        firsts[states] = NONE;
        place(states++);
        if (2 * states > places.length) {
            places = new int[2 * places.length];
            for (int state = 0; state < states; state++) {
                place(state);
            }
        }
    }

    private void place(int state) {
        int place = (int) hashes[state] & places.length - 1;
        while (places[place] != 0) {
            place = place + 1 & places.length - 1;
        }
        places[place] = state + 1;
    }

    /** {@code store} goes to {@code state}. */
    void restore(int state, StateStore store) {
        store.copyFrom(words, state * wordsPerState);
    }

    /** What happens when {@code payload} does in {@code state}, or {@link #NONE} if that is not known. */
    int find(int state, long payload) {
        int transition = firsts[state];
        while (transition != NONE && payloads[transition] != payload) {
            transition = nexts[transition];
        }
        return transition;
    }

    /** Adds a transition that begins at {@code start} in the transcript, or at a negative place if it is not there. */
    void add(int state, long payload, int start, int target) {
        if (transitions == payloads.length) {
            int room = 2 * transitions;
            payloads = Arrays.copyOf(payloads, room);
            starts = Arrays.copyOf(starts, room);
            targets = Arrays.copyOf(targets, room);
            nexts = Arrays.copyOf(nexts, room);
        }
        payloads[transitions] = payload;
        starts[transitions] = start;
        targets[transitions] = target;
        nexts[transitions] = firsts[state];
        firsts[state] = transitions++;
    }

    int start(int transition) {
        return starts[transition];
    }

    int target(int transition) {
        return targets[transition];
    }
}
