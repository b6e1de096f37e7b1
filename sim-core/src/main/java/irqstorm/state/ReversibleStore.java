// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import java.util.Arrays;

/**
 * A store that can take changes back, knows its fingerprint at any time, and packs its state into a few bytes: what an exploration
 * does millions of times a second.
 *
 * <p>Each change goes into a journal and into a hash that is a sum over the words, so that taking back and fingerprinting cost as
 * much as what changed and not as much as what there is. A packed state is its difference from the state at {@link #begin}.
 */
public final class ReversibleStore extends StateStore {
    private static final long WORD_KEY = 0x9E3779B97F4A7C15L;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MORE = 1 << VARINT_BITS;
    private static final int VARINT_BYTES = 10;

    private int[] places = new int[256];
    private long[] befores = new long[256];
    private int changes;
    private long hash;
    private long[] origin = {};
    private long[] differing = {};
    private int cursor;

    @Override
    public void set(int index, long value) {
        long before = words[index];
        if (before != value) {
            if (changes == places.length) {
                places = Arrays.copyOf(places, 2 * changes);
                befores = Arrays.copyOf(befores, 2 * changes);
            }
            places[changes] = index;
            befores[changes++] = before;
            words[index] = value;
            hash += term(index, value) - term(index, before);
        }
    }

    private static long term(int index, long value) {
        return Hash64.finish(value + (index + 1) * WORD_KEY);
    }

    /** The state is the origin from now on: changes before it cannot be taken back, and packed states are differences from it. */
    public void begin() {
        origin = Arrays.copyOf(words, size());
        differing = new long[(size() + Long.SIZE - 1) / Long.SIZE];
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

    /** The most bytes that a packed state takes. */
    public int maxPackedBytes() {
        return (size() + Long.SIZE - 1) / Long.SIZE * Long.BYTES + size() * VARINT_BYTES;
    }

    /**
     * Packs the state: which words differ from the origin, and by which bits.
     *
     * @param target has room for {@link #maxPackedBytes} from {@code from} on
     * @return the index after the last byte written
     */
    public int pack(byte[] target, int from) {
        Arrays.fill(differing, 0);
        for (int change = 0; change < changes; change++) {
            int place = places[change];
            if (words[place] != origin[place]) {
                differing[place >>> 6] |= 1L << place;
            }
        }
        int at = from;
        for (int group = 0; group < differing.length; group++) {
            at = putVarint(target, at, differing[group]);
            for (long rest = differing[group]; rest != 0; rest &= rest - 1) {
                int place = group << 6 | Long.numberOfTrailingZeros(rest);
                at = putVarint(target, at, words[place] ^ origin[place]);
            }
        }
        return at;
    }

    private static int putVarint(byte[] target, int from, long value) {
        int at = from;
        long rest = value;
        while ((rest & -VARINT_MORE) != 0) {
            target[at++] = (byte) (rest | VARINT_MORE);
            rest >>>= VARINT_BITS;
        }
        target[at++] = (byte) rest;
        return at;
    }

    /**
     * Brings a packed state back.
     *
     * @param packedHash its fingerprint
     * @return the index after the last byte read
     */
    public int unpack(byte[] source, int from, long packedHash) {
        undoTo(0, packedHash);
        cursor = from;
        for (int group = 0; group < differing.length; group++) {
            for (long rest = varint(source); rest != 0; rest &= rest - 1) {
                int place = group << 6 | Long.numberOfTrailingZeros(rest);
                places[changes] = place;
                befores[changes++] = origin[place];
                words[place] = origin[place] ^ varint(source);
            }
        }
        return cursor;
    }

    private long varint(byte[] source) {
        long value = source[cursor++];
        int shift = VARINT_BITS;
        if (value >= 0) {
            return value;
        }
        value &= VARINT_MORE - 1;
        while (source[cursor] < 0) {
            value |= (long) (source[cursor++] & VARINT_MORE - 1) << shift;
            shift += VARINT_BITS;
        }
        return value | (long) source[cursor++] << shift;
    }
}
