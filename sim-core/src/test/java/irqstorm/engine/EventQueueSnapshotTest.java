// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueSnapshotTest {

    private final EventQueue queue = new EventQueue(1000);

    private static List<Long> payloadsInOrder(EventQueue queue) {
        List<Long> payloads = new ArrayList<>();
        while (queue.poll()) {
            payloads.add(queue.payload());
        }
        return payloads;
    }

    @Test
    void aRestoredQueueGoesOnAsItDidTheFirstTime() {
        for (long i = 0; i < 100; i++) {
            queue.schedule(i % 7, Priority.INPUT, i, 0);
        }
        queue.poll();
        EventQueue.Snapshot snapshot = queue.snapshot();
        List<Long> firstTime = payloadsInOrder(queue);

        queue.restore(snapshot);

        assertThat(queue.size()).isEqualTo(99);
        assertThat(payloadsInOrder(queue)).isEqualTo(firstTime);
    }

    @Test
    void aSnapshotCanBeRestoredAgainAndAgain() {
        queue.schedule(1, Priority.INPUT, 1, 0);
        EventQueue.Snapshot snapshot = queue.snapshot();
        for (int i = 0; i < 3; i++) {
            queue.restore(snapshot);
            queue.schedule(2, Priority.INPUT, 2, 0);
            assertThat(payloadsInOrder(queue)).containsExactly(1L, 2L);
        }
    }

    @Test
    void handlesFromBeforeTheSnapshotAreValidAfterIt() {
        long polledLater = queue.schedule(1, Priority.INPUT, 1, 0);
        long cancelledLater = queue.schedule(2, Priority.INPUT, 2, 0);
        long cancelledBefore = queue.schedule(3, Priority.INPUT, 3, 0);
        queue.schedule(4, Priority.INPUT, 4, 0);
        queue.cancel(cancelledBefore);
        EventQueue.Snapshot snapshot = queue.snapshot();
        queue.poll();
        queue.cancel(cancelledLater);

        queue.restore(snapshot);

        assertThat(queue.timeOf(polledLater)).isEqualTo(1);
        assertThat(queue.isPending(cancelledBefore)).isFalse();
        assertThat(queue.cancel(cancelledLater)).isTrue();
        assertThat(payloadsInOrder(queue)).containsExactly(1L, 4L);
    }

    @Test
    void aHandleFromAnAbandonedFutureIsStaleUntilItIsGivenOutAgain() {
        queue.schedule(1, Priority.INPUT, 1, 0);
        queue.poll();
        EventQueue.Snapshot snapshot = queue.snapshot();
        long abandoned = queue.schedule(2, Priority.INPUT, 2, 0);

        queue.restore(snapshot);

        assertThat(queue.isPending(abandoned)).isFalse();
        assertThat(queue.cancel(abandoned)).isFalse();
        assertThat(queue.schedule(2, Priority.INPUT, 3, 0)).isEqualTo(abandoned);
    }

    @Test
    void thePolledEventIsRestored() {
        queue.schedule(1, Priority.INPUT, 1, 0);
        queue.schedule(2, Priority.TIMER, 2, 22);
        queue.poll();
        queue.poll();
        EventQueue.Snapshot snapshot = queue.snapshot();
        queue.schedule(3, Priority.INPUT, 3, 0);
        queue.poll();

        queue.restore(snapshot);

        assertThat(queue.time()).isEqualTo(2);
        assertThat(queue.priority()).isEqualTo(Priority.TIMER);
        assertThat(queue.payload()).isEqualTo(2);
        assertThat(queue.cause()).isEqualTo(22);
        queue.schedule(4, Priority.INPUT, 4, 0);
        queue.poll();
    }

    @Test
    void aSnapshotCanBeRestoredInAnotherQueue() {
        queue.schedule(5, Priority.INPUT, 55, 0);
        EventQueue other = new EventQueue(1);
        other.schedule(1, Priority.INPUT, 11, 0);

        other.restore(queue.snapshot());

        assertThat(payloadsInOrder(other)).containsExactly(55L);
        assertThat(payloadsInOrder(queue)).containsExactly(55L);
    }

    @Test
    void aSnapshotWithMoreEventsThanTheQueueMayHoldIsRefused() {
        queue.schedule(1, Priority.INPUT, 1, 0);
        queue.schedule(2, Priority.INPUT, 2, 0);
        EventQueue small = new EventQueue(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> small.restore(queue.snapshot()))
                .withMessage("the snapshot has 2 pending events, but this queue may hold 1 (maxPending)");
        assertThat(small.isEmpty()).isTrue();
    }

    @Test
    void queuesThatWillRunAlikeHaveOneFingerprintHoweverTheyCameToTheirContent() {
        queue.schedule(1, Priority.INPUT, 1, 0);
        queue.schedule(2, Priority.TIMER, 2, 0);
        queue.schedule(2, Priority.TIMER, 3, 0);

        EventQueue other = new EventQueue(7);
        other.schedule(0, Priority.INPUT, 9, 9);
        long cancelled = other.schedule(1, Priority.INPUT, 9, 9);
        other.schedule(2, Priority.TIMER, 2, 9);
        other.schedule(2, Priority.TIMER, 3, 9);
        other.schedule(1, Priority.INPUT, 1, 9);
        other.cancel(cancelled);
        other.poll();

        assertThat(other.fingerprint(1)).isEqualTo(queue.fingerprint(1));
        assertThat(other.size()).isEqualTo(3);
    }

    @Test
    void everythingThatChangesTheRunChangesTheFingerprint() {
        List<Long> fingerprints = new ArrayList<>();
        fingerprints.add(queue.fingerprint(1));
        fingerprints.add(queue.fingerprint(2));
        queue.schedule(1, Priority.INPUT, 1, 0);
        fingerprints.add(queue.fingerprint(1));
        fingerprints.add(with(1, Priority.INPUT, 2));
        fingerprints.add(with(1, Priority.TIMER, 1));
        fingerprints.add(with(2, Priority.INPUT, 1));
        queue.schedule(1, Priority.INPUT, 2, 0);
        fingerprints.add(queue.fingerprint(1));
        EventQueue otherWayRound = new EventQueue(2);
        otherWayRound.schedule(1, Priority.INPUT, 2, 0);
        otherWayRound.schedule(1, Priority.INPUT, 1, 0);
        fingerprints.add(otherWayRound.fingerprint(1));

        assertThat(fingerprints).doesNotHaveDuplicates();
    }

    @Test
    void theFingerprintIsTheSameInEveryVersionOnEveryMachine() {
        queue.schedule(1_000, Priority.PROPAGATION, 42, 0);
        queue.schedule(2_000, Priority.TIMER, -1, 0);

        assertThat(queue.fingerprint(7)).isEqualTo(7781183763889537957L);
    }

    private static long with(long timeNanos, Priority priority, long payload) {
        EventQueue queue = new EventQueue(1);
        queue.schedule(timeNanos, priority, payload, 0);
        return queue.fingerprint(1);
    }
}
