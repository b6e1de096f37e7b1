// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import org.jspecify.annotations.Nullable;

/**
 * The pending set: events that are going to happen, earliest first.
 *
 * <p>The order is total: time, then {@link Priority}, then the order of scheduling. An event is plain data: besides its
 * place in the order it has a {@code payload} and a {@code cause}, two longs that mean something to the model only.
 * Scheduling, cancelling and polling allocate nothing, except when an array doubles.
 *
 * <p>{@link #schedule} returns a handle, which is never 0. A handle whose event was polled or cancelled is stale: it
 * names no event, even when the memory of its event is in use again, and using it does nothing. Handles are part of a
 * {@link Snapshot}; those given out after the snapshot was taken are void once it has been restored, and may then be
 * given out again.
 *
 * <p>Not safe for use by several threads.
 */
public final class EventQueue extends PendingEvents {
    /** The largest limit that can be set on the number of pending events: 8,388,608. */
    public static final int LARGEST_MAX_PENDING = 1 << 23;

    private final int maxPending;

    private long polledTime;
    private int polledPriority;
    private long polledPayload;
    private long polledCause;
    private @Nullable PendingLimitExceeded overflow;

    /**
     * An empty queue.
     *
     * @param maxPending how many events may be pending at once, 1 to {@link #LARGEST_MAX_PENDING}
     * @throws IllegalArgumentException if {@code maxPending} is out of range
     */
    public EventQueue(int maxPending) {
        this.maxPending = requireMaxPending(maxPending);
    }

    static int requireMaxPending(int maxPending) {
        if (maxPending < 1 || maxPending > LARGEST_MAX_PENDING) {
            throw new IllegalArgumentException(
                    "maxPending must be between 1 and " + LARGEST_MAX_PENDING + ", but is " + maxPending);
        }
        return maxPending;
    }

    /**
     * Adds an event.
     *
     * @param timeNanos when it happens, 0 to {@link SimTime#LATEST}; the queue knows no present, so no past either
     * @param payload what happens; opaque
     * @param cause what made it happen; opaque
     * @return the handle of the event
     * @throws IllegalArgumentException if {@code timeNanos} is out of range
     * @throws PendingLimitExceeded if {@code maxPending} events are pending already
     */
    public long schedule(long timeNanos, Priority priority, long payload, long cause) {
        return add(SimTime.requireInstant(timeNanos), priority, payload, cause);
    }

    /** As {@link #schedule}, for a time that is known to be an instant. */
    long add(long timeNanos, Priority priority, long payload, long cause) {
        if (live() == maxPending) {
            overflow = new PendingLimitExceeded(maxPending, timeNanos, priority, payload, cause);
            throw overflow;
        }
        return add(timeNanos, priority.ordinal(), payload, cause);
    }

    /** Removes a pending event. Returns false, and does nothing, if the handle is stale. */
    public boolean cancel(long handle) {
        if (!slots.isPending(handle)) {
            return false;
        }
        slots.retire(EventSlots.slotOf(handle));
        addCancelled();
        return true;
    }

    /** Whether the event of this handle is still going to happen. */
    public boolean isPending(long handle) {
        return slots.isPending(handle);
    }

    /** When the event of this handle is going to happen, or {@link SimTime#NEVER} if the handle is stale. */
    public long timeOf(long handle) {
        return slots.isPending(handle) ? slots.time(EventSlots.slotOf(handle)) : SimTime.NEVER;
    }

    /**
     * Removes the earliest event and makes it the polled event.
     *
     * @return false if no event is pending; the polled event then stays the one before
     */
    public boolean poll() {
        return pollUntil(SimTime.LATEST);
    }

    /** As {@link #poll()}, if the earliest event is not later than this. */
    boolean pollUntil(long lastNanos) {
        int slot = removeTied();
        if (slot == EventLists.NONE) {
            long time = firstTime();
            if (time > lastNanos) {
                return false;
            }
            polledTime = time;
            slot = removeFirst();
            polledPriority = slots.priority(slot);
        }
        polledCause = slots.cause(slot);
        polledPayload = slots.payload(slot);
        slots.free(slot);
        return true;
    }

    /** When the polled event is due, nanoseconds. Before the first {@link #poll()}, all about the polled event is 0. */
    public long time() {
        return polledTime;
    }

    /** The priority of the polled event. */
    public Priority priority() {
        return Priority.inOrder(polledPriority);
    }

    /** The payload of the polled event. */
    public long payload() {
        return polledPayload;
    }

    /** The cause of the polled event. */
    public long cause() {
        return polledCause;
    }

    /** When the earliest pending event is due, or {@link SimTime#NEVER} if there is none. */
    public long peekTimeNanos() {
        return firstTime();
    }

    /** Whether an event that was added now for {@code timeNanos} could be, and would be the first one. */
    boolean isFirst(long timeNanos) {
        return timeNanos < firstTime() && live() < maxPending;
    }

    /** The last event that was one too many, or null if none was. */
    @Nullable
    PendingLimitExceeded overflow() {
        return overflow;
    }

    /** How many events are pending. */
    public int size() {
        return live();
    }

    /** Whether no event is pending. */
    public boolean isEmpty() {
        return live() == 0;
    }

    /**
     * A hash of what is going to happen: time, priority and payload of all pending events in their order. It is equal for
     * queues that will run alike, however they came to their content, so sequence numbers, handles and causes are no part
     * of it. Costs a copy of the queue and O(n log n) time.
     */
    public long fingerprint(long seed) {
        return fingerprint(seed, 0);
    }

    /** As {@link #fingerprint(long)}, with times counted from {@code originNanos}. */
    long fingerprint(long seed, long originNanos) {
        EventQueue copy = new EventQueue(maxPending);
        copy.copyFrom(this);
        long hash = mix(seed + live());
        while (copy.poll()) {
            hash = mix(hash + copy.time() - originNanos);
            hash = mix(hash + copy.priority().ordinal());
            hash = mix(hash + copy.payload());
        }
        return hash;
    }

    /** An immutable copy of the whole queue. */
    public Snapshot snapshot() {
        EventQueue copy = new EventQueue(maxPending);
        copy.copyFrom(this);
        return new Snapshot(copy);
    }

    /**
     * Makes the queue what it was when the snapshot was taken; that may have been another queue.
     *
     * @throws IllegalArgumentException if the snapshot has more pending events than this queue may hold
     */
    public void restore(Snapshot snapshot) {
        if (snapshot.content.size() > maxPending) {
            throw new IllegalArgumentException("the snapshot has " + snapshot.content.size()
                    + " pending events, but this queue may hold " + maxPending + " (maxPending)");
        }
        copyFrom(snapshot.content);
    }

    /** The content of a queue at one moment. */
    public static final class Snapshot {
        private final EventQueue content;

        private Snapshot(EventQueue content) {
            this.content = content;
        }
    }

    private void copyFrom(EventQueue other) {
        super.copyFrom(other);
        polledTime = other.polledTime;
        polledPriority = other.polledPriority;
        polledPayload = other.polledPayload;
        polledCause = other.polledCause;
        overflow = other.overflow;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): a bijection in which every bit matters to every bit. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
