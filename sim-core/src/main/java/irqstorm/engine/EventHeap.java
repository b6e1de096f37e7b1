// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * A 4-ary implicit heap of (time, order key) pairs in one array: the children of the pair at offset p are at 4p + 2 and
 * the three pairs after it. Past the end every long is {@link SimTime#NEVER}, which is least of nothing, so a pair with
 * children can be treated as having four.
 *
 * <p>Pair a is before pair b if {@code a.time - b.time + (a.order - b.order >> 63)} is negative: the shift gives -1 if
 * the key is less, which tells when the times are equal and changes nothing when they are not. Times and keys are not
 * negative, so no difference overflows.
 *
 * <p>Two tricks make the heap fast. The earliest of four siblings is chosen by arithmetic: which one it is is random, so a
 * branch on it would be mispredicted half of the time, and that costs more than all the comparisons; only siblings of one
 * time, which are rare, are told apart by branches on their keys. And the place of a removed root stays vacant until it is
 * needed: an event just removed often schedules its successor, which then goes there in one pass down instead of one down
 * and one up.
 */
final class EventHeap {
    private static final int INITIAL_CAPACITY = 16;

    private long[] pairs = empty(INITIAL_CAPACITY);
    private int size;
    private boolean rootVacant;

    /** Adds a pair. Returns false if it took the place of the vacant root, so that there are no more than before. */
    boolean add(long time, long order) {
        if (rootVacant) {
            rootVacant = false;
            siftDown(0, time, order);
            return false;
        }
        append(time, order);
        return true;
    }

    /** Fills the root's place if it is vacant; to be called before the root is looked at. */
    void settle() {
        if (rootVacant) {
            rootVacant = false;
            size--;
            int last = size * 2;
            long time = pairs[last];
            long order = pairs[last + 1];
            pairs[last] = SimTime.NEVER;
            pairs[last + 1] = SimTime.NEVER;
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

    int rootSlot() {
        return OrderKey.slot(pairs[1]);
    }

    /** Puts an event of the same time and priority in the place of the root, and leaves it the sequence number. */
    void replaceRoot(int slot) {
        pairs[1] = OrderKey.withSlot(pairs[1], slot);
    }

    void removeRoot() {
        rootVacant = true;
    }

    /** Replaces all slots, in O(size), and removes those that become {@link EventLists#NONE}. */
    void replaceAll(IntUnaryOperator newSlot) {
        settle();
        int kept = 0;
        for (int pair = 0; pair < size * 2; pair += 2) {
            int slot = newSlot.applyAsInt(OrderKey.slot(pairs[pair + 1]));
            if (slot != EventLists.NONE) {
                pairs[kept] = pairs[pair];
                pairs[kept + 1] = OrderKey.withSlot(pairs[pair + 1], slot);
                kept += 2;
            }
        }
        Arrays.fill(pairs, kept, size * 2, SimTime.NEVER);
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

    private void append(long time, long order) {
        if (capacity() == size) {
            long[] larger = empty(EventSlots.grown(size));
            System.arraycopy(pairs, 0, larger, 0, size * 2);
            pairs = larger;
        }
        long[] p = pairs;
        int hole = size * 2;
        size++;
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
     * Contains no call, not even where siblings are of one time, and has less than 325 bytes of bytecode: so much HotSpot
     * compiles into a caller, and it does well with a loop only if no call is in it.
     */
    private void siftDown(int place, long time, long order) {
        long[] p = pairs;
        int end = size * 2;
        int hole = place;
        for (int child = 4 * hole + 2; child < end; child = 4 * hole + 2) {
            // The earlier of the first two siblings, of the last two, and of these: a + min(b - a, 0). The product of
            // the differences is 0 if two are of one time. It also is if they have many factors of 2; that does no
            // harm.
            long leastTime = p[child];
            long otherTime = p[child + 4];
            long difference = p[child + 2] - leastTime;
            long otherDifference = p[child + 6] - otherTime;
            leastTime += difference & difference >> 63;
            otherTime += otherDifference & otherDifference >> 63;
            int least = child + (2 & (int) (difference >> 63));
            int other = child + 4 + (2 & (int) (otherDifference >> 63));
            long lastDifference = otherTime - leastTime;
            leastTime += lastDifference & lastDifference >> 63;
            least += other - least & (int) (lastDifference >> 63);
            if (difference * otherDifference * lastDifference == 0) {
                for (int sibling = child; sibling < child + 8; sibling += 2) {
                    if (p[sibling] == leastTime && p[sibling + 1] < p[least + 1]) {
                        least = sibling;
                    }
                }
            }
            long leastOrder = p[least + 1];
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
