// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * A sorted array of (time, order key) pairs, at most {@value #CAPACITY}, that is filled, sorted and then used up.
 *
 * <p>Sorting so few pairs costs less than passing them through a heap, because hardly anything depends on the outcome of a
 * comparison: they are distributed over 64 places by the bits in which their times begin to differ, and what is out of
 * order then (little, if the times are spread evenly) is moved by insertion.
 */
final class EventRun {
    static final int CAPACITY = 256;

    private static final int DIGIT_BITS = 6;
    private static final int DIGITS = 1 << DIGIT_BITS;

    /** From how many pairs on distributing pays. */
    private static final int WORTH_DISTRIBUTING = 12;

    /** The pairs, and {@link SimTime#NEVER} twice after the last. */
    private long[] pairs = {SimTime.NEVER, SimTime.NEVER};

    private long[] otherPairs = {};
    private int[] places = {};
    private int next;
    private int end;

    /** The time of the first pair, or {@link SimTime#NEVER} if there is none. */
    long time() {
        return pairs[next];
    }

    long order() {
        return pairs[next + 1];
    }

    void removeFirst() {
        next += 2;
    }

    boolean isEmpty() {
        return next == end;
    }

    int size() {
        return end - next >> 1;
    }

    /** Empties the run; {@link #add} and {@link #sort} are to follow. */
    void begin() {
        if (places.length == 0) {
            pairs = new long[2 * CAPACITY + 2];
            otherPairs = new long[2 * CAPACITY + 2];
            places = new int[DIGITS];
        }
        next = 0;
        end = 0;
    }

    void add(long time, long order) {
        pairs[end] = time;
        pairs[end + 1] = order;
        end += 2;
    }

    void sort() {
        if (end >= 2 * WORTH_DISTRIBUTING) {
            long times = 0;
            long orders = 0;
            for (int pair = 2; pair < end; pair += 2) {
                times |= pairs[pair] ^ pairs[0];
                orders |= pairs[pair + 1] ^ pairs[1];
            }
            if (orders >>> OrderKey.PRIORITY_SHIFT != 0) {
                distribute(1, OrderKey.PRIORITY_SHIFT);
            }
            if (times != 0) {
                distribute(0, Math.max(0, Long.SIZE - DIGIT_BITS - Long.numberOfLeadingZeros(times)));
            }
        }
        insert();
        pairs[end] = SimTime.NEVER;
        pairs[end + 1] = SimTime.NEVER;
    }

    /** The time of the last pair of a sorted run. */
    long lastTime() {
        return pairs[end - 2];
    }

    /** Removes all pairs whose order key satisfies the condition. */
    void removeIf(LongPredicate orderCondition) {
        end = Pairs.removeIf(pairs, next, end, orderCondition);
    }

    void copyFrom(EventRun other) {
        pairs = other.pairs.clone();
        otherPairs = other.otherPairs.clone();
        places = other.places.clone();
        next = other.next;
        end = other.end;
    }

    /** Sorts by a digit of one of the two longs, and leaves those in their order whose digits are equal. */
    private void distribute(int which, int shift) {
        Arrays.fill(places, 0);
        for (int pair = 0; pair < end; pair += 2) {
            places[(int) (pairs[pair + which] >>> shift) & DIGITS - 1]++;
        }
        int place = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int pairsHere = places[digit];
            places[digit] = place;
            place += 2 * pairsHere;
        }
        for (int pair = 0; pair < end; pair += 2) {
            int digit = (int) (pairs[pair + which] >>> shift) & DIGITS - 1;
            int to = places[digit];
            places[digit] = to + 2;
            otherPairs[to] = pairs[pair];
            otherPairs[to + 1] = pairs[pair + 1];
        }
        long[] sorted = otherPairs;
        otherPairs = pairs;
        pairs = sorted;
    }

    private void insert() {
        long[] p = pairs;
        for (int pair = 2; pair < end; pair += 2) {
            long time = p[pair];
            long order = p[pair + 1];
            int hole = pair;
            while (hole > 0 && time - p[hole - 2] + (order - p[hole - 1] >> 63) < 0) {
                p[hole] = p[hole - 2];
                p[hole + 1] = p[hole - 1];
                hole -= 2;
            }
            p[hole] = time;
            p[hole + 1] = order;
        }
    }
}
