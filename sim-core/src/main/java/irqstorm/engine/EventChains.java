// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;

/**
 * Chains of events of one time and priority in the tournament, linked in the order of scheduling. Only the first of a chain
 * plays there; when it is removed the next one takes over its leaf, and nothing has to be sorted.
 *
 * <p>The end of a chain is found in a small table, at a place that depends on time and priority, where the newest event is
 * noted of all those that have their place there. So an event is not always added to a chain of its time and priority,
 * but if not, then none ever is again: chains of one time and priority follow each other as their events do.
 *
 * <p>To look into the table costs a little at every event, so it is done only while many events share an instant.
 */
final class EventChains {
    private static final int TABLE_BITS = 9;

    /** The golden ratio: its multiples spread evenly over the upper bits (Knuth, 1973). */
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final EventSlots slots;

    /** For each place the handle of the newest event. */
    private long[] newest = {};

    private boolean used;

    /** How many events are in a chain, but not the first. */
    private int followers;

    EventChains(EventSlots slots) {
        this.slots = slots;
    }

    /** Whether events are added to chains. */
    boolean areUsed() {
        return used;
    }

    /** Has events added to chains from now on; none of the events so far is an end that is known. */
    void begin() {
        if (newest.length == 0) {
            newest = new long[1 << TABLE_BITS];
        }
        Arrays.fill(newest, 0);
        used = true;
    }

    /** Has no more events added. */
    void end() {
        used = false;
    }

    /** Adds an event to the chain of its time and priority. Returns false if no end of such a chain is known. */
    boolean extend(long time, int priority, long handle) {
        long key = time << OrderKey.PRIORITY_BITS | priority;
        int place = (int) (key * MULTIPLIER >>> Long.SIZE - TABLE_BITS);
        long end = newest[place];
        newest[place] = handle;
        // This compares handles, where EventSlots.areTied would wait for the new event's slot: a tenth slower.
        if (!slots.isPendingEnd(end, time) || !EventSlots.haveOnePriority(end, handle)) {
            used = followers > 0;
            return false;
        }
        slots.link(EventSlots.slotOf(end), EventSlots.slotOf(handle));
        followers++;
        return true;
    }

    /** Parts an event from the chain whose first it is. Returns the next one, or {@link EventLists#NONE} if there is none. */
    int removeFirst(int first) {
        int next = slots.next(first);
        if (next == first) {
            return EventLists.NONE;
        }
        followers--;
        return next;
    }

    /** Frees the cancelled events of a chain. Returns the first one left, or {@link EventLists#NONE}. */
    int removeCancelled(int first) {
        int newFirst = EventLists.NONE;
        int end = EventLists.NONE;
        int slot = first;
        while (slot != EventLists.NONE) {
            int rest = removeFirst(slot);
            if (!slots.holdsPending(slot)) {
                slots.free(slot);
            } else {
                if (newFirst == EventLists.NONE) {
                    newFirst = slot;
                } else {
                    slots.link(end, slot);
                    followers++;
                }
                end = slot;
                slots.link(end, end);
            }
            slot = rest;
        }
        return newFirst;
    }

    void copyFrom(EventChains other) {
        followers = other.followers;
        used = false;
        if (other.used) {
            begin();
        }
    }
}
