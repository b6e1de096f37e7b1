// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;

/**
 * The data of the events, four longs each, in slots that are used again: nothing is allocated for an event.
 *
 * <p>Each use of a slot is a new generation. A handle is generation (36 bits), priority (3) and slot (24), so the handles of
 * earlier uses name nothing. A slot has a link to another one: while its event is in a {@link EventChains chain}, to the next
 * there, when it is free, to the next free one. A new event is linked to itself; while it waits elsewhere the link means nothing.
 */
final class EventSlots {
    private static final int LONGS_SHIFT = 2;

    /** The handle of the event, with the link in place of the slot. The sign bit is set if the event is not pending. */
    private static final int STATE = 0;

    private static final int TIME = 1;
    private static final int PAYLOAD = 2;
    private static final int CAUSE = 3;

    private static final long NOT_PENDING = Long.MIN_VALUE;

    /** Slots are numbered from 0 to below this: room for the pending events, and as many cancelled ones. */
    private static final int SLOT_END = 2 * EventQueue.LARGEST_MAX_PENDING;

    private static final int LINK = SLOT_END - 1;
    private static final int PRIORITY_SHIFT = Integer.numberOfTrailingZeros(SLOT_END);
    private static final int PRIORITIES = 1 << OrderKey.PRIORITY_BITS;
    private static final long LINK_AND_PRIORITY = ((long) PRIORITIES << PRIORITY_SHIFT) - 1;

    private static final int INITIAL_CAPACITY = 16;

    private long[] longs = {};

    /** The free slot used last, or the number of slots if none is free. */
    private int firstFree;

    EventSlots() {
        grow(INITIAL_CAPACITY);
    }

    /** Puts an event into a slot, and returns its handle. */
    long add(long timeNanos, int priority, long payload, long cause) {
        int slot = firstFree;
        if (slot << LONGS_SHIFT == longs.length) {
            grow(grown(slot));
        }
        firstFree = next(slot);
        return put(slot, timeNanos, priority, payload, cause);
    }

    private long put(int slot, long timeNanos, int priority, long payload, long cause) {
        int base = slot << LONGS_SHIFT;
        long generation = (longs[base + STATE] | LINK_AND_PRIORITY) + 1 & ~NOT_PENDING;
        long handle = generation | (long) priority << PRIORITY_SHIFT | slot;
        longs[base + STATE] = handle;
        longs[base + TIME] = timeNanos;
        longs[base + PAYLOAD] = payload;
        longs[base + CAUSE] = cause;
        return handle;
    }

    /** The handle of the pending event in this slot. */
    long handle(int slot) {
        return longs[slot << LONGS_SHIFT] & ~LINK | slot;
    }

    /** The slot a handle names. */
    static int slotOf(long handle) {
        return (int) handle & LINK;
    }

    boolean isPending(long handle) {
        int slot = slotOf(handle);
        return slot << LONGS_SHIFT < longs.length && (longs[slot << LONGS_SHIFT] ^ handle) >>> PRIORITY_SHIFT == 0;
    }

    /** Whether the event of this handle is pending, is for this time, and is linked to itself. */
    boolean isPendingEnd(long handle, long timeNanos) {
        int base = slotOf(handle) << LONGS_SHIFT;
        return longs[base + STATE] == handle && longs[base + TIME] == timeNanos;
    }

    /** Whether the events of two handles have one priority. */
    static boolean haveOnePriority(long handle, long otherHandle) {
        return ((handle ^ otherHandle) >>> PRIORITY_SHIFT & PRIORITIES - 1) == 0;
    }

    /** Whether the event in this slot is pending. If not, the slot is free, or its event has been cancelled. */
    boolean holdsPending(int slot) {
        return longs[slot << LONGS_SHIFT] > 0;
    }

    /** The slot this one is linked to. */
    int next(int slot) {
        return (int) longs[slot << LONGS_SHIFT] & LINK;
    }

    void link(int slot, int next) {
        longs[slot << LONGS_SHIFT] = longs[slot << LONGS_SHIFT] & ~LINK | next;
    }

    /** The rank of the event's priority. */
    int priority(int slot) {
        return (int) (longs[slot << LONGS_SHIFT] >>> PRIORITY_SHIFT) & PRIORITIES - 1;
    }

    /** Whether two events have one time and one priority. */
    boolean areTied(int slot, int otherSlot) {
        return time(slot) == time(otherSlot) && priority(slot) == priority(otherSlot);
    }

    long time(int slot) {
        return longs[(slot << LONGS_SHIFT) + TIME];
    }

    long payload(int slot) {
        return longs[(slot << LONGS_SHIFT) + PAYLOAD];
    }

    long cause(int slot) {
        return longs[(slot << LONGS_SHIFT) + CAUSE];
    }

    /** Makes the handles of a pending event stale. Its slot is not free yet. */
    void retire(int slot) {
        longs[slot << LONGS_SHIFT] |= NOT_PENDING;
    }

    /** Frees a slot, of an event pending or not, unless its generations are used up: handles that are stale, or become so now, stay stale. */
    void free(int slot) {
        int base = slot << LONGS_SHIFT;
        long state = longs[base + STATE] | NOT_PENDING;
        boolean usedUp = (state | LINK_AND_PRIORITY) == -1;
        longs[base + STATE] = usedUp ? state : state & ~LINK | firstFree;
        firstFree = usedUp ? firstFree : slot;
    }

    void copyFrom(EventSlots other) {
        longs = other.longs.clone();
        firstFree = other.firstFree;
    }

    /** For tests: as if a free slot had been used so many times. */
    void continueGenerationAt(int slot, long generation) {
        longs[slot << LONGS_SHIFT] = NOT_PENDING | generation * PRIORITIES << PRIORITY_SHIFT | next(slot);
    }

    /** A quarter more: arrays are copied more often than with doubling, but at most a fifth of them is unused. */
    static int grown(int length) {
        return length + (length >> 2);
    }

    /** Has so many slots; those that are new are free, and the last ones to be used. */
    private void grow(int count) {
        int former = longs.length >> LONGS_SHIFT;
        longs = Arrays.copyOf(longs, count << LONGS_SHIFT);
        for (int slot = former; slot < count; slot++) {
            longs[slot << LONGS_SHIFT] = NOT_PENDING | slot + 1;
        }
    }
}
