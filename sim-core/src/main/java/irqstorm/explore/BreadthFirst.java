// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.engine.PendingLimitExceeded;
import irqstorm.machine.UntimedMachine;

/** Visits states level by level. */
final class BreadthFirst implements Strategy {
    private final StateSpace space;
    private final Bounds bounds;
    private final boolean everyKind;
    private final PackedQueue queue;
    private int depth;
    private int endOfLevel = 1;

    BreadthFirst(StateSpace space, Bounds bounds, boolean everyKind) {
        this.space = space;
        this.bounds = bounds;
        this.everyKind = everyKind;
        this.queue = new PackedQueue(space.explored().store());
    }

    @Override
    public boolean run() {
        queue.add();
        int expanded = 0;
        while (!queue.isEmpty() && (everyKind || !space.isViolated())) {
            if (expanded == endOfLevel) {
                depth++;
                endOfLevel = space.size();
            }
            if (depth == bounds.maxDepth() || space.isFull(queue.bytes())) {
                return false;
            }
            queue.poll();
            try {
                expand(expanded++);
            } catch (PendingLimitExceeded tooMany) {
                return false;
            }
        }
        return queue.isEmpty();
    }

    @Override
    public int depth() {
        return space.size() > endOfLevel ? depth + 1 : depth;
    }

    private void expand(int state) {
        ExploredMachine explored = space.explored();
        UntimedMachine machine = explored.machine();
        int mark = explored.store().mark();
        long fingerprint = explored.store().fingerprint();
        for (int choice = machine.nextChoice(UntimedMachine.NONE, UntimedMachine.NONE);
                choice != UntimedMachine.NONE;
                choice = machine.nextChoice(choice, explored.nextOutcome())) {
            if (space.visit(state, choice)) {
                queue.add();
                explored.store().undoTo(mark, fingerprint);
            }
        }
    }
}
