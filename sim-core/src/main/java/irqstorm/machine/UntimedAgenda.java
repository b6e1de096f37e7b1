// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.PendingLimitExceeded;
import irqstorm.engine.Priority;
import irqstorm.state.StateStore;
import org.jspecify.annotations.Nullable;

/**
 * The agenda of an exploration: whatever is to happen may happen next, but what one lane does keeps its order.
 *
 * <p>Lanes are the ioctls of a line, the messages that one vCPU's thread sends, and each other event by itself; equal events are
 * interchangeable. {@link SingleEvents} have a place each, whose word says whether they are pending. The places after theirs are a queue
 * for all others, sorted by lanes, in the order of their beginning within one. So two ways to the same state leave the same words, and an
 * event touches only the words of what it brings about.
 */
final class UntimedAgenda implements Agenda {
    /** No place. */
    static final int NONE = -1;

    /** How far it is from one event to the next where somebody asks for the time. */
    private static final long STEP_NANOS = 1000;

    /** A probability that leaves both ways open. */
    private static final int EITHER_WAY = Hazard.Deed.CorruptEoiSlots.CERTAIN / 2;

    private final SingleEvents singles;
    private final int firstQueued;
    private final StateStore store;
    private final int queued;
    private final int base;
    private final long[] causes;
    private final @Nullable ClockBounds clocks;
    private final Chances chances;
    private long now;

    /**
     * An agenda with its state in {@code store}.
     *
     * @param capacity how many events it holds at most, besides those of {@code singles}
     * @param bounded whether delays are ranges, and only orders are possible that they allow
     * @param chances whether a time is over that somebody asks for
     */
    UntimedAgenda(SingleEvents singles, StateStore store, int capacity, boolean bounded, Chances chances) {
        this.singles = singles;
        this.firstQueued = singles.count();
        this.store = store;
        this.queued = store.reserve(1);
        this.causes = new long[firstQueued + capacity];
        this.base = store.reserve(causes.length);
        this.clocks = bounded ? new ClockBounds(store, causes.length) : null;
        this.chances = chances;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long schedule(long delayNanos, Priority priority, long payload, long cause) {
        long event = Payload.withoutArrival(payload);
        int single = singles.numberOf(event);
        if (single >= 0 && isPending(single)) {
            throw new IllegalStateException("event " + event + " is pending already");
        }
        if (single < 0 && end() == causes.length) {
            throw new PendingLimitExceeded(causes.length, now + delayNanos, priority, event, cause);
        }
        int place = single < 0 ? enqueue(event) : single;
        store.set(base + place, single < 0 ? event : 1);
        causes[place] = cause;
        if (clocks != null) {
            clocks.set(place, isOutside(event) ? DelayRange.ANY : delayNanos);
            for (int i = place; !isFirst(i); i--) {
                clocks.order(i - 1, i);
            }
        }
        return event;
    }

    /** Makes room at the end of the lane of {@code payload}; where that is. */
    private int enqueue(long payload) {
        long lane = lane(payload);
        int place = end();
        while (place > firstQueued && lane(payload(place - 1)) > lane) {
            move(place - 1, place);
            place--;
        }
        store.add(queued, 1);
        return place;
    }

    @Override
    public void cancel(long handle) {
        int place = placeOf(handle);
        if (place != NONE) {
            remove(place);
        }
    }

    private int placeOf(long handle) {
        int single = singles.numberOf(handle);
        if (single >= 0) {
            return isPending(single) ? single : NONE;
        }
        int place = firstQueued;
        while (place < end() && payload(place) != handle) {
            place++;
        }
        return place < end() ? place : NONE;
    }

    @Override
    public long waitNanos(long timeNanos) {
        long wait = clocks == null ? STEP_NANOS : DelayRange.ANY;
        return chances.happens(EITHER_WAY) ? wait : 0;
    }

    @Override
    public long inTurn(StateStore times, int busyUntil, long delay) {
        return delay;
    }

    @Override
    public long untilNanos(long timeNanos) {
        return 0;
    }

    @Override
    public void addSince(StateStore times, int sum, int since) {
        // How long something took means nothing here.
    }

    @Override
    public long remainingNanos(long handle) {
        int place = placeOf(handle);
        return clocks == null || place == NONE ? 0 : clocks.get(place);
    }

    /** Whether an event is up to the world outside, whenever that likes: a device's cause, or a hazard. */
    static boolean isOutside(long payload) {
        int kind = Payload.kind(payload);
        return kind == Payload.DEVICE_ARRIVAL || kind == Payload.HAZARD;
    }

    /** What has to stay in order has the same lane. */
    static long lane(long payload) {
        return switch (Payload.kind(payload)) {
            case Payload.LINE_AT_KERNEL -> Payload.of(Payload.LINE_AT_KERNEL, Payload.argument(payload) >>> 1);
            case Payload.MESSAGE ->
                Payload.thread(payload) == Payload.NO_THREAD ? payload : Payload.message(0, Payload.thread(payload));
            default -> payload;
        };
    }

    /** The event at {@code place}. */
    long payload(int place) {
        return place < firstQueued ? singles.payload(place) : store.get(base + place);
    }

    private boolean isPending(int single) {
        return store.get(base + single) != 0;
    }

    private int end() {
        return firstQueued + (int) store.get(queued);
    }

    /** The first place at or after {@code place}, in the order of numbers, of what is pending, or {@link #NONE}. */
    int pending(int place) {
        int single = pendingSingle(place);
        if (single != NONE) {
            return single;
        }
        int next = Math.max(place, firstQueued);
        return next < end() ? next : NONE;
    }

    private int pendingSingle(int from) {
        for (int single = from; single < firstQueued; single++) {
            if (isPending(single)) {
                return single;
            }
        }
        return NONE;
    }

    /** The place after {@code place}, in the order of lanes, of what may happen next, or {@link #NONE}; the first one after that. */
    int choiceAfter(int place) {
        int next = pendingAfter(place);
        while (next != NONE && !mayHappen(next)) {
            next = pendingAfter(next);
        }
        return next;
    }

    private int pendingAfter(int place) {
        if (end() == firstQueued) {
            return pendingSingle(place + 1);
        }
        int single;
        int inQueue;
        if (place < firstQueued) {
            single = pendingSingle(place + 1);
            inQueue = firstQueued;
            while (place != NONE && inQueue < end() && lane(payload(inQueue)) < payload(place)) {
                inQueue++;
            }
        } else {
            single = pendingSingle(singles.firstAfter(lane(payload(place))));
            inQueue = place + 1;
        }
        if (inQueue == end()) {
            return single;
        }
        return single != NONE && payload(single) < lane(payload(inQueue)) ? single : inQueue;
    }

    private boolean mayHappen(int place) {
        return isFirst(place) && (clocks == null || clocks.least(place) <= latest(clocks));
    }

    /** Whether the event at {@code place} is the first of its lane. */
    private boolean isFirst(int place) {
        return place <= firstQueued || lane(payload(place - 1)) != lane(payload(place));
    }

    /** When something will have happened, nanoseconds from now. */
    private int latest(ClockBounds bounds) {
        int latest = DelayRange.UNLIMITED;
        for (int place = pending(0); place != NONE; place = pending(place + 1)) {
            if (isFirst(place)) {
                latest = Math.min(latest, bounds.greatest(place));
            }
        }
        return latest;
    }

    /** The number of the event that the one at {@code place} happens because of, as long as nothing was taken back. */
    long cause(int place) {
        return causes[place];
    }

    /** The event at {@code place} happens. */
    void take(int place) {
        if (clocks != null) {
            pass(clocks, place);
        }
        remove(place);
        now += STEP_NANOS;
    }

    private void pass(ClockBounds bounds, int taken) {
        int least = bounds.least(taken);
        int greatest = latest(bounds);
        for (int place = pending(0); place != NONE; place = pending(place + 1)) {
            if (place != taken) {
                bounds.pass(place, least, greatest);
            }
        }
    }

    private void remove(int place) {
        int last = place;
        if (place >= firstQueued) {
            last = end() - 1;
            for (int i = place; i < last; i++) {
                move(i + 1, i);
            }
            store.add(queued, -1);
        }
        store.set(base + last, 0);
        if (clocks != null) {
            clocks.clear(last);
        }
    }

    private void move(int from, int to) {
        store.set(base + to, payload(from));
        causes[to] = causes[from];
        if (clocks != null) {
            clocks.move(from, to);
        }
    }
}
