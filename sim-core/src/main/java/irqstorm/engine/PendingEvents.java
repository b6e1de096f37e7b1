// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.function.IntPredicate;

/**
 * The slots of all events that are pending, and of the cancelled ones that have not been reached yet, in their order.
 *
 * <p>Few events are in a heap. If there are more, those later than the base of an {@link EventWheel} wait in its lists,
 * and the heap has the events of the earliest list when it is due, and what is scheduled for times up to the base, which is
 * little. A list that is too long is dealt to finer ones first. If all its events share an instant, it becomes the
 * {@link EventInstant}: the heap then has earlier events only.
 *
 * <p>Events of one instant and priority are in one list, or in the heap, where sequence numbers keep them in the order in
 * which they came there. They came in the order of scheduling, because all lists are first-in-first-out.
 */
final class PendingEvents {
    /** So many events in the heap are better off in the wheel. */
    private static final int MOST_IN_HEAP = 512;

    /** So few events are better off in the heap. */
    private static final int FEW = 256;

    /** A run shorter than this is continued by the next list. */
    private static final int SHORT_RUN = 16;

    /** The lists of a coarser level are longer than a run can be. */
    private static final int MOST_LEVEL = 5;

    private final EventSlots slots;
    private final EventHeap heap = new EventHeap();
    private final EventRun run = new EventRun();
    private final EventLists lists;
    private final EventWheel wheel;
    private final EventInstant instant;

    /** Kept, because a new one for every sweep would be garbage. */
    private final IntPredicate freeIfCancelled = this::freeIfCancelled;

    private long nextSequence;
    private int size;
    private int cancelled;

    /** No events. Time and priority of an event, and whether it is cancelled, are seen at its slot. */
    PendingEvents(EventSlots slots) {
        this.slots = slots;
        lists = new EventLists(slots, EventWheel.LISTS + EventInstant.LISTS);
        wheel = new EventWheel(slots, lists);
        instant = new EventInstant(slots, lists, EventWheel.LISTS);
    }

    /** Adds an event, and returns its handle. */
    long add(long time, int priority, long payload, long cause) {
        long handle = slots.add(time, priority, payload, cause);
        int slot = EventSlots.slotOf(handle);
        size++;
        if (time > wheel.base()) {
            int before = wheel.append(time, slot);
            if (before != EventLists.NONE) {
                slots.link(before, slot);
            }
        } else if (time == instant.time()) {
            instant.add(slot);
        } else if (addToHeap(time, priority, slot) && heap.size() == MOST_IN_HEAP
                || nextSequence == OrderKey.SEQUENCE_END) {
            returnToWheel();
        }
        return handle;
    }

    /** Notes that the event of one of the slots has been cancelled. If most of the events are, they are taken out. */
    void addCancelled() {
        cancelled++;
        if (2 * cancelled > size) {
            sweep();
        }
    }

    /** How many events are pending. */
    int live() {
        return size - cancelled;
    }

    /** The time of the first pending event, or {@link SimTime#NEVER} if there is none. */
    long firstTime() {
        while (true) {
            heap.settle();
            long time = isRunFirst() ? run.time() : heap.rootTime();
            if (time == SimTime.NEVER) {
                if (!instant.isEmpty()) {
                    time = instant.time();
                } else if (wheel.isEmpty()) {
                    return SimTime.NEVER;
                } else {
                    takeFromWheel();
                    continue;
                }
            }
            if (cancelled == 0 || slots.holdsPending(first())) {
                return time;
            }
            slots.free(removeFirst());
            cancelled--;
        }
    }

    /** Removes the event whose time {@link #firstTime} has just told, and returns its slot. */
    int removeFirst() {
        size--;
        int slot;
        if (isRunFirst()) {
            slot = run.slot();
            run.removeFirst();
        } else if (heap.rootTime() != SimTime.NEVER) {
            slot = heap.rootSlot();
            heap.removeRoot();
        } else {
            slot = instant.first();
            instant.removeFirst();
        }
        return slot;
    }

    /** For tests: as if at least so many sequence numbers had been given out. */
    void continueSequenceAt(long sequence) {
        nextSequence = Math.max(nextSequence, sequence);
    }

    void copyFrom(PendingEvents other) {
        heap.copyFrom(other.heap);
        run.copyFrom(other.run);
        lists.copyFrom(other.lists);
        wheel.copyFrom(other.wheel);
        instant.copyFrom(other.instant);
        nextSequence = other.nextSequence;
        size = other.size;
        cancelled = other.cancelled;
    }

    /** If an event of the run and one of the heap are alike, that of the run was scheduled before. */
    private boolean isRunFirst() {
        if (run.isEmpty()) {
            return false;
        }
        long difference = run.time() - heap.rootTime();
        return difference < 0 || difference == 0 && run.priority() <= slots.priority(heap.rootSlot());
    }

    private int first() {
        if (isRunFirst()) {
            return run.slot();
        }
        return heap.rootTime() != SimTime.NEVER ? heap.rootSlot() : instant.first();
    }

    private boolean addToHeap(long time, int priority, int slot) {
        return heap.add(time, OrderKey.of(priority, nextSequence++, slot));
    }

    /** Moves the earliest events of the wheel to where they can be removed in order; the other places are empty. */
    private void takeFromWheel() {
        instant.setTime(SimTime.NEVER);
        nextSequence = 0;
        if (size <= FEW) {
            takeAll();
            return;
        }
        while (true) {
            int list = wheel.earliest();
            if (EventWheel.levelOf(list) <= MOST_LEVEL && !lists.hasMoreThan(list, EventRun.CAPACITY)) {
                takeRun(list);
                return;
            }
            if (isOneInstant(list)) {
                takeInstant(list);
                return;
            }
            wheel.deal(list);
        }
    }

    private void takeAll() {
        while (!wheel.isEmpty()) {
            int list = wheel.earliest();
            int last = lists.last(list);
            int slot = lists.first(list);
            wheel.forget(list);
            addToHeap(slots.time(slot), slots.priority(slot), slot);
            while (slot != last) {
                slot = slots.next(slot);
                addToHeap(slots.time(slot), slots.priority(slot), slot);
            }
        }
        wheel.raiseBase(SimTime.LATEST);
    }

    /**
     * Continues a short run only with lists of the same level: one of a coarser level may reach far into the future, and
     * everything scheduled before its last event would have to go to the heap.
     */
    private void takeRun(int firstList) {
        run.begin(wheel.startOf(firstList));
        int list = firstList;
        do {
            addToRun(list);
            list = wheel.isEmpty() ? EventLists.NONE : wheel.earliest();
        } while (run.size() < SHORT_RUN
                && EventWheel.levelOf(list) == EventWheel.levelOf(firstList)
                && !lists.hasMoreThan(list, EventRun.CAPACITY - SHORT_RUN));
        run.sort();
        if (run.size() > 0) {
            wheel.raiseBase(run.lastTime());
        }
    }

    /** Leaves cancelled events behind. */
    private void addToRun(int list) {
        int last = lists.last(list);
        int slot = lists.first(list);
        wheel.forget(list);
        while (slot != EventLists.NONE) {
            int next = slot == last ? EventLists.NONE : slots.next(slot);
            if (slots.holdsPending(slot)) {
                run.add(slots.time(slot), slots.priority(slot), slot);
            } else {
                slots.free(slot);
                size--;
                cancelled--;
            }
            slot = next;
        }
    }

    private boolean isOneInstant(int list) {
        int last = lists.last(list);
        int slot = lists.first(list);
        long time = slots.time(slot);
        while (slot != last) {
            slot = slots.next(slot);
            if (slots.time(slot) != time) {
                return false;
            }
        }
        return true;
    }

    private void takeInstant(int list) {
        int last = lists.last(list);
        int slot = lists.first(list);
        wheel.forget(list);
        instant.setTime(slots.time(slot));
        wheel.raiseBase(instant.time());
        instant.add(slot);
        while (slot != last) {
            slot = slots.next(slot);
            instant.add(slot);
        }
    }

    /**
     * Starts again from the first event, whose time becomes the base: the model schedules more before the base than the heap
     * is good for, or the sequence numbers have run out.
     */
    private void returnToWheel() {
        long first = isRunFirst() ? run.time() : heap.rootTime();
        wheel.lowerBase(first);
        while (!instant.isEmpty()) {
            wheel.add(instant.time(), instant.first());
            instant.removeFirst();
        }
        instant.setTime(first);
        for (int left = heap.size() + run.size(); left > 0; left--) {
            int slot = removeFirst();
            heap.settle();
            size++;
            if (slots.time(slot) == first) {
                instant.add(slot);
            } else {
                wheel.add(slots.time(slot), slot);
            }
        }
        nextSequence = 0;
    }

    /** Takes all cancelled events out. That is O(size), and there were size/2 cancellations since the last time. */
    private void sweep() {
        heap.removeIf(freeIfCancelled);
        run.removeIf(freeIfCancelled);
        instant.removeIf(freeIfCancelled);
        wheel.removeIf(freeIfCancelled);
        size -= cancelled;
        cancelled = 0;
    }

    private boolean freeIfCancelled(int slot) {
        if (slots.holdsPending(slot)) {
            return false;
        }
        slots.free(slot);
        return true;
    }
}
