// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import java.util.Arrays;

/**
 * All mutable state of a model as one array of 64-bit words: copying, restoring, comparing and fingerprinting the whole model are
 * then one array operation each, and no component can forget a field.
 *
 * <p>A component reserves its words while it is constructed and keeps only the index of the first; what a word means is the
 * component's business. Components are constructed in a fixed order, so the layout is the same for the same configuration.
 */
public sealed class StateStore permits ReversibleStore {
    private static final int INITIAL_WORDS = 128;

    /** More than any machine within the limits of a scenario needs; a layout beyond it is a mistake in a component. */
    private static final int MAX_WORDS = 1 << 20;

    /** The words; only those below {@link #size} are in use. */
    long[] words = new long[INITIAL_WORDS];

    private int used;

    /** An immutable copy of all words of a store. */
    public static final class Snapshot {
        private final long[] words;

        private Snapshot(long[] words) {
            this.words = words;
        }
    }

    /**
     * Reserves {@code count} consecutive words, all zero, and returns the index of the first.
     *
     * @throws IllegalArgumentException if {@code count} is negative or the store would pass its limit
     */
    public int reserve(int count) {
        if (count < 0 || count > MAX_WORDS - used) {
            throw new IllegalArgumentException("cannot reserve " + count + " words beyond " + used);
        }
        int base = used;
        used += count;
        if (used > words.length) {
            words = Arrays.copyOf(words, Math.max(used, words.length * 2));
        }
        return base;
    }

    /** The word at {@code index}, an index within a reserved range. */
    public long get(int index) {
        return words[index];
    }

    /** Sets the word at {@code index}, an index within a reserved range. */
    public void set(int index, long value) {
        words[index] = value;
    }

    /** Adds {@code delta} to the word at {@code index}. */
    public final void add(int index, long delta) {
        set(index, get(index) + delta);
    }

    /** The number of words reserved. */
    public int size() {
        return used;
    }

    /** A copy of every word. */
    public Snapshot snapshot() {
        return new Snapshot(Arrays.copyOf(words, used));
    }

    /**
     * Puts every word back to what it was when {@code snapshot} was taken.
     *
     * @throws IllegalArgumentException if the snapshot is of a store with another layout
     */
    public void restore(Snapshot snapshot) {
        if (snapshot.words.length != used) {
            throw new IllegalArgumentException(
                    "snapshot of " + snapshot.words.length + " words does not fit a store of " + used);
        }
        for (int i = 0; i < used; i++) {
            set(i, snapshot.words[i]);
        }
    }

    /** Writes every word to {@code target} from {@code from} on. */
    public void copyTo(long[] target, int from) {
        System.arraycopy(words, 0, target, from, used);
    }

    /** Sets every word to what {@link #copyTo} has written to {@code source} from {@code from} on. */
    public void copyFrom(long[] source, int from) {
        for (int i = 0; i < used; i++) {
            set(i, source[from + i]);
        }
    }

    /** Whether every word is what {@link #copyTo} has written to {@code copy} from {@code from} on. */
    public boolean isEqual(long[] copy, int from) {
        return Arrays.equals(words, 0, used, copy, from, from + used);
    }

    /** A 64-bit hash of all words, started from {@code seed}. */
    public long fingerprint(long seed) {
        long hash = seed;
        for (int i = 0; i < used; i++) {
            hash = Hash64.mix(hash, words[i]);
        }
        return Hash64.finish(hash);
    }
}
