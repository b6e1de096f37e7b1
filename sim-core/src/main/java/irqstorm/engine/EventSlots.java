// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;

/**
 * The data of the events, four longs each, in slots that are used again: nothing is allocated for an event.
 *
 * <p>Each use of a slot is a new generation. A handle is generation (40 bits) and slot (24), so the handles of earlier
 * uses name nothing. While its event is pending a slot holds the generation, afterwards the negated generation, which is
 * in no handle.
 */
final class EventSlots {
    private static final int LONGS_SHIFT = 2;
    private static final int GENERATION = 0;
    private static final int TIME = 1;
    private static final int PAYLOAD = 2;
    private static final int CAUSE = 3;

    /** A free slot holds the number of the next free one in place of its cause. */
    private static final int NEXT_FREE = CAUSE;

    private static final int NONE = -1;
    private static final int INITIAL_CAPACITY = 16;
    private static final int HANDLE_SHIFT = Integer.numberOfTrailingZeros(OrderKey.SLOT_END);
    private static final long LAST_GENERATION = -1L >>> HANDLE_SHIFT;

    private long[] longs = new long[INITIAL_CAPACITY << LONGS_SHIFT];
    private int used;
    private int firstFree = NONE;

    /** Puts an event into a slot, and returns the slot. */
    int add(long timeNanos, long payload, long cause) {
        int slot = firstFree;
        if (slot == NONE) {
            return put(newSlot(), timeNanos, payload, cause);
        }
        firstFree = (int) longs[(slot << LONGS_SHIFT) + NEXT_FREE];
        return put(slot, timeNanos, payload, cause);
    }

    private int put(int slot, long timeNanos, long payload, long cause) {
        int base = slot << LONGS_SHIFT;
        long generation = 1 - longs[base + GENERATION];
        longs[base + GENERATION] = generation;
        longs[base + TIME] = timeNanos;
        longs[base + PAYLOAD] = payload;
        longs[base + CAUSE] = cause;
        return slot;
    }

    /** The handle of the event in this slot. */
    long handle(int slot) {
        return longs[slot << LONGS_SHIFT] << HANDLE_SHIFT | slot;
    }

    /** The slot a handle names. */
    static int slotOf(long handle) {
        return OrderKey.slot(handle);
    }

    boolean isPending(long handle) {
        int slot = slotOf(handle);
        return slot < used && longs[slot << LONGS_SHIFT] == handle >>> HANDLE_SHIFT;
    }

    /** Whether the event in this slot is pending. If not, the slot is free, or its event has been cancelled. */
    boolean holdsPending(int slot) {
        return longs[slot << LONGS_SHIFT] > 0;
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
        longs[slot << LONGS_SHIFT] = -longs[slot << LONGS_SHIFT];
    }

    /** Frees a slot whose event is not pending any more, unless its generations are used up: stale handles stay stale. */
    void free(int slot) {
        int base = slot << LONGS_SHIFT;
        if (longs[base + GENERATION] > -LAST_GENERATION) {
            longs[base + NEXT_FREE] = firstFree;
            firstFree = slot;
        }
    }

    void copyFrom(EventSlots other) {
        longs = other.longs.clone();
        used = other.used;
        firstFree = other.firstFree;
    }

    /** For tests: as if a slot that is not in use had been used so many times. */
    void continueGenerationAt(int slot, long generation) {
        longs[slot << LONGS_SHIFT] = -generation;
    }

    /** A quarter more: arrays are copied more often than with doubling, but at most a fifth of them is unused. */
    static int grown(int length) {
        return length + (length >> 2);
    }

    private int newSlot() {
        if (used << LONGS_SHIFT == longs.length) {
            longs = Arrays.copyOf(longs, grown(used) << LONGS_SHIFT);
        }
        return used++;
    }
}
