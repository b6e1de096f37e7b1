// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * A tournament of events that the first of all wins (a tree of winners: Knuth, The Art of Computer Programming, volume 3,
 * section 5.2.3). Events are at the leaves of a binary tree, and every node above has the time and the order key of the first
 * event below it. Nodes 2n and 2n + 1 are below node n, node 1 is the root, and the leaves are the second half of the nodes. The
 * time of a leaf without an event is {@link SimTime#NEVER}, whatever its key.
 *
 * <p>Two things make it faster than a heap. Where a new event has to be compared does not depend on how the comparisons end, so
 * the processor reads all that ahead; and HotSpot makes conditional moves of matches as simple as these, where a branch
 * would be mispredicted half of the time, which costs more than a match. And the leaf of a winner that was removed stays vacant
 * until it is needed: such an event often schedules its successor, which then takes the leaf, in one pass instead of two.
 */
final class EventTournament {
    private static final int LEAST_CAPACITY = 6;

    private long[] times = {};
    private long[] orders = {};

    /** For each leaf the slot of its event, or the next free leaf. */
    private int[] slots = {};

    /** What the root has, because it is looked at several times an event. */
    private long rootTime;

    private long rootOrder;

    /** The free leaf used last, or the capacity if none is free. */
    private int firstFree;

    private int size;
    private boolean rootVacant;

    EventTournament() {
        rebuild(LEAST_CAPACITY, IntUnaryOperator.identity());
    }

    /** Adds an event. Returns false if it took the leaf of the vacant root, so that there are no more than before. */
    boolean add(long time, int priority, long sequence, int slot) {
        boolean isOneMore = !rootVacant;
        int leaf = isOneMore ? takeLeaf() : rootLeaf();
        rootVacant = false;
        slots[leaf] = slot;
        play(leaf, time, OrderKey.of(priority, sequence, leaf));
        return isOneMore;
    }

    private int takeLeaf() {
        if (size == slots.length) {
            rebuild(EventSlots.grown(size), IntUnaryOperator.identity());
        }
        size++;
        int leaf = firstFree;
        firstFree = slots[leaf];
        return leaf;
    }

    /** Gives the leaf of a vacant root back; to be called before the root is looked at. */
    void settle() {
        if (rootVacant) {
            rootVacant = false;
            int leaf = rootLeaf();
            slots[leaf] = firstFree;
            firstFree = leaf;
            size--;
            play(leaf, SimTime.NEVER, 0);
            if (size < slots.length / 4 && slots.length >= 2 * LEAST_CAPACITY) {
                rebuild(slots.length / 2, IntUnaryOperator.identity());
            }
        }
    }

    /** How many events there are, counting a vacant root. */
    int size() {
        return size;
    }

    /** How many events there is room for: each match of an event costs the same, so it should not be far too much. */
    int capacity() {
        return slots.length;
    }

    long rootTime() {
        return rootTime;
    }

    int rootSlot() {
        return slots[rootLeaf()];
    }

    /** Puts an event of the same time and priority in the place of the root's, and leaves it the sequence number. */
    void replaceRoot(int slot) {
        slots[rootLeaf()] = slot;
    }

    void removeRoot() {
        rootVacant = true;
    }

    /** Replaces all slots, in O(size), and removes those that become {@link EventLists#NONE}. */
    void replaceAll(IntUnaryOperator newSlot) {
        settle();
        rebuild(slots.length, newSlot);
    }

    void copyFrom(EventTournament other) {
        times = other.times.clone();
        orders = other.orders.clone();
        slots = other.slots.clone();
        firstFree = other.firstFree;
        size = other.size;
        rootTime = other.rootTime;
        rootOrder = other.rootOrder;
        rootVacant = other.rootVacant;
    }

    private int rootLeaf() {
        return OrderKey.leaf(rootOrder);
    }

    /** Has the event of a leaf play against all it can meet on its way up. */
    private void play(int leaf, long time, long order) {
        long[] t = times;
        long[] o = orders;
        int node = slots.length + leaf;
        long firstTime = time;
        long firstOrder = order;
        while (node > 1) {
            t[node] = firstTime;
            o[node] = firstOrder;
            long otherTime = t[node ^ 1];
            long otherOrder = o[node ^ 1];
            if (difference(otherTime, otherOrder, firstTime, firstOrder) < 0) {
                firstTime = otherTime;
                firstOrder = otherOrder;
            }
            node >>= 1;
        }
        rootTime = firstTime;
        rootOrder = firstOrder;
    }

    /** Makes it a tournament of so many leaves, of which the events get the first, and replaces slots as {@link #replaceAll} does. */
    private void rebuild(int capacity, IntUnaryOperator newSlot) {
        long[] formerTimes = times;
        long[] formerOrders = orders;
        int[] formerSlots = slots;
        if (capacity != formerSlots.length) {
            times = new long[2 * capacity];
            orders = new long[2 * capacity];
            slots = new int[capacity];
        }
        int leaf = 0;
        for (int former = 0; former < formerSlots.length; former++) {
            long time = formerTimes[formerSlots.length + former];
            int slot = time == SimTime.NEVER ? EventLists.NONE : newSlot.applyAsInt(formerSlots[former]);
            if (slot != EventLists.NONE) {
                times[capacity + leaf] = time;
                orders[capacity + leaf] = OrderKey.withLeaf(formerOrders[formerSlots.length + former], leaf);
                slots[leaf] = slot;
                leaf++;
            }
        }
        size = leaf;
        firstFree = leaf;
        Arrays.fill(times, capacity + leaf, 2 * capacity, SimTime.NEVER);
        for (; leaf < capacity; leaf++) {
            slots[leaf] = leaf + 1;
        }
        playAll();
    }

    private void playAll() {
        for (int node = slots.length - 1; node > 0; node--) {
            int one = 2 * node;
            int other = one + 1;
            int first = difference(times[other], orders[other], times[one], orders[one]) < 0 ? other : one;
            times[node] = times[first];
            orders[node] = orders[first];
        }
        rootTime = times[1];
        rootOrder = orders[1];
    }

    /**
     * Negative if the one is before the other. The shift gives -1 if its key is less, which tells when the times are equal
     * and changes nothing when they are not. Times and keys are not negative, so no difference overflows.
     */
    private static long difference(long time, long order, long otherTime, long otherOrder) {
        return time - otherTime + (order - otherOrder >> 63);
    }
}
