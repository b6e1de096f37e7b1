// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * The (time, order key) pairs of all events that are pending, and of the cancelled ones that have not been reached yet.
 *
 * <p>Few events are in a heap. If there are more, those later than the base of an {@link EventWheel} wait in its lists,
 * and the earliest list is sorted into an {@link EventRun} when it is due; the heap then has what is scheduled for times
 * already sorted, which is little. A list that is too long is dealt to finer ones first. If that is impossible, because
 * all its events share an instant, it becomes the {@link EventInstant}: the heap then has earlier events, and the run none.
 */
final class PendingEvents {
    /** So many events in the heap are better off in the wheel. */
    private static final int MOST_IN_HEAP = 512;

    /** So few events are better off in the heap. */
    private static final int FEW = 256;

    /** A run shorter than this is continued by the next list. */
    private static final int SHORT_RUN = 16;

    private final EventSlots slots;
    private final EventHeap heap = new EventHeap();
    private final EventRun run = new EventRun();
    private final EventLists lists = new EventLists(EventWheel.LISTS + EventInstant.LISTS);
    private final EventWheel wheel = new EventWheel(lists);
    private final EventInstant instant = new EventInstant(lists, EventWheel.LISTS);

    /** Kept, because a new one for every sweep would be garbage. */
    private final LongPredicate freeIfCancelled = this::freeIfCancelled;

    private int size;
    private int cancelled;

    /** No events. Whether one is cancelled is seen at its slot. */
    PendingEvents(EventSlots slots) {
        this.slots = slots;
    }

    void add(long time, long order) {
        size++;
        if (time > wheel.base()) {
            wheel.add(time, order);
        } else if (time == instant.time()) {
            instant.add(order);
        } else if (heap.add(time, order) && heap.size() == MOST_IN_HEAP) {
            returnToWheel();
        }
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
            if (cancelled == 0 || slots.holdsPending(OrderKey.slot(firstOrder()))) {
                return time;
            }
            slots.free(OrderKey.slot(removeFirst()));
            cancelled--;
        }
    }

    /** Removes the event whose time {@link #firstTime} has just told, and returns its order key. */
    long removeFirst() {
        size--;
        long order;
        if (isRunFirst()) {
            order = run.order();
            run.removeFirst();
        } else if (heap.rootTime() != SimTime.NEVER) {
            order = heap.rootOrder();
            heap.removeRoot();
        } else {
            order = instant.firstOrder();
            instant.removeFirst();
        }
        return order;
    }

    /**
     * Gives the pending events the smallest sequence numbers that keep their order.
     *
     * @return how many there are: the next sequence number
     */
    int renumber() {
        sweep();
        long[] times = new long[size];
        long[] orders = new long[size];
        for (int i = 0; i < times.length; i++) {
            times[i] = firstTime();
            orders[i] = removeFirst();
        }
        wheel.raiseBase(SimTime.LATEST);
        instant.setTime(SimTime.NEVER);
        long[] sequences =
                Arrays.stream(orders).map(OrderKey::sequence).sorted().toArray();
        for (int i = 0; i < times.length; i++) {
            long sequence = Arrays.binarySearch(sequences, OrderKey.sequence(orders[i]));
            add(times[i], OrderKey.withSequence(orders[i], sequence));
        }
        return times.length;
    }

    void copyFrom(PendingEvents other) {
        heap.copyFrom(other.heap);
        run.copyFrom(other.run);
        lists.copyFrom(other.lists);
        wheel.copyFrom(other.wheel);
        instant.copyFrom(other.instant);
        size = other.size;
        cancelled = other.cancelled;
    }

    private long firstOrder() {
        if (isRunFirst()) {
            return run.order();
        }
        return heap.rootTime() != SimTime.NEVER ? heap.rootOrder() : instant.firstOrder();
    }

    /** Compares as {@link EventHeap} does, which has {@link SimTime#NEVER} for time and key if it is empty. */
    private boolean isRunFirst() {
        return !run.isEmpty() && run.time() - heap.rootTime() + (run.order() - heap.rootOrder() >> 63) < 0;
    }

    /** Moves the earliest events of the wheel to where they can be removed in order; the other places are empty. */
    private void takeFromWheel() {
        if (size <= FEW) {
            takeAll();
            return;
        }
        while (true) {
            int list = wheel.earliest();
            if (!lists.hasMoreThan(list, EventRun.CAPACITY)) {
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
        instant.setTime(SimTime.NEVER);
        while (!wheel.isEmpty()) {
            int list = wheel.earliest();
            int last = lists.last(list);
            for (int pair = wheel.take(list); pair != EventLists.NONE; pair = lists.nextTaken(pair, last)) {
                heap.add(lists.time(pair), lists.order(pair));
            }
        }
        wheel.raiseBase(SimTime.LATEST);
    }

    /**
     * Continues a short run only with lists of the same level: one of a coarser level may reach far into the future, and
     * everything scheduled before its last event would have to go to the heap.
     */
    private void takeRun(int firstList) {
        instant.setTime(SimTime.NEVER);
        run.begin();
        int list = firstList;
        do {
            addToRun(list);
            list = wheel.isEmpty() ? EventLists.NONE : wheel.earliest();
        } while (run.size() < SHORT_RUN
                && EventWheel.areOfOneLevel(list, firstList)
                && !lists.hasMoreThan(list, EventRun.CAPACITY - SHORT_RUN));
        run.sort();
        if (run.size() > 0) {
            wheel.raiseBase(run.lastTime());
        }
    }

    /** Leaves cancelled events behind. To look at all slots now has them in the cache when they are needed. */
    private void addToRun(int list) {
        int last = lists.last(list);
        for (int pair = wheel.take(list); pair != EventLists.NONE; pair = lists.nextTaken(pair, last)) {
            long order = lists.order(pair);
            if (freeIfCancelled(order)) {
                cancelled--;
                size--;
            } else {
                run.add(lists.time(pair), order);
            }
        }
    }

    private boolean isOneInstant(int list) {
        int last = lists.last(list);
        int pair = lists.first(list);
        long time = lists.time(pair);
        while (pair != last) {
            pair = lists.next(pair);
            if (lists.time(pair) != time) {
                return false;
            }
        }
        return true;
    }

    private void takeInstant(int list) {
        int last = lists.last(list);
        int pair = wheel.take(list);
        instant.setTime(lists.time(pair));
        wheel.raiseBase(instant.time());
        for (; pair != EventLists.NONE; pair = lists.nextTaken(pair, last)) {
            instant.add(lists.order(pair));
        }
    }

    /**
     * Starts again from the first event, whose time becomes the base: the model schedules more before the base than the heap
     * is good for.
     */
    private void returnToWheel() {
        long first = Math.min(heap.rootTime(), run.time());
        wheel.lowerBase(first);
        while (!instant.isEmpty()) {
            wheel.add(instant.time(), instant.firstOrder());
            instant.removeFirst();
        }
        instant.setTime(first);
        for (int left = heap.size() + run.size(); left > 0; left--) {
            long time = Math.min(heap.rootTime(), run.time());
            long order = removeFirst();
            heap.settle();
            size++;
            if (time == first) {
                instant.add(order);
            } else {
                wheel.add(time, order);
            }
        }
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

    private boolean freeIfCancelled(long order) {
        int slot = OrderKey.slot(order);
        if (slots.holdsPending(slot)) {
            return false;
        }
        slots.free(slot);
        return true;
    }
}
