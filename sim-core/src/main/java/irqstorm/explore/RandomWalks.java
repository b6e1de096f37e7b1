// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.engine.PendingLimitExceeded;
import irqstorm.machine.UntimedMachine;
import irqstorm.random.RandomStreams;

/**
 * Walks from the start on, again and again, each time with other priorities: the lane with the highest one goes first, and at a few
 * points on the way it falls behind all others. A bug that takes d such points to show is found by a walk of k events between n lanes
 * with a probability of at least 1 / (n k<sup>d−1</sup>) (Burckhardt et al., ASPLOS 2010).
 */
final class RandomWalks implements Strategy {
    private static final int MOST_POINTS = 4;
    private static final int FIRST_LENGTH = 64;

    private final StateSpace space;
    private final Bounds bounds;
    private final boolean everyKind;
    private final long seed;
    private final long[] points = new long[MOST_POINTS];
    private final long[] fallen = new long[MOST_POINTS];
    private int falls;
    private long draws;
    private int deepest;

    RandomWalks(StateSpace space, Bounds bounds, boolean everyKind, long seed) {
        this.space = space;
        this.bounds = bounds;
        this.everyKind = everyKind;
        this.seed = seed;
    }

    @Override
    public boolean run() {
        int length = FIRST_LENGTH;
        for (long walk = 0; space.transitions() < bounds.maxStates() && (everyKind || !space.isViolated()); walk++) {
            try {
                int steps = walk(RandomStreams.key(seed, walk, "walk"), (int) (walk % MOST_POINTS), length);
                if (steps == 0) {
                    return false;
                }
                deepest = Math.max(deepest, steps);
                length = deepest;
            } catch (PendingLimitExceeded tooMany) {
                return false;
            }
        }
        return false;
    }

    @Override
    public int depth() {
        return deepest;
    }

    /** One walk; how many events it had. */
    private int walk(long key, int changes, int length) {
        ExploredMachine explored = space.explored();
        explored.store().undoTo(0, 0);
        draws = 0;
        falls = 0;
        for (int i = 0; i < changes; i++) {
            points[i] = Long.remainderUnsigned(draw(key), length);
        }
        int at = 0;
        int steps = 0;
        while (steps < bounds.maxDepth()
                && space.transitions() < bounds.maxStates()
                && !space.isFull(0)
                && (everyKind || !space.isViolated())) {
            int choice = highest(key);
            if (choice == UntimedMachine.NONE) {
                break;
            }
            for (int i = 0; i < changes; i++) {
                if (points[i] == steps) {
                    fallen[falls++] = explored.machine().lane(choice);
                    choice = highest(key);
                }
            }
            visit(key, at, choice);
            steps++;
            if (space.isBroken()) {
                break;
            }
            at = space.reached();
        }
        return steps;
    }

    /** One of the outcomes happens, where there are several: each with half the probability of the one before. */
    private void visit(long key, int at, int choice) {
        UntimedMachine machine = space.explored().machine();
        int mark = space.explored().store().mark();
        long fingerprint = space.explored().store().fingerprint();
        space.visit(at, choice);
        int outcome = choice;
        while (space.explored().nextOutcome() != UntimedMachine.NONE && (draw(key) & 1) != 0) {
            space.explored().store().undoTo(mark, fingerprint);
            outcome = machine.nextChoice(outcome, space.explored().nextOutcome());
            space.visit(at, outcome);
        }
        space.goAhead();
    }

    private int highest(long key) {
        UntimedMachine machine = space.explored().machine();
        int best = UntimedMachine.NONE;
        long bestPriority = Long.MIN_VALUE;
        for (int choice = machine.nextChoice(UntimedMachine.NONE, UntimedMachine.NONE);
                choice != UntimedMachine.NONE;
                choice = machine.nextChoice(choice, UntimedMachine.NONE)) {
            long priority = priority(key, machine.lane(choice));
            if (best == UntimedMachine.NONE || priority > bestPriority) {
                best = choice;
                bestPriority = priority;
            }
        }
        return best;
    }

    /** Lanes that fell are below all others, the last one lowest. */
    private long priority(long key, long lane) {
        int fall = falls;
        while (fall > 0 && fallen[fall - 1] != lane) {
            fall--;
        }
        return fall > 0 ? -fall : RandomStreams.bits(key ^ lane, 0) >>> 1;
    }

    private long draw(long key) {
        return RandomStreams.bits(key, draws++);
    }
}
