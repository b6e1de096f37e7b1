// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

/**
 * Which states were visited, by their 64-bit fingerprints, numbered from 0 in the order of their first visit.
 *
 * <p>Open addressing with linear probing in plain arrays, in parts of which one at a time grows, so that growing never needs the table
 * twice. A slot is three ints, so that a look-up waits for memory once. Two states with the same fingerprint are taken for one: {@link
 * #noCollisionButOneIn} says how unlikely that is.
 */
final class FingerprintSet {
    private static final int PART_BITS = 6;
    private static final int PARTS = 1 << PART_BITS;
    private static final int FIRST_SLOTS = 64;

    private static final int LOW = 0;
    private static final int HIGH = 1;

    /** A state's number plus one, or 0 if the slot is free. */
    private static final int NUMBER = 2;

    private static final int INTS = 3;

    private final int[][] slots = new int[PARTS][INTS * FIRST_SLOTS];
    private final int[] used = new int[PARTS];
    private int size;
    private int last;
    private long bytes = (long) Integer.BYTES * INTS * FIRST_SLOTS * PARTS;

    /**
     * Adds a state, unless it was visited.
     *
     * @return whether it is new; then its number is {@link #size} − 1
     */
    boolean add(long fingerprint) {
        int part = (int) (fingerprint >>> Long.SIZE - PART_BITS);
        int[] table = slots[part];
        int slot = slotOf(table, (int) fingerprint, (int) (fingerprint >>> Integer.SIZE));
        if (table[slot + NUMBER] != 0) {
            last = table[slot + NUMBER] - 1;
            return false;
        }
        last = size++;
        put(table, slot, (int) fingerprint, (int) (fingerprint >>> Integer.SIZE), size);
        int capacity = table.length / INTS;
        if (++used[part] > capacity - capacity / 4) {
            slots[part] = grown(table);
            bytes += (long) Integer.BYTES * table.length;
        }
        return true;
    }

    /** Where a fingerprint is, or would be. */
    private static int slotOf(int[] table, int low, int high) {
        int mask = table.length / INTS - 1;
        int index = low & mask;
        int slot = INTS * index;
        while (table[slot + NUMBER] != 0 && (table[slot + LOW] != low || table[slot + HIGH] != high)) {
            index = index + 1 & mask;
            slot = INTS * index;
        }
        return slot;
    }

    private static void put(int[] table, int slot, int low, int high, int number) {
        table[slot + LOW] = low;
        table[slot + HIGH] = high;
        table[slot + NUMBER] = number;
    }

    private static int[] grown(int[] table) {
        int[] grown = new int[2 * table.length];
        for (int slot = 0; slot < table.length; slot += INTS) {
            if (table[slot + NUMBER] != 0) {
                int low = table[slot + LOW];
                int high = table[slot + HIGH];
                put(grown, slotOf(grown, low, high), low, high, table[slot + NUMBER]);
            }
        }
        return grown;
    }

    /** The number of the state that was added last, now or before. */
    int numberOfLast() {
        return last;
    }

    /** How many states were visited. */
    int size() {
        return size;
    }

    /** How many bytes the slots take. */
    long bytes() {
        return bytes;
    }

    /** The probability that two of so many states have the same fingerprint is at most one in this number. */
    static long noCollisionButOneIn(int states) {
        long square = (long) states * states;
        return square < 9 ? Long.MAX_VALUE : 2 * Long.divideUnsigned(-1, square);
    }
}
