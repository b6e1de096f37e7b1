// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.machine.MachineConfig;
import irqstorm.machine.UntimedMachine;
import java.util.BitSet;

/**
 * Finds a state from which the machine cannot come to rest, whatever it does by itself: CTL's AG EF rest.
 *
 * <p>For each state one way forward is kept, the first event that is neither the outside world's nor an idle guest's. Nearly all of
 * these ways end at rest; only where one goes in circles all ways are tried.
 */
final class RestCheck {
    /** What follows a state at rest. */
    static final int REST = -1;

    private final MachineConfig config;
    private final Bounds bounds;
    private final SearchTree tree;
    private final IntLog next;
    private final BitSet followed = new BitSet();
    private final BitSet tried = new BitSet();
    private final BitSet resting = new BitSet();

    /**
     * A check of the states in {@code tree}.
     *
     * @param next the number of the state that follows each state on its one way, or {@link #REST}
     */
    RestCheck(MachineConfig config, Bounds bounds, SearchTree tree, IntLog next) {
        this.config = config;
        this.bounds = bounds;
        this.tree = tree;
        this.next = next;
    }

    /** The number of the first state that cannot come to rest, or −1. */
    int firstRestless() {
        for (int state = 0; state < next.size(); state++) {
            if (!followsToRest(state) && !triesToRest(state)) {
                return state;
            }
        }
        return -1;
    }

    /**
     * Whether the way from {@code state} leads to rest, or into a circle that another way leads out of to rest. No part of a way is
     * followed twice, and no circle is tried twice to be left.
     */
    private boolean followsToRest(int state) {
        int at = state;
        while (!followed.get(at)) {
            followed.set(at);
            if (next.get(at) != REST) {
                at = next.get(at);
            }
        }
        if (next.get(at) != REST) {
            if (!triesToRest(at)) {
                return false;
            }
            markWay(next.get(at));
        }
        markWay(state);
        return true;
    }

    private void markWay(int from) {
        int at = from;
        while (next.get(at) != REST && !resting.get(at)) {
            resting.set(at);
            at = next.get(at);
        }
        resting.set(at);
    }

    private boolean triesToRest(int state) {
        if (!resting.get(state) && !tried.get(state)) {
            tried.set(state);
            resting.set(state, findsRest(state));
        }
        return resting.get(state);
    }

    private boolean findsRest(int state) {
        ExploredMachine explored = new ExploredMachine(config, bounds);
        for (int choice : tree.path(state)) {
            explored.take(choice);
        }
        FingerprintSet seen = new FingerprintSet();
        PackedQueue queue = new PackedQueue(explored.store());
        seen.add(explored.store().fingerprint());
        queue.add();
        UntimedMachine machine = explored.machine();
        while (!queue.isEmpty() && seen.size() < bounds.maxStates()) {
            queue.poll();
            if (machine.isAtRest()) {
                return true;
            }
            int mark = explored.store().mark();
            long fingerprint = explored.store().fingerprint();
            int outcome;
            for (int choice = machine.nextChoice(UntimedMachine.NONE, UntimedMachine.NONE);
                    choice != UntimedMachine.NONE;
                    choice = machine.nextChoice(choice, outcome)) {
                outcome = UntimedMachine.NONE;
                if (machine.isOutside(choice)) {
                    continue;
                }
                boolean possible = explored.lookAt(choice);
                outcome = explored.nextOutcome();
                if (possible && seen.add(explored.fingerprintAhead())) {
                    explored.goAhead();
                    queue.add();
                    explored.store().undoTo(mark, fingerprint);
                }
            }
        }
        return false;
    }
}
