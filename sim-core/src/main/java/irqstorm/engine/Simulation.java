// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import org.jspecify.annotations.Nullable;

/**
 * The clock: runs the pending events of one model in order, within {@link RunLimits}.
 *
 * <p>The current time is that of the event being run; between events it moves only to where {@link #runUntil} or
 * {@link #run} leave it. Not safe for use by several threads.
 */
public final class Simulation {
    private static final long NO_CAUSE = 0;

    private final EventHandler handler;
    private final RunLimits limits;
    private final EventQueue queue;

    private long nowNanos;
    private long eventsRun;
    private long runEndNanos;
    private long runLastEvent;
    private boolean running;
    private boolean stopRequested;

    /** A simulation at time 0 with nothing to do. */
    public Simulation(EventHandler handler, RunLimits limits) {
        this.handler = handler;
        this.limits = limits;
        this.queue = new EventQueue(limits.maxPending());
    }

    /** The current time, nanoseconds. */
    public long now() {
        return nowNanos;
    }

    /** How many events have been run, including the one being run. */
    public long eventsRun() {
        return eventsRun;
    }

    /** How many events are pending. */
    public int pending() {
        return queue.size();
    }

    /** How many more events may be pending. */
    public int room() {
        return limits.maxPending() - queue.size();
    }

    /** When the next event is due, or {@link SimTime#NEVER} if none is pending. */
    public long peekTimeNanos() {
        return queue.peekTimeNanos();
    }

    /** As {@link #schedule(long, Priority, long, long)}, with cause 0. */
    public long schedule(long timeNanos, Priority priority, long payload) {
        return schedule(timeNanos, priority, payload, NO_CAUSE);
    }

    /**
     * Schedules an event.
     *
     * @param timeNanos when it happens, {@link #now()} to {@link SimTime#LATEST}
     * @param payload what happens, passed to the handler
     * @param cause what made it happen, passed to the handler
     * @return the handle of the event, never 0
     * @throws IllegalArgumentException if {@code timeNanos} is in the past or out of range
     * @throws PendingLimitExceeded if too many events are pending. That is the end of the simulation: a handler has to
     *     let the exception pass, and {@link #run} and {@link #runUntil} return {@link StopReason#PENDING} ever after
     */
    public long schedule(long timeNanos, Priority priority, long payload, long cause) {
        if (timeNanos < nowNanos) {
            throw new IllegalArgumentException(
                    "cannot schedule an event for " + timeNanos + " ns: it is " + nowNanos + " ns already");
        }
        return queue.schedule(timeNanos, priority, payload, cause);
    }

    /** As {@link #scheduleAfter(long, Priority, long, long)}, with cause 0. */
    public long scheduleAfter(long delayNanos, Priority priority, long payload) {
        return scheduleAfter(delayNanos, priority, payload, NO_CAUSE);
    }

    /**
     * Schedules an event {@code delayNanos} from now; see {@link #schedule(long, Priority, long, long)}.
     *
     * @throws IllegalArgumentException if the delay is negative
     * @throws ArithmeticException if the event would be beyond {@link SimTime#LATEST}
     */
    public long scheduleAfter(long delayNanos, Priority priority, long payload, long cause) {
        return queue.add(SimTime.add(nowNanos, delayNanos), priority, payload, cause);
    }

    /**
     * Moves on to the instant {@code delayNanos} from now, if an event scheduled for then would be the next to be run: the handler may
     * go on as if it had been. That counts as an event, and costs less than to schedule one.
     *
     * @return false if something else is pending until then or the run ends before; then nothing has changed, and the event has to be
     *     scheduled
     * @throws IllegalArgumentException if the delay is negative
     * @throws ArithmeticException if the event would be beyond {@link SimTime#LATEST}
     * @throws IllegalStateException if not called by a handler
     */
    public boolean advanceBy(long delayNanos) {
        if (!running) {
            throw new IllegalStateException("only the event being run can move time on");
        }
        long timeNanos = SimTime.add(nowNanos, delayNanos);
        if (stopRequested || eventsRun >= runLastEvent || timeNanos > runEndNanos || !queue.isFirst(timeNanos)) {
            return false;
        }
        nowNanos = timeNanos;
        eventsRun++;
        return true;
    }

    /** Cancels a pending event. Returns false, and does nothing, if it has been run or cancelled. */
    public boolean cancel(long handle) {
        return queue.cancel(handle);
    }

    /** Nanoseconds until the event of this handle is due, or {@link SimTime#NEVER} if it is not pending. */
    public long remainingNanos(long handle) {
        return queue.isPending(handle) ? queue.timeOf(handle) - nowNanos : SimTime.NEVER;
    }

    /**
     * Runs the next event, if there is one, the limits allow it and no stop is requested.
     *
     * @return whether an event was run
     * @throws IllegalStateException if called by a handler
     */
    public boolean step() {
        long eventsBefore = eventsRun;
        runEvents(limits.maxTimeNanos(), Math.min(eventsBefore + 1, limits.maxEvents()));
        return eventsRun > eventsBefore;
    }

    /**
     * Runs until nothing is left to do or a limit is reached. The time stays that of the last event, unless the reason is
     * {@link StopReason#TIME}: then it is {@link RunLimits#maxTimeNanos()}.
     *
     * @throws IllegalStateException if called by a handler
     */
    public StopReason run() {
        StopReason reason = runEvents(limits.maxTimeNanos(), limits.maxEvents());
        if (reason == StopReason.TIME) {
            nowNanos = limits.maxTimeNanos();
        }
        return reason;
    }

    /**
     * Runs all events up to and including those of {@code timeNanos}, or of {@link RunLimits#maxTimeNanos()} if that is
     * earlier. When none of them is left that instant becomes the current time, whether later events are pending
     * ({@link StopReason#TIME}) or not ({@link StopReason#DRAINED}). If the run ends for another reason the time stays
     * that of the last event.
     *
     * @throws IllegalArgumentException if {@code timeNanos} is in the past
     * @throws IllegalStateException if called by a handler
     */
    public StopReason runUntil(long timeNanos) {
        if (timeNanos < nowNanos) {
            throw new IllegalArgumentException(
                    "cannot run until " + timeNanos + " ns: it is " + nowNanos + " ns already");
        }
        long endNanos = Math.min(timeNanos, limits.maxTimeNanos());
        StopReason reason = runEvents(endNanos, limits.maxEvents());
        if (reason == StopReason.TIME || reason == StopReason.DRAINED) {
            nowNanos = endNanos;
        }
        return reason;
    }

    /**
     * Makes the run end with {@link StopReason#STOPPED} after the event being run. A request made while nothing is being
     * run holds for the next run.
     */
    public void requestStop() {
        stopRequested = true;
    }

    /** The refusal that ended the simulation with {@link StopReason#PENDING}; it tells which event. Null if none did. */
    public @Nullable PendingLimitExceeded overflow() {
        return queue.overflow();
    }

    /**
     * A hash of what is going to happen from now on: the delay, priority and payload of all pending events in their
     * order. It does not depend on the current time, so a model that comes back to an earlier situation can be found out.
     */
    public long fingerprint(long seed) {
        return queue.fingerprint(seed, nowNanos);
    }

    /** An immutable copy of the clock and the pending events. The state of the model is the model's own affair. */
    public Snapshot snapshot() {
        return new Snapshot(queue.snapshot(), nowNanos, eventsRun, stopRequested);
    }

    /**
     * Goes back to the snapshot. The limits stay those of this simulation.
     *
     * @throws IllegalStateException if called by a handler
     */
    public void restore(Snapshot snapshot) {
        requireNotRunning();
        queue.restore(snapshot.queue);
        nowNanos = snapshot.nowNanos;
        eventsRun = snapshot.eventsRun;
        stopRequested = snapshot.stopRequested;
    }

    /** A simulation at one moment. */
    public static final class Snapshot {
        private final EventQueue.Snapshot queue;
        private final long nowNanos;
        private final long eventsRun;
        private final boolean stopRequested;

        private Snapshot(EventQueue.Snapshot queue, long nowNanos, long eventsRun, boolean stopRequested) {
            this.queue = queue;
            this.nowNanos = nowNanos;
            this.eventsRun = eventsRun;
            this.stopRequested = stopRequested;
        }
    }

    private StopReason runEvents(long endNanos, long lastEvent) {
        requireNotRunning();
        runEndNanos = endNanos;
        runLastEvent = lastEvent;
        running = true;
        try {
            while (!stopRequested && queue.overflow() == null && eventsRun < lastEvent && queue.pollUntil(endNanos)) {
                nowNanos = queue.time();
                eventsRun++;
                handler.onEvent(nowNanos, queue.payload(), queue.cause());
            }
        } catch (PendingLimitExceeded exceeded) {
            if (exceeded != queue.overflow()) {
                throw exceeded;
            }
        } finally {
            running = false;
        }
        return reasonForStopping(endNanos);
    }

    private StopReason reasonForStopping(long endNanos) {
        if (queue.overflow() != null) {
            return StopReason.PENDING;
        }
        if (stopRequested) {
            stopRequested = false;
            return StopReason.STOPPED;
        }
        if (queue.isEmpty()) {
            return StopReason.DRAINED;
        }
        return queue.peekTimeNanos() > endNanos ? StopReason.TIME : StopReason.EVENTS;
    }

    private void requireNotRunning() {
        if (running) {
            throw new IllegalStateException("not possible while the simulation runs an event");
        }
    }
}
