// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

/**
 * Which states were visited, by their 64-bit fingerprints, numbered from 0 in the order of their first visit.
 *
 * <p>Open addressing with linear probing in plain arrays, in parts of which one at a time grows, so that growing never needs the table
 * twice. Two states with the same fingerprint are taken for one: {@link #noCollisionButOneIn} says how unlikely that is.
 */
final class FingerprintSet {
    private static final int PART_BITS = 6;
    private static final int PARTS = 1 << PART_BITS;
    private static final int FIRST_SLOTS = 64;

    private final long[][] fingerprints = new long[PARTS][FIRST_SLOTS];
    private final int[][] numbers = new int[PARTS][FIRST_SLOTS];
    private final int[] used = new int[PARTS];
    private int size;
    private int lastPart;
    private int lastSlot;

    /**
     * Adds a state, unless it was visited.
     *
     * @return whether it is new; then its number is {@link #size} − 1
     */
    boolean add(long fingerprint) {
        // 0 marks a free slot: a state with this fingerprint is taken for the one with 1.
        long key = fingerprint == 0 ? 1 : fingerprint;
        int part = (int) (key >>> Long.SIZE - PART_BITS);
        long[] keys = fingerprints[part];
        int slot = slotOf(keys, key);
        if (keys[slot] == key) {
            lastPart = part;
            lastSlot = slot;
            return false;
        }
        keys[slot] = key;
        numbers[part][slot] = size++;
        if (++used[part] > keys.length - keys.length / 4) {
            grow(part);
        }
        return true;
    }

    /** Where {@code key} is, or would be. */
    private static int slotOf(long[] keys, long key) {
        int mask = keys.length - 1;
        int slot = (int) key & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** The number of the state that was not new when {@link #add} was called last; looking it up costs another access to memory. */
    int numberOfLast() {
        return numbers[lastPart][lastSlot];
    }

    private void grow(int part) {
        long[] oldKeys = fingerprints[part];
        int[] oldNumbers = numbers[part];
        long[] keys = new long[2 * oldKeys.length];
        int[] grown = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slotOf(keys, oldKeys[i]);
                keys[slot] = oldKeys[i];
                grown[slot] = oldNumbers[i];
            }
        }
        fingerprints[part] = keys;
        numbers[part] = grown;
    }

    /** How many states were visited. */
    int size() {
        return size;
    }

    /** The probability that two of so many states have the same fingerprint is at most one in this number. */
    static long noCollisionButOneIn(int states) {
        long square = (long) states * states;
        return square < 9 ? Long.MAX_VALUE : 2 * Long.divideUnsigned(-1, square);
    }
}
