// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

/**
 * The place of an event among those of its instant, and where it is in the {@link EventTournament}, in one long: priority (3
 * bits), sequence (36), leaf (24). Comparing keys compares priorities, then sequences; leaves never matter, because no two
 * events in the tournament have one sequence number. The sign bit is unused: keys can be subtracted from each other without
 * overflow.
 */
final class OrderKey {
    /** Sequence numbers are below this. */
    static final long SEQUENCE_END = 1L << 36;

    private static final int LEAF_BITS = 24;

    /** Leaves are numbered from 0 to below this. */
    static final int LEAF_END = 1 << LEAF_BITS;

    private static final int PRIORITY_SHIFT = LEAF_BITS + Long.numberOfTrailingZeros(SEQUENCE_END);

    /** So many bits a priority takes. */
    static final int PRIORITY_BITS = Long.SIZE - 1 - PRIORITY_SHIFT;

    private OrderKey() {}

    static long of(int priority, long sequence, int leaf) {
        return (long) priority << PRIORITY_SHIFT | sequence << LEAF_BITS | leaf;
    }

    static long withLeaf(long key, int leaf) {
        return key & -LEAF_END | leaf;
    }

    static int leaf(long key) {
        return (int) key & LEAF_END - 1;
    }
}
