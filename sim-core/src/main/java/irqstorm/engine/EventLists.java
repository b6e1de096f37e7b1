// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * First-in-first-out lists of (time, order key) pairs. They share one array, cut into chunks of eight pairs: to go through
 * a list is to go through memory in order, which at a million events is what counts, and only the last chunk of a list has
 * room to spare.
 *
 * <p>A pair is named by its offset in that array. A list is two ints: its first pair and its last one, both {@link #NONE}
 * if it is empty. To take a list is to {@link #forget} it and to go through its pairs with
 * {@link #nextTaken}.
 */
final class EventLists {
    /** The offset of no pair; the pair after it would be the first of a chunk. */
    static final int NONE = -2;

    private static final int FIRST = 0;
    private static final int LAST = 1;
    private static final int INTS_SHIFT = 1;

    private static final int CHUNK_SHIFT = 4;
    private static final int CHUNK_LONGS = 1 << CHUNK_SHIFT;
    private static final int INITIAL_CHUNKS = 16;

    private int[] ints;
    private long[] pairs = {};

    /** The chunk after each chunk, in its list or among the free ones. */
    private int[] nextChunk = {};

    private int usedChunks;
    private int firstFreeChunk = NONE;

    /** So many empty lists. */
    EventLists(int count) {
        ints = new int[count << INTS_SHIFT];
        Arrays.fill(ints, NONE);
    }

    void add(int list, long time, long order) {
        int pair = last(list) + 2;
        if ((pair & CHUNK_LONGS - 1) == 0) {
            addToNewChunk(list, time, order);
            return;
        }
        put(list, pair, time, order);
    }

    boolean isEmpty(int list) {
        return last(list) == NONE;
    }

    /** Whether a list has more chunks than so many pairs fill. If not, it has no more pairs than that. */
    boolean hasMoreThan(int list, int limit) {
        int lastChunk = last(list) >> CHUNK_SHIFT;
        int chunk = first(list) >> CHUNK_SHIFT;
        for (int left = limit >> CHUNK_SHIFT - 1; left > 0; left--) {
            if (chunk == lastChunk) {
                return false;
            }
            chunk = nextChunk[chunk];
        }
        return true;
    }

    int first(int list) {
        return ints[(list << INTS_SHIFT) + FIRST];
    }

    int last(int list) {
        return ints[(list << INTS_SHIFT) + LAST];
    }

    long time(int pair) {
        return pairs[pair];
    }

    long order(int pair) {
        return pairs[pair + 1];
    }

    /** The pair after this one in its list, of which it is not the last. */
    int next(int pair) {
        int next = pair + 2;
        return (next & CHUNK_LONGS - 1) == 0 ? nextChunk[pair >> CHUNK_SHIFT] << CHUNK_SHIFT : next;
    }

    void removeFirst(int list) {
        int base = list << INTS_SHIFT;
        int next = nextTaken(ints[base + FIRST], ints[base + LAST]);
        if (next == NONE) {
            forget(list);
        } else {
            ints[base + FIRST] = next;
        }
    }

    /** Makes a list empty. Its chunks stay in use until {@link #nextTaken} has passed them. */
    void forget(int list) {
        int base = list << INTS_SHIFT;
        ints[base + FIRST] = NONE;
        ints[base + LAST] = NONE;
    }

    /** As {@link #next}, or {@link #NONE} after the last; frees the chunks it leaves. */
    int nextTaken(int pair, int last) {
        int next = pair + 2;
        if (pair != last && (next & CHUNK_LONGS - 1) != 0) {
            return next;
        }
        int chunk = pair >> CHUNK_SHIFT;
        next = pair == last ? NONE : nextChunk[chunk] << CHUNK_SHIFT;
        nextChunk[chunk] = firstFreeChunk;
        firstFreeChunk = chunk;
        return next;
    }

    /** Removes all pairs of a list whose order key satisfies the condition. */
    void removeIf(int list, LongPredicate orderCondition) {
        int last = last(list);
        int pair = first(list);
        forget(list);
        while (pair != NONE) {
            if (!orderCondition.test(order(pair))) {
                add(list, time(pair), order(pair));
            }
            pair = nextTaken(pair, last);
        }
    }

    void copyFrom(EventLists other) {
        ints = other.ints.clone();
        pairs = other.pairs.clone();
        nextChunk = other.nextChunk.clone();
        usedChunks = other.usedChunks;
        firstFreeChunk = other.firstFreeChunk;
    }

    private void put(int list, int pair, long time, long order) {
        ints[(list << INTS_SHIFT) + LAST] = pair;
        pairs[pair] = time;
        pairs[pair + 1] = order;
    }

    private void addToNewChunk(int list, long time, long order) {
        int chunk = takeChunk();
        int base = list << INTS_SHIFT;
        if (ints[base + FIRST] == NONE) {
            ints[base + FIRST] = chunk << CHUNK_SHIFT;
        } else {
            nextChunk[ints[base + LAST] >> CHUNK_SHIFT] = chunk;
        }
        put(list, chunk << CHUNK_SHIFT, time, order);
    }

    private int takeChunk() {
        int chunk = firstFreeChunk;
        if (chunk != NONE) {
            firstFreeChunk = nextChunk[chunk];
            return chunk;
        }
        if (usedChunks == nextChunk.length) {
            int chunks = Math.max(INITIAL_CHUNKS, EventSlots.grown(usedChunks));
            pairs = Arrays.copyOf(pairs, chunks << CHUNK_SHIFT);
            nextChunk = Arrays.copyOf(nextChunk, chunks);
        }
        return usedChunks++;
    }
}
