// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an {@link EventQueue} does, so plainly that it can be seen to be right. */
final class ReferenceQueue {
    record Event(long timeNanos, Priority priority, long sequence, long payload, long cause) {}

    private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::timeNanos)
            .thenComparing(Event::priority)
            .thenComparingLong(Event::sequence);

    private final TreeSet<Event> pending = new TreeSet<>(ORDER);
    private long nextSequence;

    Event schedule(long timeNanos, Priority priority, long payload, long cause) {
        Event event = new Event(timeNanos, priority, nextSequence++, payload, cause);
        pending.add(event);
        return event;
    }

    boolean cancel(Event event) {
        return pending.remove(event);
    }

    boolean isPending(Event event) {
        return pending.contains(event);
    }

    @Nullable
    Event poll() {
        return pending.pollFirst();
    }

    /** Polls this queue and one under test, which has to tell the same. Returns the event, or null if none is pending. */
    @Nullable
    Event pollWith(EventQueue queue) {
        Event expected = poll();
        assertThat(queue.poll()).isEqualTo(expected != null);
        if (expected != null) {
            assertThat(new Event(queue.time(), queue.priority(), expected.sequence(), queue.payload(), queue.cause()))
                    .isEqualTo(expected);
        }
        return expected;
    }

    /** The earliest pending event, if there is one. */
    Event first() {
        return pending.first();
    }

    long peekTimeNanos() {
        return pending.isEmpty() ? SimTime.NEVER : first().timeNanos();
    }

    int size() {
        return pending.size();
    }

    ReferenceQueue copy() {
        ReferenceQueue copy = new ReferenceQueue();
        copy.pending.addAll(pending);
        copy.nextSequence = nextSequence;
        return copy;
    }

    /** A queue under test with the same events, built in their order. */
    EventQueue asEventQueue() {
        EventQueue queue = new EventQueue(Math.max(1, size()));
        pending.forEach(event -> queue.schedule(event.timeNanos, event.priority, event.payload, event.cause));
        return queue;
    }
}
