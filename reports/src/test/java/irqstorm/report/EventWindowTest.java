// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.trace.TraceEvent;
import org.junit.jupiter.api.Test;

class EventWindowTest {
    @Test
    void onlyTheEventsOfTheWindowAreKept() {
        EventWindow window = new EventWindow(2, 3);
        for (int i = 1; i <= 4; i++) {
            window.record(i, 10L * i, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, i - 1);
        }
        assertThat(window.events())
                .containsExactly(
                        new TraceEvent(2, 20, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, 1),
                        new TraceEvent(3, 30, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, 2));
    }
}
