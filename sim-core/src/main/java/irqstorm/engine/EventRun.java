// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Up to {@value #CAPACITY} events that are put in, sorted and then used up.
 *
 * <p>What is sorted are keys of one long: time since the start of the run (52 bits), priority (3) and the number of the
 * event in the order of putting in (8), which settles ties. Sorting so few costs less than passing them through a tournament,
 * because hardly anything depends on the outcome of a comparison: they are distributed over {@value #DIGITS} places by the bits in which
 * they begin to differ, and what is out of order then (little, if the times are spread evenly) is moved by insertion.
 */
final class EventRun {
    private static final int NUMBER_BITS = 8;

    static final int CAPACITY = 1 << NUMBER_BITS;

    private static final int TIME_SHIFT = NUMBER_BITS + OrderKey.PRIORITY_BITS;

    private static final int DIGIT_BITS = 7;
    private static final int DIGITS = 1 << DIGIT_BITS;

    /** From how many events on distributing pays. */
    private static final int WORTH_DISTRIBUTING = 12;

    private int[] slots = {};
    private long[] keys = {};
    private long[] otherKeys = {};
    private int[] places = {};
    private long startTime;
    private int next;
    private int end;

    /** In which bits keys differ from the first; needed until they are sorted. */
    private long differences;

    /** Whether an event may be so long after the start of the run: less than 2 to the power of so many bits. */
    static boolean canHold(int bits) {
        return bits <= Long.SIZE - 1 - TIME_SHIFT;
    }

    /** The time of the first event, if there is one. */
    long time() {
        return startTime + (keys[next] >>> TIME_SHIFT);
    }

    /** The priority of the first event, if there is one. */
    int priority() {
        return (int) (keys[next] >>> NUMBER_BITS) & (1 << OrderKey.PRIORITY_BITS) - 1;
    }

    /** The slot of the first event, if there is one. */
    int slot() {
        return slots[(int) keys[next] & CAPACITY - 1];
    }

    void removeFirst() {
        next++;
    }

    boolean isEmpty() {
        return next == end;
    }

    int size() {
        return end - next;
    }

    /** Empties the run, and sets a time before which no event will be; {@link #add} and {@link #sort} are to follow. */
    void begin(long startTime) {
        if (slots.length == 0) {
            slots = new int[CAPACITY];
            keys = new long[CAPACITY];
            otherKeys = new long[CAPACITY];
            places = new int[DIGITS];
        }
        this.startTime = startTime;
        next = 0;
        end = 0;
        differences = 0;
    }

    void add(long time, int priority, int slot) {
        slots[end] = slot;
        long key = (time - startTime) << TIME_SHIFT | (long) priority << NUMBER_BITS | end;
        keys[end] = key;
        differences |= key ^ keys[0];
        end++;
    }

    void sort() {
        if (end >= WORTH_DISTRIBUTING && differences >= CAPACITY) {
            distribute(Math.max(NUMBER_BITS, Long.SIZE - DIGIT_BITS - Long.numberOfLeadingZeros(differences)));
        }
        insert();
    }

    /** The time of the last event of a sorted run. */
    long lastTime() {
        return startTime + (keys[end - 1] >>> TIME_SHIFT);
    }

    /** Removes all events whose slot satisfies the condition. */
    void removeIf(IntPredicate slotCondition) {
        int kept = next;
        for (int i = next; i < end; i++) {
            keys[kept] = keys[i];
            if (!slotCondition.test(slots[(int) keys[i] & CAPACITY - 1])) {
                kept++;
            }
        }
        end = kept;
    }

    void copyFrom(EventRun other) {
        slots = other.slots.clone();
        keys = other.keys.clone();
        otherKeys = other.otherKeys.clone();
        places = other.places.clone();
        startTime = other.startTime;
        next = other.next;
        end = other.end;
    }

    /** Sorts by a digit, and leaves those in their order whose digits are equal. */
    private void distribute(int shift) {
        int[] place = places;
        long[] from = keys;
        long[] to = otherKeys;
        Arrays.fill(place, 0);
        for (int i = 0; i < end; i++) {
            place[(int) (from[i] >>> shift) & DIGITS - 1]++;
        }
        int sum = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int here = place[digit];
            place[digit] = sum;
            sum += here;
        }
        for (int i = 0; i < end; i++) {
            int digit = (int) (from[i] >>> shift) & DIGITS - 1;
            to[place[digit]++] = from[i];
        }
        keys = to;
        otherKeys = from;
    }

    private void insert() {
        long[] k = keys;
        for (int i = 1; i < end; i++) {
            long key = k[i];
            int hole = i;
            while (hole > 0 && k[hole - 1] > key) {
                k[hole] = k[hole - 1];
                hole--;
            }
            k[hole] = key;
        }
    }
}
