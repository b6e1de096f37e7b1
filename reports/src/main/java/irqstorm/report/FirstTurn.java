// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.EventKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The first turn of a run: from the first interrupt of a device until there is another, or the same one is delivered again. */
public final class FirstTurn {
    private static final int MOST_EVENTS = 40;
    private static final Set<EventKind> BEGINS =
            EnumSet.of(EventKind.LINE_ASSERTED, EventKind.EDGE_SENT, EventKind.EVENT_SIGNALLED);
    private static final Set<EventKind> DELIVERS = EnumSet.of(EventKind.IOAPIC_DELIVERED, EventKind.ROUTE_DELIVERED);

    private FirstTurn() {}

    /** The events of the first turn among {@code events}; none if no device interrupts. */
    public static List<Report.Moment> of(List<Report.Moment> events) {
        int start = 0;
        while (start < events.size() && !BEGINS.contains(events.get(start).kind())) {
            start++;
        }
        int end = start;
        int deliveries = 0;
        while (end < events.size() && end - start < MOST_EVENTS) {
            EventKind kind = events.get(end).kind();
            deliveries += DELIVERS.contains(kind) ? 1 : 0;
            if (deliveries > 1) {
                return events.subList(start, end + 1);
            }
            if (end > start && BEGINS.contains(kind)) {
                break;
            }
            end++;
        }
        return events.subList(start, end);
    }
}
