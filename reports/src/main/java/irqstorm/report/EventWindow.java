// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.trace.TraceEvent;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps some successive events of a run, so that memory does not grow with the run. */
final class EventWindow implements TraceSink {
    private final long first;
    private final long last;
    private final List<TraceEvent> events = new ArrayList<>();

    /** Keeps the events numbered from {@code first} to {@code last}. */
    EventWindow(long first, long last) {
        this.first = first;
        this.last = last;
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        if (sequence >= first && sequence <= last) {
            events.add(new TraceEvent(sequence, timeNanos, actor, kind, a, b, c, cause));
        }
    }

    /** The events kept: fewer if the run ended before. */
    List<TraceEvent> events() {
        return List.copyOf(events);
    }
}
