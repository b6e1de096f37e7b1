// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.trace.TraceEvent;
import org.junit.jupiter.api.Test;

class FirstEventsTest {
    @Test
    void onlyTheFirstEventsAreKept() {
        FirstEvents first = new FirstEvents(2);
        for (int i = 1; i <= 3; i++) {
            first.record(i, 10L * i, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, i - 1);
        }
        assertThat(first.events())
                .containsExactly(
                        new TraceEvent(1, 10, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, 0),
                        new TraceEvent(2, 20, Actor.L2, EventKind.VM_EXIT, 1, 2, 3, 1));
    }
}
