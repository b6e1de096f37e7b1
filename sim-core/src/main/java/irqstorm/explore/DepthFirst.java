// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.engine.PendingLimitExceeded;
import irqstorm.machine.UntimedMachine;
import java.util.Arrays;

/**
 * Follows each way as far as it goes before it tries the next one. Nothing has to be packed: the journal of changes leads back.
 *
 * <p>With a bound on the depth, a state that was first met far away is not tried again when it is met nearer.
 */
final class DepthFirst implements Strategy {
    private static final long BYTES_A_LEVEL = 4L * Integer.BYTES + Long.BYTES;

    private final StateSpace space;
    private final Bounds bounds;
    private final boolean everyKind;
    private int[] states = new int[64];
    private int[] marks = new int[64];
    private long[] fingerprints = new long[64];
    private int[] choices = new int[64];
    private int[] outcomes = new int[64];
    private int depth = -1;
    private int deepest;

    DepthFirst(StateSpace space, Bounds bounds, boolean everyKind) {
        this.space = space;
        this.bounds = bounds;
        this.everyKind = everyKind;
    }

    @Override
    public boolean run() {
        ExploredMachine explored = space.explored();
        UntimedMachine machine = explored.machine();
        boolean whole = true;
        push(0);
        try {
            while (depth >= 0 && (everyKind || !space.isViolated())) {
                if (space.isFull(BYTES_A_LEVEL * states.length)) {
                    return false;
                }
                explored.store().undoTo(marks[depth], fingerprints[depth]);
                int choice = machine.nextChoice(choices[depth], outcomes[depth]);
                choices[depth] = choice;
                if (choice == UntimedMachine.NONE) {
                    depth--;
                    continue;
                }
                boolean isNew = space.visit(states[depth], choice);
                outcomes[depth] = explored.nextOutcome();
                if (isNew && depth + 1 == bounds.maxDepth()) {
                    deepest = depth + 1;
                    whole = false;
                } else if (isNew) {
                    push(space.reached());
                }
            }
        } catch (PendingLimitExceeded tooMany) {
            return false;
        }
        return whole && depth < 0;
    }

    @Override
    public int depth() {
        return deepest;
    }

    private void push(int state) {
        depth++;
        if (depth == states.length) {
            states = Arrays.copyOf(states, 2 * depth);
            marks = Arrays.copyOf(marks, 2 * depth);
            fingerprints = Arrays.copyOf(fingerprints, 2 * depth);
            choices = Arrays.copyOf(choices, 2 * depth);
            outcomes = Arrays.copyOf(outcomes, 2 * depth);
        }
        states[depth] = state;
        marks[depth] = space.explored().store().mark();
        fingerprints[depth] = space.explored().store().fingerprint();
        choices[depth] = UntimedMachine.NONE;
        outcomes[depth] = UntimedMachine.NONE;
        deepest = Math.max(deepest, depth);
    }
}
