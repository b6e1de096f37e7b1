// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    private final EventQueue queue = new EventQueue(100);

    private long schedule(long timeNanos, Priority priority, long payload) {
        return queue.schedule(timeNanos, priority, payload, 0);
    }

    private List<Long> payloadsInOrder() {
        List<Long> payloads = new ArrayList<>();
        while (queue.poll()) {
            payloads.add(queue.payload());
        }
        return payloads;
    }

    @Test
    void theEarlierEventGoesFirst() {
        schedule(30, Priority.INPUT, 3);
        schedule(10, Priority.OBSERVATION, 1);
        schedule(20, Priority.REACTION, 2);

        assertThat(payloadsInOrder()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void atOneInstantThePriorityDecides() {
        for (int i = Priority.values().length - 1; i >= 0; i--) {
            schedule(5, Priority.values()[i], i);
        }

        assertThat(payloadsInOrder()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void atOneInstantAndPriorityWhoWasScheduledFirstGoesFirst() {
        for (long i = 0; i < 50; i++) {
            schedule(5, Priority.TIMER, i);
        }

        assertThat(payloadsInOrder()).hasSize(50).isSorted();
    }

    @Test
    void theFirstAndTheLastInstantCanBeUsedAndNoOther() {
        schedule(SimTime.LATEST, Priority.INPUT, 2);
        schedule(0, Priority.INPUT, 1);

        assertThat(payloadsInOrder()).containsExactly(1L, 2L);
        assertThatIllegalArgumentException().isThrownBy(() -> schedule(-1, Priority.INPUT, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> schedule(SimTime.NEVER, Priority.INPUT, 0));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void thePolledEventShowsAllItWasScheduledWith() {
        queue.schedule(9, Priority.COMPLETION, -77, Long.MIN_VALUE);
        queue.schedule(8, Priority.INPUT, 0, 0);

        assertThat(queue.poll()).isTrue();
        assertThat(queue.poll()).isTrue();
        assertThat(queue.time()).isEqualTo(9);
        assertThat(queue.priority()).isEqualTo(Priority.COMPLETION);
        assertThat(queue.payload()).isEqualTo(-77);
        assertThat(queue.cause()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void thePolledEventStaysWhileOthersAreScheduledAndWhenNoneIsLeft() {
        schedule(1, Priority.INPUT, 11);
        queue.poll();
        schedule(1, Priority.INPUT, 12);
        assertThat(queue.payload()).isEqualTo(11);

        queue.poll();
        assertThat(queue.poll()).isFalse();
        assertThat(queue.payload()).isEqualTo(12);
    }

    @Test
    void anEmptyQueueHasNothingToPoll() {
        assertThat(queue.poll()).isFalse();
        assertThat(queue.peekTimeNanos()).isEqualTo(SimTime.NEVER);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.size()).isZero();
    }

    @Test
    void peekingTellsTheTimeOfTheEarliestEventAndRemovesNothing() {
        schedule(20, Priority.INPUT, 0);
        schedule(10, Priority.INPUT, 0);

        assertThat(queue.peekTimeNanos()).isEqualTo(10);
        assertThat(queue.size()).isEqualTo(2);
        queue.poll();
        assertThat(queue.peekTimeNanos()).isEqualTo(20);
    }

    @Test
    void cancelledEventsDoNotHappen() {
        long first = schedule(1, Priority.INPUT, 1);
        schedule(2, Priority.INPUT, 2);
        long third = schedule(3, Priority.INPUT, 3);
        schedule(4, Priority.INPUT, 4);

        assertThat(queue.cancel(first)).isTrue();
        assertThat(queue.cancel(third)).isTrue();
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.peekTimeNanos()).isEqualTo(2);
        assertThat(payloadsInOrder()).containsExactly(2L, 4L);
    }

    @Test
    void cancellingAllLeavesAnEmptyQueueThatCanBeUsedAgain() {
        long[] handles = new long[60];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = schedule(i, Priority.INPUT, i);
        }
        for (long handle : handles) {
            assertThat(queue.cancel(handle)).isTrue();
        }

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.poll()).isFalse();
        assertThat(queue.peekTimeNanos()).isEqualTo(SimTime.NEVER);
        schedule(7, Priority.INPUT, 7);
        assertThat(payloadsInOrder()).containsExactly(7L);
    }

    @Test
    void aHandleTellsWhetherAndWhenItsEventHappens() {
        long handle = schedule(40, Priority.TIMER, 0);

        assertThat(handle).isNotZero();
        assertThat(queue.isPending(handle)).isTrue();
        assertThat(queue.timeOf(handle)).isEqualTo(40);

        queue.poll();
        assertThat(queue.isPending(handle)).isFalse();
        assertThat(queue.timeOf(handle)).isEqualTo(SimTime.NEVER);
    }

    @Test
    void aStaleHandleDoesNothingEvenWhenItsSlotIsUsedAgain() {
        long polled = schedule(1, Priority.INPUT, 0);
        queue.poll();
        long cancelled = schedule(2, Priority.INPUT, 0);
        queue.cancel(cancelled);
        long pending = schedule(3, Priority.INPUT, 3);

        assertThat(queue.cancel(polled)).isFalse();
        assertThat(queue.cancel(cancelled)).isFalse();
        assertThat(queue.isPending(cancelled)).isFalse();
        assertThat(queue.timeOf(polled)).isEqualTo(SimTime.NEVER);
        assertThat(List.of(polled, cancelled, pending)).doesNotHaveDuplicates();
        assertThat(payloadsInOrder()).containsExactly(3L);
    }

    @Test
    void numbersThatWereNeverHandlesDoNothing() {
        assertThat(queue.cancel(0)).isFalse();
        schedule(1, Priority.INPUT, 1);
        for (long number : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(queue.cancel(number)).isFalse();
            assertThat(queue.isPending(number)).isFalse();
            assertThat(queue.timeOf(number)).isEqualTo(SimTime.NEVER);
        }
        assertThat(payloadsInOrder()).containsExactly(1L);
    }

    @Test
    void noMoreEventsThanAllowedArePending() {
        EventQueue small = new EventQueue(2);
        small.schedule(1, Priority.INPUT, 1, 0);
        small.schedule(2, Priority.INPUT, 2, 0);

        assertThatExceptionOfType(PendingLimitExceeded.class)
                .isThrownBy(() -> small.schedule(3, Priority.TIMER, 33, 44))
                .withMessageContaining("maxPending = 2")
                .satisfies(exceeded -> {
                    assertThat(exceeded.maxPending()).isEqualTo(2);
                    assertThat(exceeded.timeNanos()).isEqualTo(3);
                    assertThat(exceeded.priority()).isEqualTo(Priority.TIMER);
                    assertThat(exceeded.payload()).isEqualTo(33);
                    assertThat(exceeded.cause()).isEqualTo(44);
                });
        assertThat(small.size()).isEqualTo(2);
    }

    @Test
    void polledAndCancelledEventsMakeRoomUnderTheLimit() {
        EventQueue small = new EventQueue(2);
        small.schedule(1, Priority.INPUT, 1, 0);
        long second = small.schedule(2, Priority.INPUT, 2, 0);
        small.poll();
        small.schedule(3, Priority.INPUT, 3, 0);
        small.cancel(second);
        small.schedule(4, Priority.INPUT, 4, 0);

        assertThat(small.size()).isEqualTo(2);
    }

    @Test
    void aLimitOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EventQueue(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventQueue(EventQueue.LARGEST_MAX_PENDING + 1));
        assertThat(new EventQueue(EventQueue.LARGEST_MAX_PENDING).isEmpty()).isTrue();
    }

    @Test
    @SuppressWarnings("NullAway")
    void aMissingPriorityIsRefusedAndNothingIsScheduled() {
        assertThatNullPointerException().isThrownBy(() -> schedule(1, null, 0));
        schedule(2, Priority.INPUT, 2);
        assertThat(payloadsInOrder()).containsExactly(2L);
    }
}
