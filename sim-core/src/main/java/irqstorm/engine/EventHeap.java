// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * A 4-ary implicit heap of (time, order key) pairs in one array: the children of the pair at offset p are at 4p + 2 and
 * the three pairs after it. Past the end every long is {@link SimTime#NEVER}, which is least of nothing, so a pair with
 * children can be treated as having four.
 *
 * <p>Pair a is before pair b if {@code a.time - b.time + (a.order - b.order >> 63)} is negative: the shift gives -1 if
 * the key is less, which tells when the times are equal and changes nothing when they are not. Times and keys are not
 * negative, so no difference overflows.
 *
 * <p>Two tricks make the heap fast. The least of four siblings is chosen by arithmetic: which one it is is random, so a
 * branch on it would be mispredicted half of the time, and that costs more than all the comparisons. And the place of a
 * removed root stays vacant until it is needed: an event just removed often schedules its successor, which then goes there
 * in one pass down instead of one down and one up.
 */
final class EventHeap {
    private static final int INITIAL_CAPACITY = 16;

    private long[] pairs = empty(INITIAL_CAPACITY);
    private int size;
    private boolean rootVacant;

    void add(long time, long order) {
        if (rootVacant) {
            rootVacant = false;
            siftDown(0, time, order);
            return;
        }
        if (capacity() == size) {
            long[] larger = empty(size * 2);
            System.arraycopy(pairs, 0, larger, 0, size * 2);
            pairs = larger;
        }
        siftUp(size * 2, time, order);
        size++;
    }

    /** Fills the root's place if it is vacant; to be called before the root is looked at. */
    void settle() {
        if (rootVacant) {
            rootVacant = false;
            size--;
            int last = size * 2;
            long time = pairs[last];
            long order = pairs[last + 1];
            Arrays.fill(pairs, last, last + 2, SimTime.NEVER);
            if (size > 0) {
                siftDown(0, time, order);
            }
        }
    }

    /** How many pairs there are, counting a vacant root. */
    int size() {
        return size;
    }

    long rootTime() {
        return pairs[0];
    }

    long rootOrder() {
        return pairs[1];
    }

    void removeRoot() {
        rootVacant = true;
    }

    /** Removes all pairs whose order key satisfies the condition, in O(size). */
    void removeIf(LongPredicate orderCondition) {
        settle();
        int end = size * 2;
        int kept = 0;
        for (int pair = 0; pair < end; pair += 2) {
            if (!orderCondition.test(pairs[pair + 1])) {
                pairs[kept] = pairs[pair];
                pairs[kept + 1] = pairs[pair + 1];
                kept += 2;
            }
        }
        Arrays.fill(pairs, kept, end, SimTime.NEVER);
        size = kept / 2;
        for (int pair = parentOf(kept - 2); pair >= 0; pair -= 2) {
            siftDown(pair, pairs[pair], pairs[pair + 1]);
        }
    }

    void copyFrom(EventHeap other) {
        pairs = other.pairs.clone();
        size = other.size;
        rootVacant = other.rootVacant;
    }

    /** An array for so many pairs, and the three siblings the last of them may lack. */
    private static long[] empty(int capacity) {
        long[] empty = new long[(capacity + 3) * 2];
        Arrays.fill(empty, SimTime.NEVER);
        return empty;
    }

    private int capacity() {
        return pairs.length / 2 - 3;
    }

    private static int parentOf(int pair) {
        return (pair - 2 >> 3) * 2;
    }

    private void siftUp(int place, long time, long order) {
        long[] p = pairs;
        int hole = place;
        while (hole > 0) {
            int parent = parentOf(hole);
            if (time - p[parent] + (order - p[parent + 1] >> 63) >= 0) {
                break;
            }
            p[hole] = p[parent];
            p[hole + 1] = p[parent + 1];
            hole = parent;
        }
        p[hole] = time;
        p[hole + 1] = order;
    }

    /**
     * Every caller runs this one compiled method: at 333 bytes of bytecode it is just beyond what HotSpot inlines (325),
     * where it would be a tenth slower for want of registers.
     */
    private void siftDown(int place, long time, long order) {
        long[] p = pairs;
        int end = size * 2;
        int hole = place;
        for (int child = 4 * hole + 2; child < end; child = 4 * hole + 2) {
            // The lesser of the first two siblings, of the last two, and of these: each is a + (b - a & mask).
            long leastTime = p[child];
            long leastOrder = p[child + 1];
            long timeDifference = p[child + 2] - leastTime;
            long orderDifference = p[child + 3] - leastOrder;
            long mask = timeDifference + (orderDifference >> 63) >> 63;
            leastTime += timeDifference & mask;
            leastOrder += orderDifference & mask;
            int least = child + (2 & (int) mask);

            long otherTime = p[child + 4];
            long otherOrder = p[child + 5];
            timeDifference = p[child + 6] - otherTime;
            orderDifference = p[child + 7] - otherOrder;
            mask = timeDifference + (orderDifference >> 63) >> 63;
            otherTime += timeDifference & mask;
            otherOrder += orderDifference & mask;
            int other = child + 4 + (2 & (int) mask);

            timeDifference = otherTime - leastTime;
            orderDifference = otherOrder - leastOrder;
            mask = timeDifference + (orderDifference >> 63) >> 63;
            leastTime += timeDifference & mask;
            leastOrder += orderDifference & mask;
            least += other - least & (int) mask;

            if (time - leastTime + (order - leastOrder >> 63) < 0) {
                break;
            }
            p[hole] = leastTime;
            p[hole + 1] = leastOrder;
            hole = least;
        }
        p[hole] = time;
        p[hole + 1] = order;
    }
}
