// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when 36 bits are not enough for the sequence numbers: 69 billion events. */
class EventQueueRenumberingTest {

    private final EventQueue queue = new EventQueue(100);
    private final List<Long> handles = new ArrayList<>();

    private void schedule(Priority priority, long payload) {
        handles.add(queue.schedule(9, priority, payload, payload));
    }

    @Test
    void theLastSequenceNumberIsFollowedByThoseOfThePendingEvents() {
        queue.continueSequenceAt(OrderKey.SEQUENCE_END - 2);
        schedule(Priority.TIMER, 0);
        schedule(Priority.TIMER, 1);
        schedule(Priority.TIMER, 2);
        schedule(Priority.TIMER, 3);

        for (long expected = 0; expected < 4; expected++) {
            assertThat(queue.poll()).isTrue();
            assertThat(queue.payload()).isEqualTo(expected);
        }
    }

    @Test
    void prioritiesAndTheOrderOfSchedulingSurvive() {
        queue.continueSequenceAt(OrderKey.SEQUENCE_END - 20);
        for (long i = 0; i < 40; i++) {
            schedule(i % 2 == 0 ? Priority.OBSERVATION : Priority.INPUT, i);
        }

        List<Long> payloads = new ArrayList<>();
        while (queue.poll()) {
            payloads.add(queue.payload());
        }
        List<Long> expected = new ArrayList<>();
        for (long i = 1; i < 40; i += 2) {
            expected.add(i);
        }
        for (long i = 0; i < 40; i += 2) {
            expected.add(i);
        }
        assertThat(payloads).isEqualTo(expected);
    }

    @Test
    void handlesStayValidAndStaleOnesStale() {
        queue.continueSequenceAt(OrderKey.SEQUENCE_END - 4);
        schedule(Priority.TIMER, 0);
        schedule(Priority.TIMER, 1);
        schedule(Priority.TIMER, 2);
        schedule(Priority.TIMER, 3);
        queue.poll();
        queue.cancel(handles.get(1));
        schedule(Priority.TIMER, 4);

        assertThat(handles.stream().map(queue::isPending)).containsExactly(false, false, true, true, true);
        assertThat(queue.cancel(handles.get(3))).isTrue();
        queue.poll();
        assertThat(queue.payload()).isEqualTo(2);
        queue.poll();
        assertThat(queue.payload()).isEqualTo(4);
        assertThat(queue.poll()).isFalse();
    }
}
