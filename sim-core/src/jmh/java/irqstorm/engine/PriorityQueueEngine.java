// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.PriorityQueue;

/**
 * The textbook engine to compare with: one object an event in a {@link PriorityQueue}, with the same order of events,
 * cancellation by a flag, the same limits, and the same rule for sweeping the cancelled ones out.
 */
final class PriorityQueueEngine implements BenchmarkEngine {
    private static final class Event implements Comparable<Event> {
        private final long timeNanos;
        private final int priority;
        private final long sequence;
        private final long payload;
        private final long cause;
        private boolean pending = true;

        Event(long timeNanos, Priority priority, long sequence, long payload, long cause) {
            this.timeNanos = timeNanos;
            this.priority = priority.ordinal();
            this.sequence = sequence;
            this.payload = payload;
            this.cause = cause;
        }

        @Override
        public int compareTo(Event other) {
            if (timeNanos != other.timeNanos) {
                return timeNanos < other.timeNanos ? -1 : 1;
            }
            if (priority != other.priority) {
                return priority < other.priority ? -1 : 1;
            }
            return Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final Event[] timeouts;
    private final int maxPending;
    private EventHandler handler = (timeNanos, payload, cause) -> {};
    private long nowNanos;
    private long nextSequence;
    private int live;

    PriorityQueueEngine(int maxPending) {
        this.maxPending = maxPending;
        timeouts = new Event[maxPending];
    }

    @Override
    public void setHandler(EventHandler handler) {
        this.handler = handler;
    }

    @Override
    public void scheduleAfter(long delayNanos, Priority priority, long payload) {
        add(delayNanos, priority, payload);
    }

    @Override
    public void scheduleTimeoutAfter(long delayNanos, Priority priority, long payload, int process) {
        timeouts[process] = add(delayNanos, priority, payload);
    }

    @Override
    public boolean cancelTimeout(int process) {
        Event event = timeouts[process];
        boolean cancelled = event.pending;
        if (cancelled) {
            event.pending = false;
            live--;
            if (queue.size() > 2 * live) {
                queue.removeIf(queued -> !queued.pending);
            }
        }
        return cancelled;
    }

    @Override
    public long run(int events) {
        int eventsLeft = events;
        while (eventsLeft > 0) {
            Event event = queue.poll();
            if (event == null) {
                break;
            }
            if (event.pending) {
                event.pending = false;
                live--;
                eventsLeft--;
                nowNanos = event.timeNanos;
                handler.onEvent(nowNanos, event.payload, event.cause);
            }
        }
        return nowNanos;
    }

    private Event add(long delayNanos, Priority priority, long payload) {
        if (live == maxPending) {
            throw new IllegalStateException("more than " + maxPending + " events pending");
        }
        Event event = new Event(SimTime.add(nowNanos, delayNanos), priority, nextSequence++, payload, 0);
        queue.add(event);
        live++;
        return event;
    }
}
