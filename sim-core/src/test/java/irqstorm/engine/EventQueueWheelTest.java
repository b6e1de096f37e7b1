// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** So many events that most of them wait in lists. A block is a span of time whose events share a list. */
class EventQueueWheelTest {
    /** Times of one block differ in their last 24 bits. */
    private static final long BLOCK = 1L << 24;

    /** So many events of a block that is due are sorted at once; if it has more they are dealt to finer lists first. */
    private static final int MOST_AT_ONCE = EventRun.CAPACITY;

    /** With so many events pending, lists are used. */
    private static final int MANY = 2_000;

    private final EventQueue queue = new EventQueue(10 * MANY);
    private final ReferenceQueue reference = new ReferenceQueue();
    private final Map<ReferenceQueue.Event, Long> handles = new LinkedHashMap<>();
    private final SplittableRandom random = new SplittableRandom(1);

    private ReferenceQueue.Event schedule(long timeNanos, Priority priority) {
        long payload = handles.size();
        long cause = payload + 1;
        ReferenceQueue.Event event = reference.schedule(timeNanos, priority, payload, cause);
        handles.put(event, queue.schedule(timeNanos, priority, payload, cause));
        return event;
    }

    private ReferenceQueue.Event schedule(long timeNanos) {
        return schedule(timeNanos, Priority.REACTION);
    }

    private void cancel(ReferenceQueue.Event event) {
        assertThat(reference.cancel(event)).isTrue();
        assertThat(queue.cancel(handles.get(event))).isTrue();
    }

    private void cancelNineOfTen() {
        List<ReferenceQueue.Event> all =
                handles.keySet().stream().filter(reference::isPending).toList();
        for (int i = 0; i < all.size(); i++) {
            if (i % 10 != 0) {
                cancel(all.get(i));
            }
        }
    }

    private void scheduleMoreThanAtOnceFor(long timeNanos) {
        for (int i = 0; i < 2 * MOST_AT_ONCE; i++) {
            schedule(timeNanos);
        }
    }

    /** Schedules events all over some blocks from this one on. */
    private List<ReferenceQueue.Event> scatter(int count, long firstBlock, int blocks) {
        return Stream.generate(() -> schedule(firstBlock * BLOCK + random.nextLong(blocks * BLOCK)))
                .limit(count)
                .toList();
    }

    /** So many events far away that all but those at time 0 wait in lists. */
    private void fillTheFuture() {
        schedule(0);
        scatter(MANY, 1_000, 60);
    }

    /** Polls the event at time 0, and the first of the block after it, which is run from then on. */
    private void enterTheFirstBlock() {
        pollExpectingTheFirst();
        pollExpectingTheFirst();
    }

    private long pollExpectingTheFirst() {
        long timeNanos = reference.peekTimeNanos();
        assertThat(queue.peekTimeNanos()).isEqualTo(timeNanos);
        assertThat(reference.pollWith(queue)).isNotNull();
        assertThat(queue.size()).isEqualTo(reference.size());
        return timeNanos;
    }

    private void drainExpectingOrder() {
        while (reference.size() > 0) {
            pollExpectingTheFirst();
        }
        assertThat(reference.pollWith(queue)).isNull();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void eventsOfManyBlocksComeInTheirOrder() {
        fillTheFuture();

        drainExpectingOrder();
    }

    @Test
    void priorityAndThenTheOrderOfSchedulingSettleTiesInABlock() {
        fillTheFuture();
        for (Priority priority : List.of(Priority.TIMER, Priority.INPUT, Priority.OBSERVATION)) {
            for (int i = 0; i < 60; i++) {
                schedule(BLOCK + i % 20, priority);
            }
        }

        drainExpectingOrder();
    }

    @Test
    void aBlockWithTooManyEventsIsDealtToFinerLists() {
        fillTheFuture();
        scatter(10 * MOST_AT_ONCE, 1, 1);

        drainExpectingOrder();
    }

    @Test
    void tiesInABlockThatIsDealtComeByPriorityAndThenInTheOrderOfScheduling() {
        fillTheFuture();
        for (int i = 0; i < 3 * MOST_AT_ONCE; i++) {
            schedule(BLOCK + i % 20 * 4096L, i % 7 == 0 ? Priority.INPUT : Priority.TIMER);
        }

        drainExpectingOrder();
    }

    @Test
    void aBlockMayHaveAsManyEventsAsAreSortedAtOnceAndOneMore() {
        fillTheFuture();
        scatter(MOST_AT_ONCE, 1, 1);
        scatter(MOST_AT_ONCE + 1, 2, 1);

        drainExpectingOrder();
    }

    @Test
    void tooManyEventsOfOneInstantComeByPriorityAndThenInTheOrderOfScheduling() {
        fillTheFuture();
        for (int i = 0; i < 2 * MOST_AT_ONCE; i++) {
            schedule(BLOCK, i % 3 == 0 ? Priority.INPUT : Priority.TIMER);
        }

        drainExpectingOrder();
    }

    @Test
    void aShortBlockIsContinuedUnlessTheNextOneHasTooMany() {
        fillTheFuture();
        scatter(3, 1, 1);
        scatter(MOST_AT_ONCE + 1, 2, 1);
        scatter(3, 3, 1);
        scatter(3, 4, 1);

        drainExpectingOrder();
    }

    @Test
    void whatIsScheduledWhileABlockIsRunGoesWhereItBelongs() {
        fillTheFuture();
        scatter(100, 1, 3);
        scatter(MOST_AT_ONCE + 44, 4, 1);

        for (int i = 0; i < 3 * MANY; i++) {
            long now = pollExpectingTheFirst();
            long delayNanos = random.nextLong(1L << 6 + 4 * random.nextInt(7));
            schedule(now + delayNanos, random.nextBoolean() ? Priority.INPUT : Priority.TIMER);
        }
        drainExpectingOrder();
    }

    @Test
    void whatIsScheduledForTheTimeOfTheNextEventOfABlockGoesByPriorityAndThenAfterIt() {
        fillTheFuture();
        scatter(100, 1, 1);
        enterTheFirstBlock();

        for (Priority priority : Priority.values()) {
            schedule(reference.peekTimeNanos(), priority);
            pollExpectingTheFirst();
            schedule(reference.peekTimeNanos(), priority);
            pollExpectingTheFirst();
        }
        drainExpectingOrder();
    }

    @Test
    void cancelledEventsOfABlockDoNotHappen() {
        fillTheFuture();
        List<ReferenceQueue.Event> blocks = scatter(1_900, 1, 19);
        for (int i = 0; i < blocks.size(); i += 3) {
            cancel(blocks.get(i));
        }

        drainExpectingOrder();
    }

    @Test
    void theSlotsOfCancelledEventsAreUsedAgain() {
        fillTheFuture();
        for (int block = 1; block < 200; block++) {
            for (int i = 0; i < 100; i++) {
                cancel(scatter(2, block, 1).get(0));
            }
            for (int i = 0; i < 100; i++) {
                pollExpectingTheFirst();
            }
        }

        assertThat(EventSlots.slotOf(handles.get(schedule(0)))).isLessThan(2 * MANY);
        drainExpectingOrder();
    }

    @Test
    void allEventsOfABlockMayBeCancelled() {
        fillTheFuture();
        List<ReferenceQueue.Event> block = scatter(3 * MOST_AT_ONCE, 1, 1);
        scatter(100, 2, 2);
        block.forEach(this::cancel);

        drainExpectingOrder();
    }

    @Test
    void cancelledEventsOfABlockWithTooManyDoNotHappen() {
        fillTheFuture();
        List<ReferenceQueue.Event> block = scatter(2 * MOST_AT_ONCE, 1, 1);
        for (int i = 0; i < MOST_AT_ONCE / 2; i++) {
            cancel(block.get(3 * i));
        }

        drainExpectingOrder();
    }

    @Test
    void theFirstEventsMayBeCancelledWhileTheirBlockIsRun() {
        fillTheFuture();
        scatter(100, 1, 1);
        for (int i = 0; i < 30; i++) {
            pollExpectingTheFirst();
            cancel(reference.first());
        }

        drainExpectingOrder();
    }

    @Test
    void theFirstEventsOfAnInstantMayBeCancelledWhileItLasts() {
        fillTheFuture();
        scheduleMoreThanAtOnceFor(BLOCK);
        for (int i = 0; i < 100; i++) {
            pollExpectingTheFirst();
            cancel(reference.first());
        }

        drainExpectingOrder();
    }

    @Test
    void whenMostAreCancelledTheOthersStayWhereverTheyWait() {
        fillTheFuture();
        scheduleMoreThanAtOnceFor(BLOCK);
        scatter(200, 2, 2);
        enterTheFirstBlock();
        scatter(20, 0, 1);
        cancelNineOfTen();

        drainExpectingOrder();
    }

    @Test
    void whenMostAreCancelledWhileABlockIsRunTheOthersStayInOrder() {
        fillTheFuture();
        scatter(200, 1, 1);
        enterTheFirstBlock();
        cancelNineOfTen();

        drainExpectingOrder();
    }

    @Test
    void tooManyEarlierEventsMakeTheWheelStartAgainWhileABlockIsRun() {
        fillTheFuture();
        scatter(200, 5, 1);
        enterTheFirstBlock();
        scatter(3 * MANY, 1, 2);
        scatter(3 * MANY, 5, 1);

        drainExpectingOrder();
    }

    @Test
    void tooManyEarlierEventsMakeTheWheelStartAgainWhileAnInstantLasts() {
        fillTheFuture();
        scheduleMoreThanAtOnceFor(5 * BLOCK);
        enterTheFirstBlock();
        scatter(3 * MANY, 1, 2);
        schedule(5 * BLOCK);

        drainExpectingOrder();
    }

    @Test
    void eventsOfOneInstantInTheTournamentComeInTheOrderOfSchedulingAfterTheWheelWasNeeded() {
        fillTheFuture();
        drainExpectingOrder();
        for (int i = 0; i < 100; i++) {
            schedule(2_000 * BLOCK, i % 2 == 0 ? Priority.TIMER : Priority.INPUT);
        }

        drainExpectingOrder();
    }

    @Test
    void aSnapshotTakenWhileABlockIsRunHasAllOfIt() {
        fillTheFuture();
        scatter(200, 1, 1);
        enterTheFirstBlock();
        scatter(5, 0, 1);
        EventQueue copy = new EventQueue(10 * MANY);

        copy.restore(queue.snapshot());

        ReferenceQueue copied = reference.copy();
        drainExpectingOrder();
        while (copied.size() > 0) {
            copied.pollWith(copy);
        }
        assertThat(copy.poll()).isFalse();
    }
}
