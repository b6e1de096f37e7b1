// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** So many events that most of them wait in lists. A block is a span of time whose events share a list. */
class EventQueueWheelTest {
    /** Times of one block differ in their last 24 bits. */
    private static final long BLOCK = 1L << 24;

    /** So many events of a block that is due are sorted at once; if it has more they are dealt to finer lists first. */
    private static final int MOST_AT_ONCE = EventRun.CAPACITY;

    /** With so many events pending, lists are used. */
    private static final int MANY = 2_000;

    private record Event(long timeNanos, Priority priority, long payload, long handle) {}

    private final EventQueue queue = new EventQueue(10 * MANY);
    private final SplittableRandom random = new SplittableRandom(1);
    private List<Event> expected = new ArrayList<>();
    private long scheduled;

    private Event schedule(long timeNanos, Priority priority) {
        long payload = scheduled++;
        Event event =
                new Event(timeNanos, priority, payload, queue.schedule(timeNanos, priority, payload, payload + 1));
        expected.add(event);
        return event;
    }

    private Event schedule(long timeNanos) {
        return schedule(timeNanos, Priority.REACTION);
    }

    private void cancel(Event event) {
        assertThat(queue.cancel(event.handle)).isTrue();
        expected.remove(event);
    }

    private void cancelNineOfTen() {
        List<Event> all = new ArrayList<>(expected);
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

    /** Events all over some blocks from this one on. */
    private void scatter(int count, long firstBlock, int blocks) {
        for (int i = 0; i < count; i++) {
            schedule(firstBlock * BLOCK + random.nextLong(blocks * BLOCK));
        }
    }

    /** So many events far away that all but those at time 0 wait in lists. */
    private void fillTheFuture() {
        schedule(0);
        scatter(MANY, 1_000, 60);
    }

    private Event pollExpectingTheFirst() {
        sortExpected();
        return pollExpectingTheFirstOfSorted();
    }

    private Event pollExpectingTheFirstOfSorted() {
        Event first = expected.remove(0);
        assertThat(queue.peekTimeNanos()).isEqualTo(first.timeNanos);
        assertThat(queue.poll()).isTrue();
        assertThat(polled(queue, first)).isEqualTo(first);
        assertThat(queue.cause()).isEqualTo(first.payload + 1);
        assertThat(queue.size()).isEqualTo(expected.size());
        return first;
    }

    private static Event polled(EventQueue queue, Event event) {
        return new Event(queue.time(), queue.priority(), queue.payload(), event.handle);
    }

    /** Stable, so the order of scheduling decides in the end. */
    private void sortExpected() {
        expected.sort(Comparator.comparingLong(Event::timeNanos).thenComparing(Event::priority));
    }

    private void drainExpectingOrder() {
        sortExpected();
        while (!expected.isEmpty()) {
            pollExpectingTheFirstOfSorted();
        }
        assertThat(queue.poll()).isFalse();
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
            long now = pollExpectingTheFirst().timeNanos;
            long delayNanos = random.nextLong(1L << 6 + 4 * random.nextInt(7));
            schedule(now + delayNanos, random.nextBoolean() ? Priority.INPUT : Priority.TIMER);
        }
        drainExpectingOrder();
    }

    @Test
    void whatIsScheduledForTheTimeOfTheNextEventOfABlockGoesByPriorityAndThenAfterIt() {
        fillTheFuture();
        scatter(100, 1, 1);
        pollExpectingTheFirst();
        pollExpectingTheFirst();

        for (Priority priority : Priority.values()) {
            sortExpected();
            schedule(expected.get(0).timeNanos, priority);
            pollExpectingTheFirst();
            schedule(expected.get(0).timeNanos, priority);
            pollExpectingTheFirst();
        }
        drainExpectingOrder();
    }

    @Test
    void cancelledEventsOfABlockDoNotHappen() {
        fillTheFuture();
        List<Event> toCancel = new ArrayList<>();
        for (int block = 1; block < 20; block++) {
            for (int i = 0; i < 100; i++) {
                Event event = schedule(block * BLOCK + random.nextLong(BLOCK));
                if (i % 3 == 0) {
                    toCancel.add(event);
                }
            }
        }
        toCancel.forEach(this::cancel);

        drainExpectingOrder();
    }

    @Test
    void theSlotsOfCancelledEventsAreUsedAgain() {
        fillTheFuture();
        for (int block = 1; block < 200; block++) {
            for (int i = 0; i < 100; i++) {
                cancel(schedule(block * BLOCK + random.nextLong(BLOCK)));
                schedule(block * BLOCK + random.nextLong(BLOCK));
            }
            for (int i = 0; i < 100; i++) {
                pollExpectingTheFirst();
            }
        }

        assertThat(EventSlots.slotOf(schedule(0).handle)).isLessThan(2 * MANY);
        drainExpectingOrder();
    }

    @Test
    void allEventsOfABlockMayBeCancelled() {
        fillTheFuture();
        List<Event> block = new ArrayList<>();
        for (int i = 0; i < 3 * MOST_AT_ONCE; i++) {
            block.add(schedule(BLOCK + random.nextLong(BLOCK)));
        }
        scatter(100, 2, 2);
        block.forEach(this::cancel);

        drainExpectingOrder();
    }

    @Test
    void cancelledEventsOfABlockWithTooManyDoNotHappen() {
        fillTheFuture();
        List<Event> block = new ArrayList<>();
        for (int i = 0; i < 2 * MOST_AT_ONCE; i++) {
            block.add(schedule(BLOCK + random.nextLong(BLOCK)));
        }
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
            cancel(expected.get(0));
        }

        drainExpectingOrder();
    }

    @Test
    void theFirstEventsOfAnInstantMayBeCancelledWhileItLasts() {
        fillTheFuture();
        scheduleMoreThanAtOnceFor(BLOCK);
        for (int i = 0; i < 100; i++) {
            pollExpectingTheFirst();
            cancel(expected.get(0));
        }

        drainExpectingOrder();
    }

    @Test
    void whenMostAreCancelledTheOthersStayWhereverTheyWait() {
        fillTheFuture();
        scheduleMoreThanAtOnceFor(BLOCK);
        scatter(200, 2, 2);
        pollExpectingTheFirst();
        pollExpectingTheFirst();
        scatter(20, 0, 1);
        cancelNineOfTen();

        drainExpectingOrder();
    }

    @Test
    void whenMostAreCancelledWhileABlockIsRunTheOthersStayInOrder() {
        fillTheFuture();
        scatter(200, 1, 1);
        pollExpectingTheFirst();
        pollExpectingTheFirst();
        cancelNineOfTen();

        drainExpectingOrder();
    }

    @Test
    void tooManyEarlierEventsMakeTheWheelStartAgainWhileABlockIsRun() {
        fillTheFuture();
        scatter(200, 5, 1);
        pollExpectingTheFirst();
        pollExpectingTheFirst();
        scatter(3 * MANY, 1, 2);
        scatter(3 * MANY, 5, 1);

        drainExpectingOrder();
    }

    @Test
    void tooManyEarlierEventsMakeTheWheelStartAgainWhileAnInstantLasts() {
        fillTheFuture();
        scheduleMoreThanAtOnceFor(5 * BLOCK);
        pollExpectingTheFirst();
        pollExpectingTheFirst();
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
        pollExpectingTheFirst();
        pollExpectingTheFirst();
        scatter(5, 0, 1);
        EventQueue copy = new EventQueue(10 * MANY);

        copy.restore(queue.snapshot());

        List<Event> copied = new ArrayList<>(expected);
        drainExpectingOrder();
        expected = copied;
        sortExpected();
        for (Event event : expected) {
            assertThat(copy.poll()).isTrue();
            assertThat(polled(copy, event)).isEqualTo(event);
        }
        assertThat(copy.poll()).isFalse();
    }
}
