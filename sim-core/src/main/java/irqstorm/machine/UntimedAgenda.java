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
 * interchangeable. What is to happen is kept sorted by lanes, in the order of their beginning within one, so that two ways to the same
 * state leave the same words.
 */
final class UntimedAgenda implements Agenda {
    /** How far it is from one event to the next where somebody asks for the time. */
    private static final long STEP_NANOS = 1000;

    /** A probability that leaves both ways open. */
    private static final int EITHER_WAY = Hazard.Deed.CorruptEoiSlots.CERTAIN / 2;

    private final StateStore store;
    private final int size;
    private final int base;
    private final long[] causes;
    private final @Nullable ClockBounds clocks;
    private final Chances chances;
    private long now;

    /**
     * An agenda with its state in {@code store}.
     *
     * @param capacity how many events it holds at most
     * @param bounded whether delays are ranges, and only orders are possible that they allow
     * @param chances whether a time is over that somebody asks for
     */
    UntimedAgenda(StateStore store, int capacity, boolean bounded, Chances chances) {
        this.store = store;
        this.size = store.reserve(1);
        this.base = store.reserve(capacity);
        this.causes = new long[capacity];
        this.clocks = bounded ? new ClockBounds(store, capacity) : null;
        this.chances = chances;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long schedule(long delayNanos, Priority priority, long payload, long cause) {
        int count = size();
        if (count == causes.length) {
            throw new PendingLimitExceeded(count, now + delayNanos, priority, payload, cause);
        }
        long lane = lane(payload);
        int at = count;
        while (at > 0 && lane(payload(at - 1)) > lane) {
            move(at - 1, at);
            at--;
        }
        store.set(base + at, payload);
        causes[at] = cause;
        if (clocks != null) {
            clocks.set(at, isOutside(payload) ? DelayRange.ANY : delayNanos);
            for (int i = at; i > 0 && lane(payload(i - 1)) == lane; i--) {
                clocks.order(i - 1, i);
            }
        }
        store.set(size, count + 1L);
        return payload;
    }

    @Override
    public void cancel(long handle) {
        for (int i = 0; i < size(); i++) {
            if (payload(i) == handle) {
                remove(i);
                return;
            }
        }
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
    public long remainingNanos(long handle) {
        for (int i = 0; clocks != null && i < size(); i++) {
            if (payload(i) == handle) {
                return clocks.get(i);
            }
        }
        return 0;
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

    /** How many events there are, with those that have to wait for another of their lane. */
    int size() {
        return (int) store.get(size);
    }

    /** The event at place {@code i}. */
    long payload(int i) {
        return store.get(base + i);
    }

    /** Whether the event at place {@code i} may happen next. */
    boolean mayHappen(int i) {
        return isFirst(i) && (clocks == null || clocks.least(i) <= latest(clocks));
    }

    /** Whether the event at place {@code i} is the first of its lane. */
    private boolean isFirst(int i) {
        return i == 0 || lane(payload(i - 1)) != lane(payload(i));
    }

    /** When something will have happened, nanoseconds from now. */
    private int latest(ClockBounds bounds) {
        int latest = DelayRange.UNLIMITED;
        for (int i = 0; i < size(); i++) {
            if (isFirst(i)) {
                latest = Math.min(latest, bounds.greatest(i));
            }
        }
        return latest;
    }

    /** The number of the event that the one at place {@code i} happens because of, as long as nothing was taken back. */
    long cause(int i) {
        return causes[i];
    }

    /** The event at place {@code i} happens. */
    void take(int i) {
        if (clocks != null) {
            pass(clocks, i);
        }
        remove(i);
        now += STEP_NANOS;
    }

    private void pass(ClockBounds bounds, int taken) {
        int least = bounds.least(taken);
        int greatest = latest(bounds);
        for (int i = 0; i < size(); i++) {
            if (i != taken) {
                bounds.pass(i, least, greatest);
            }
        }
    }

    private void remove(int place) {
        int count = size() - 1;
        for (int i = place; i < count; i++) {
            move(i + 1, i);
        }
        store.set(base + count, 0);
        if (clocks != null) {
            clocks.clear(count);
        }
        store.set(size, count);
    }

    private void move(int from, int to) {
        store.set(base + to, payload(from));
        causes[to] = causes[from];
        if (clocks != null) {
            clocks.move(from, to);
        }
    }
}
