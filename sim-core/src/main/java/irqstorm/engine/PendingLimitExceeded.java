// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

/** Thrown when an event is scheduled while as many events are pending as the queue may hold. Nothing was scheduled. */
public final class PendingLimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int maxPending;
    private final long timeNanos;
    private final Priority priority;
    private final long payload;
    private final long cause;

    /** Refuses an event because {@code maxPending} are pending. */
    public PendingLimitExceeded(int maxPending, long timeNanos, Priority priority, long payload, long cause) {
        super("more than " + maxPending + " events pending (limit maxPending = " + maxPending
                + "): refused the event for " + timeNanos + " ns, priority " + priority + ", payload " + payload
                + ", cause " + cause);
        this.maxPending = maxPending;
        this.timeNanos = timeNanos;
        this.priority = priority;
        this.payload = payload;
        this.cause = cause;
    }

    /** The limit that was reached. */
    public int maxPending() {
        return maxPending;
    }

    /** The time for which the refused event was to be scheduled. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The priority of the refused event. */
    public Priority priority() {
        return priority;
    }

    /** The payload of the refused event. */
    public long payload() {
        return payload;
    }

    /** What would have made the refused event happen, as given to {@code schedule}. */
    public long cause() {
        return cause;
    }
}
