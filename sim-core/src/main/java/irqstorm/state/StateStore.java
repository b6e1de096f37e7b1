// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import java.util.Arrays;

/**
 * All mutable state of a model as one array of 64-bit words: copying, restoring, comparing and fingerprinting the whole model are
 * then one array operation each, and no component can forget a field.
 *
 * <p>A component reserves its words while it is constructed and keeps only the index of the first; what a word means is the
 * component's business. Components are constructed in a fixed order, so the layout is the same for the same configuration.
 *
 * <p>Tallies are words of their own: of a tally it only matters when it reaches its limit. So a state with another tally may be treated
 * as the same one, as long as no limit is reached.
 */
public sealed class StateStore permits ReversibleStore, WatchedStore {
    private static final int INITIAL_WORDS = 128;

    /** More than any machine within the limits of a scenario needs; a layout beyond it is a mistake in a component. */
    private static final int MAX_WORDS = 1 << 20;

    /** The words; only those below {@link #size} are in use. */
    long[] words = new long[INITIAL_WORDS];

    private int used;
    private long[] tallies = {};

    /** An immutable copy of all words of a store. */
    public static final class Snapshot {
        private final long[] words;
        private final long[] tallies;

        private Snapshot(long[] words, long[] tallies) {
            this.words = words;
            this.tallies = tallies;
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

    /** Reserves {@code count} consecutive tallies, all zero, and returns the number of the first. */
    public int reserveTallies(int count) {
        int first = tallies.length;
        tallies = Arrays.copyOf(tallies, first + count);
        return first;
    }

    /** How far a tally has come. */
    public long tally(int number) {
        return tallies[number];
    }

    void setTally(int number, long count) {
        tallies[number] = count;
    }

    /** Counts one more. Returns whether that makes {@code limit}; then the tally begins again from 0. */
    public boolean countTo(int number, long limit) {
        long count = tally(number) + 1;
        setTally(number, count < limit ? count : 0);
        return count >= limit;
    }

    /** The tally begins again from 0. */
    public void clearTally(int number) {
        setTally(number, 0);
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

    /** The number of words reserved, without tallies. */
    public int size() {
        return used;
    }

    /** A copy of every word and tally. */
    public Snapshot snapshot() {
        return new Snapshot(Arrays.copyOf(words, used), tallies.clone());
    }

    /**
     * Puts every word and tally back to what it was when {@code snapshot} was taken.
     *
     * @throws IllegalArgumentException if the snapshot is of a store with another layout
     */
    public void restore(Snapshot snapshot) {
        if (snapshot.words.length != used) {
            throw new IllegalArgumentException(
                    "snapshot of " + snapshot.words.length + " words does not fit a store of " + used);
        }
        copyFrom(snapshot.words);
        tallies = snapshot.tallies.clone();
    }

    /** Writes every word, and no tally, to {@code target}. */
    public void copyTo(long[] target) {
        System.arraycopy(words, 0, target, 0, used);
    }

    /** Sets every word to what {@link #copyTo} has written to {@code source}. */
    public void copyFrom(long[] source) {
        for (int i = 0; i < used; i++) {
            set(i, source[i]);
        }
    }

    /** A 64-bit hash of all words and tallies, started from {@code seed}. */
    public long fingerprint(long seed) {
        long hash = seed;
        for (int i = 0; i < used; i++) {
            hash = Hash64.mix(hash, words[i]);
        }
        for (long count : tallies) {
            hash = Hash64.mix(hash, count);
        }
        return Hash64.finish(hash);
    }
}
