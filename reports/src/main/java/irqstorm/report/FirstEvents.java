// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.trace.TraceEvent;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps the first events of a run, so that memory does not grow with the run. */
public final class FirstEvents implements TraceSink {
    private final int limit;
    private final List<TraceEvent> events = new ArrayList<>();

    /** Keeps at most {@code limit} events. */
    public FirstEvents(int limit) {
        this.limit = limit;
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        if (events.size() < limit) {
            events.add(new TraceEvent(sequence, timeNanos, actor, kind, a, b, c, cause));
        }
    }

    /** The events kept. */
    public List<TraceEvent> events() {
        return List.copyOf(events);
    }
}
