// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.check.Violation;
import irqstorm.machine.Move;
import java.util.List;

/**
 * What an exploration found.
 *
 * @param outcome how it ended
 * @param violations what is wrong, each kind once, with a shortest path to it, in the order in which they were found
 * @param states how many states were visited
 * @param transitions how many choices were tried
 * @param depth the length of the longest of the shortest paths to the states that were visited
 * @param endsWell whether some order comes to its end, where nothing is left to happen even outside, and nothing is wrong there
 * @param isMemoryFull whether it ended because there was no memory for more states
 * @param bounds within which bounds
 */
public record Exploration(
        Outcome outcome,
        List<Found> violations,
        int states,
        long transitions,
        int depth,
        boolean endsWell,
        boolean isMemoryFull,
        Bounds bounds) {
    /** Keeps its own copy. */
    public Exploration {
        violations = List.copyOf(violations);
    }

    /** How an exploration ends. */
    public enum Outcome {
        /** Every order within the bounds was tried, and none is wrong. */
        EXHAUSTED,
        /** An order is wrong. */
        VIOLATION,
        /** There was no more room, and nothing was wrong so far. */
        BUDGET
    }

    /**
     * Something that is wrong, and how to get there.
     *
     * @param violation what is wrong
     * @param path the events, from the start of the machine on
     */
    public record Found(Violation violation, List<Move> path) {
        /** Keeps its own copy. */
        public Found {
            path = List.copyOf(path);
        }
    }

    /** The probability that two different states were taken for one is at most one in this number. */
    public long noCollisionButOneIn() {
        return FingerprintSet.noCollisionButOneIn(states);
    }
}
