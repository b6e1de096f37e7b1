// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.machine.MachineConfig;
import irqstorm.machine.UntimedMachine;

/** Looks for a way to rest from one state, among all ways that the outside world has no part in. */
final class RestSearch {
    private final Bounds bounds;
    private final FingerprintSet seen = new FingerprintSet();
    private final ExploredMachine explored;
    private final PackedQueue queue;

    /** A search from the state that {@code path} leads to. */
    RestSearch(MachineConfig config, Bounds bounds, int[] path) {
        this.bounds = bounds;
        this.explored = new ExploredMachine(config, bounds);
        this.queue = new PackedQueue(explored.store());
        for (int choice : path) {
            explored.take(choice);
        }
    }

    /** Whether there is one. */
    boolean findsRest() {
        seen.add(explored.store().fingerprint());
        queue.add();
        while (!queue.isEmpty() && seen.size() < bounds.maxStates()) {
            queue.poll();
            if (explored.machine().isAtRest()) {
                return true;
            }
            expand();
        }
        return false;
    }

    private void expand() {
        UntimedMachine machine = explored.machine();
        int mark = explored.store().mark();
        long fingerprint = explored.store().fingerprint();
        int outcome;
        for (int choice = machine.nextChoice(UntimedMachine.NONE, UntimedMachine.NONE);
                choice != UntimedMachine.NONE;
                choice = machine.nextChoice(choice, outcome)) {
            outcome = UntimedMachine.NONE;
            if (!machine.isOutside(choice)) {
                boolean possible = explored.lookAt(choice);
                outcome = explored.nextOutcome();
                if (possible && seen.add(explored.fingerprintAhead())) {
                    explored.goAhead();
                    queue.add();
                    explored.store().undoTo(mark, fingerprint);
                }
            }
        }
    }
}
