// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.state.StateStore;

/**
 * A set of interrupt vectors 0 to 255 as the local APIC keeps it in IRR, ISR and TMR: 256 bits, here four 64-bit words of a
 * {@link StateStore}.
 */
public final class VectorSet {
    /** The number of vectors there are. */
    public static final int VECTORS = 256;

    /** What {@link #highest()} answers for an empty set. */
    public static final int NONE = -1;

    private static final int WORDS = VECTORS / Long.SIZE;

    private final StateStore store;
    private final int base;

    /** An empty set with its own words in {@code store}. */
    public VectorSet(StateStore store) {
        this.store = store;
        this.base = store.reserve(WORDS);
    }

    /** Adds {@code vector}, 0 to 255. */
    public void add(int vector) {
        int index = base + (vector >>> 6);
        store.set(index, store.get(index) | 1L << vector);
    }

    /** Removes {@code vector}, 0 to 255; nothing happens if it is not in the set. */
    public void remove(int vector) {
        int index = base + (vector >>> 6);
        store.set(index, store.get(index) & ~(1L << vector));
    }

    /** Adds or removes {@code vector}. */
    public void put(int vector, boolean member) {
        if (member) {
            add(vector);
        } else {
            remove(vector);
        }
    }

    /** Whether {@code vector}, 0 to 255, is in the set. */
    public boolean contains(int vector) {
        return (store.get(base + (vector >>> 6)) >>> vector & 1) != 0;
    }

    /** The highest vector in the set, which is the one of the highest priority, or {@link #NONE}. */
    public int highest() {
        for (int word = WORDS - 1; word >= 0; word--) {
            long bits = store.get(base + word);
            if (bits != 0) {
                return highestOf(word, bits);
            }
        }
        return NONE;
    }

    /** The highest vector in the set that is below {@code limit}, 0 to 256, or {@link #NONE}. */
    public int highestBelow(int limit) {
        for (int word = limit - 1 >> 6; word >= 0; word--) {
            long bits = store.get(base + word);
            if (limit >> 6 == word) {
                bits &= (1L << limit) - 1;
            }
            if (bits != 0) {
                return highestOf(word, bits);
            }
        }
        return NONE;
    }

    private static int highestOf(int word, long bits) {
        return (word << 6) + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    }

    /** Whether no vector is in the set. */
    public boolean isEmpty() {
        return highest() == NONE;
    }

    /** The number of vectors in the set. */
    public int size() {
        int size = 0;
        for (int word = 0; word < WORDS; word++) {
            size += Long.bitCount(store.get(base + word));
        }
        return size;
    }

    /** Removes every vector. */
    public void clear() {
        for (int word = 0; word < WORDS; word++) {
            store.set(base + word, 0);
        }
    }

    /** Bits 32·index to 32·index + 31 as the registers of the local APIC show them; {@code index} is 0 to 7. */
    public long register(int index) {
        return store.get(base + (index >>> 1)) >>> ((index & 1) * 32) & 0xFFFF_FFFFL;
    }

    /** Sets bits 32·index to 32·index + 31, as a restore of the register page does; {@code index} is 0 to 7. */
    public void setRegister(int index, long value) {
        int word = base + (index >>> 1);
        int shift = (index & 1) * 32;
        store.set(word, store.get(word) & ~(0xFFFF_FFFFL << shift) | (value & 0xFFFF_FFFFL) << shift);
    }
}
