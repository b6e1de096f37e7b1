// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import java.util.Arrays;

/**
 * A store that can take changes back, knows its fingerprint at any time, and packs its state into a few words: what an exploration
 * does millions of times a second.
 *
 * <p>Each change goes into a journal and into a hash that is a sum over the words, so that taking back and fingerprinting cost as
 * much as what changed and not as much as what there is. A packed state is its difference from the state at {@link #begin}.
 */
public final class ReversibleStore extends StateStore {
    private static final long WORD_KEY = 0x9E3779B97F4A7C15L;
    private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;

    private int[] places = new int[256];
    private long[] befores = new long[256];
    private int changes;
    private long hash;
    private long[] origin = {};
    private long[] differing = {};

    /** Which words differed in the state that was unpacked last, with which the journal begins. */
    private long[] unpacked = {};

    private final Footprint footprint = new Footprint();
    private boolean watched;

    /** Tallies are words here: when they will reach their limits matters. */
    @Override
    public int reserveTallies(int count) {
        return reserve(count);
    }

    @Override
    public long tally(int number) {
        return get(number);
    }

    @Override
    void setTally(int number, long count) {
        set(number, count);
    }

    @Override
    public long get(int index) {
        long value = words[index];
        if (watched) {
            footprint.touch(index, value);
        }
        return value;
    }

    @Override
    public void set(int index, long value) {
        long before = words[index];
        if (watched) {
            footprint.touch(index, before);
        }
        if (before != value) {
            log(index, value);
            hash += term(index, value) - term(index, before);
        }
    }

    /** Whether what is read and written from now on leaves a footprint, a new one. */
    void watch(boolean watch) {
        watched = watch;
        if (watch) {
            footprint.begin(size());
        }
    }

    /** What was touched the last time that the store was watched. */
    Footprint footprint() {
        return footprint;
    }

    /** Makes the changes of {@code effect}. */
    void apply(Effects effects, int effect) {
        for (int change = effects.first(effect); change < effects.first(effect + 1); change++) {
            log(effects.place(change), effects.value(change));
        }
        hash += effects.difference(effect);
    }

    private void log(int index, long value) {
        if (changes == places.length) {
            places = Arrays.copyOf(places, 2 * changes);
            befores = Arrays.copyOf(befores, 2 * changes);
        }
        places[changes] = index;
        befores[changes++] = words[index];
        words[index] = value;
    }

    /** The last step must not be a multiplication: terms that are added up would then share a factor, and half of their bits. */
    private static long term(int index, long value) {
        long mixed = (value ^ (index + 1) * WORD_KEY) * MULTIPLIER;
        mixed = (mixed ^ mixed >>> Integer.SIZE) * MULTIPLIER;
        return mixed ^ mixed >>> Integer.SIZE;
    }

    /** The state is the origin from now on: changes before it cannot be taken back, and packed states are differences from it. */
    public void begin() {
        origin = Arrays.copyOf(words, size());
        differing = new long[(size() + Long.SIZE - 1) / Long.SIZE];
        unpacked = new long[differing.length];
        places = new int[2 * size() + places.length];
        befores = new long[places.length];
        changes = 0;
        hash = 0;
    }

    /** A number for the present moment, to come back to with {@link #undoTo}. */
    public int mark() {
        return changes;
    }

    /**
     * Takes back every change since {@code mark}.
     *
     * @param markedHash the fingerprint of that moment
     */
    public void undoTo(int mark, long markedHash) {
        while (changes > mark) {
            changes--;
            words[places[changes]] = befores[changes];
        }
        hash = markedHash;
    }

    /** A 64-bit hash of the state, by its difference from the origin. Equal states have equal ones, however they came about. */
    public long fingerprint() {
        return hash;
    }

    /** The most words that a packed state takes. */
    public int maxPackedWords() {
        return 1 + differing.length + size();
    }

    /**
     * Packs the state: its fingerprint, which words differ from the origin, and those.
     *
     * @param target has room for {@link #maxPackedWords} from {@code from} on
     * @return the index after the last word written
     */
    public int pack(long[] target, int from) {
        System.arraycopy(unpacked, 0, differing, 0, differing.length);
        for (int change = 0; change < changes; change++) {
            int place = places[change];
            long bit = 1L << place;
            if (words[place] == origin[place]) {
                differing[place >>> 6] &= ~bit;
            } else {
                differing[place >>> 6] |= bit;
            }
        }
        int at = from;
        target[at++] = hash;
        for (int group = 0; group < differing.length; group++) {
            target[at++] = differing[group];
            for (long rest = differing[group]; rest != 0; rest &= rest - 1) {
                target[at++] = words[group << 6 | Long.numberOfTrailingZeros(rest)];
            }
        }
        return at;
    }

    /**
     * Brings a packed state back; changes before it cannot be taken back.
     *
     * @return the index after the last word read
     */
    public int unpack(long[] source, int from) {
        int at = from;
        undoTo(0, source[at++]);
        for (int group = 0; group < differing.length; group++) {
            long bits = source[at++];
            for (long rest = unpacked[group] & ~bits; rest != 0; rest &= rest - 1) {
                int place = group << 6 | Long.numberOfTrailingZeros(rest);
                words[place] = origin[place];
            }
            for (long rest = bits; rest != 0; rest &= rest - 1) {
                words[group << 6 | Long.numberOfTrailingZeros(rest)] = source[at++];
            }
            unpacked[group] = bits;
        }
        return at;
    }
}
