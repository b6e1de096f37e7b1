// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

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

    /** The list for the events of the heap when it is too large. */
    private static final int SORTED = EventWheel.LISTS + EventInstant.LISTS;

    private final EventSlots slots;
    private final EventHeap heap = new EventHeap();
    private final EventRun run = new EventRun();
    private final EventLists lists;
    private final EventWheel wheel;
    private final EventInstant instant;
    private final EventChains chains;

    /** Kept, because a new one for every sweep would be garbage. */
    private final IntPredicate freeIfCancelled = this::freeIfCancelled;

    private final IntUnaryOperator removeCancelled;

    private long nextSequence;
    private int size;
    private int cancelled;

    /** No events. Time and priority of an event, and whether it is cancelled, are seen at its slot. */
    PendingEvents(EventSlots slots) {
        this.slots = slots;
        lists = new EventLists(slots, SORTED + 1);
        wheel = new EventWheel(slots, lists);
        instant = new EventInstant(slots, lists, EventWheel.LISTS);
        chains = new EventChains(slots);
        removeCancelled = chains::removeCancelled;
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
        } else if (!chains.areUsed() || !chains.extend(time, priority, handle)) {
            if (addToHeap(time, priority, slot) && heap.size() == MOST_IN_HEAP
                    || nextSequence == OrderKey.SEQUENCE_END) {
                relieveHeap();
            }
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
            int next = chains.areShort() ? EventLists.NONE : chains.removeFirst(slot);
            if (next == EventLists.NONE) {
                heap.removeRoot();
            } else {
                heap.replaceRoot(next);
            }
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
        chains.copyFrom(other.chains);
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
            while (slot != EventLists.NONE) {
                int next = slot == last ? EventLists.NONE : slots.next(slot);
                slots.link(slot, slot);
                addToHeap(slots.time(slot), slots.priority(slot), slot);
                slot = next;
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

    /** Has fewer pairs in the heap, which is good for so many only, and the sequence numbers start again. */
    private void relieveHeap() {
        int ties = sortHeap();
        nextSequence = 0;
        if (!chains.areUsed() && 2 * ties > MOST_IN_HEAP) {
            chains.begin();
            forEachSorted(this::chain);
        } else {
            chains.end();
            long first = slots.time(lists.first(SORTED));
            if (!run.isEmpty()) first = Math.min(first, run.time());
            wheel.lowerBase(first);
            while (!instant.isEmpty()) {
                int slot = instant.first();
                instant.removeFirst();
                wheel.add(instant.time(), slot);
            }
            instant.setTime(first);
            while (!run.isEmpty()) {
                int slot = run.slot();
                run.removeFirst();
                addToWheel(slot);
            }
            forEachSorted(this::addToWheel);
        }
    }

    private void addToWheel(int slot) {
        long time = slots.time(slot);
        if (time == instant.time()) {
            instant.add(slot);
        } else {
            wheel.add(time, slot);
        }
    }

    private void chain(int slot) {
        slots.link(slot, slot);
        if (!chains.extend(slots.time(slot), slots.priority(slot), slots.handle(slot))) {
            addToHeap(slots.time(slot), slots.priority(slot), slot);
        }
    }

    private void forEachSorted(IntConsumer action) {
        int last = lists.last(SORTED);
        int slot = lists.first(SORTED);
        lists.forget(SORTED);
        while (slot != EventLists.NONE) {
            int next = slot == last ? EventLists.NONE : slots.next(slot);
            action.accept(slot);
            slot = next;
        }
    }

    /** Empties the heap. Returns how many of its events have time and priority of another. */
    private int sortHeap() {
        int ties = 0;
        while (heap.size() > 0) {
            int slot = heap.rootSlot();
            int next = chains.removeFirst(slot);
            if (next == EventLists.NONE) {
                heap.removeRoot();
                heap.settle();
            } else {
                heap.replaceRoot(next);
            }
            int before = lists.append(SORTED, slot);
            if (before != EventLists.NONE) {
                slots.link(before, slot);
                if (slots.time(before) == slots.time(slot) && slots.priority(before) == slots.priority(slot)) {
                    ties++;
                }
            }
        }
        return ties;
    }

    /** Takes all cancelled events out. That is O(size), and there were size/2 cancellations since the last time. */
    private void sweep() {
        heap.replaceAll(removeCancelled);
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
