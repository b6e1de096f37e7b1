// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

/**
 * The place of an event among those of its instant, and where its data are, in one long: priority (3 bits), sequence
 * (36), slot (24). Comparing keys compares priorities, then sequences; slots never matter, because no two pending events
 * have one sequence number. The sign bit is unused: keys can be subtracted from each other without overflow.
 */
final class OrderKey {
    /** Slots are numbered from 0 to below this: room for the pending events, and as many cancelled ones. */
    static final int SLOT_END = 2 * EventQueue.LARGEST_MAX_PENDING;

    /** Sequence numbers are below this. */
    static final long SEQUENCE_END = 1L << 36;

    private static final int SEQUENCE_SHIFT = Integer.numberOfTrailingZeros(SLOT_END);
    private static final int PRIORITY_SHIFT = SEQUENCE_SHIFT + Long.numberOfTrailingZeros(SEQUENCE_END);

    /** So many bits a priority takes. */
    static final int PRIORITY_BITS = Long.SIZE - 1 - PRIORITY_SHIFT;

    private OrderKey() {}

    static long of(int priority, long sequence, int slot) {
        return (long) priority << PRIORITY_SHIFT | sequence << SEQUENCE_SHIFT | slot;
    }

    static long withSlot(long key, int slot) {
        return key & -SLOT_END | slot;
    }

    static int slot(long key) {
        return (int) key & SLOT_END - 1;
    }
}
