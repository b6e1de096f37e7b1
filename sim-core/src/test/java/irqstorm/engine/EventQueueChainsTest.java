// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** So many events of two instants that they are chained; what happens between two events of a chain. */
class EventQueueChainsTest {
    private static final int EVENTS = 1_000;
    private static final long INSTANT = 5_000;
    private static final long LATER = 6_000;

    private final EventQueue queue = new EventQueue(2 * EVENTS);
    private final List<Long> handles = new ArrayList<>();

    @BeforeEach
    void scheduleForTwoInstantsInTurn() {
        for (long i = 0; i < EVENTS; i++) {
            handles.add(queue.schedule(i % 2 == 0 ? INSTANT : LATER, Priority.REACTION, i, i));
        }
        pollExpecting(0);
        pollExpecting(2);
    }

    private void pollExpecting(long payload) {
        assertThat(queue.poll()).isTrue();
        assertThat(queue.payload()).isEqualTo(payload);
        assertThat(queue.time()).isEqualTo(payload % 2 == 0 ? INSTANT : LATER);
    }

    @Test
    void anEventOfAHigherPriorityGoesBetween() {
        queue.schedule(INSTANT, Priority.values()[0], 10_000, 0);

        pollExpecting(10_000);
        assertThat(queue.priority()).isEqualTo(Priority.values()[0]);
        pollExpecting(4);
        assertThat(queue.priority()).isEqualTo(Priority.REACTION);
    }

    @Test
    void anEarlierEventGoesBetween() {
        queue.schedule(INSTANT - 1, Priority.REACTION, 10_000, 0);

        assertThat(queue.poll()).isTrue();
        assertThat(queue.time()).isEqualTo(INSTANT - 1);
        pollExpecting(4);
    }

    @Test
    void theNextOneMayBeCancelled() {
        queue.cancel(handles.get(4));

        assertThat(queue.isPending(handles.get(6))).isTrue();
        pollExpecting(6);
    }

    @Test
    void allTheOthersOfTheInstantMayBeCancelled() {
        for (int i = 4; i < EVENTS; i += 2) {
            queue.cancel(handles.get(i));
        }

        assertThat(queue.peekTimeNanos()).isEqualTo(LATER);
        pollExpecting(1);
        pollExpecting(3);
    }

    @Test
    void oneThatIsAddedToTheInstantIsItsLast() {
        queue.schedule(INSTANT, Priority.REACTION, 10_000, 0);

        for (long i = 4; i < EVENTS; i += 2) {
            pollExpecting(i);
        }
        pollExpecting(10_000);
        pollExpecting(1);
    }

    @Test
    void whatIsRestoredGoesOnWhereItWas() {
        EventQueue.Snapshot snapshot = queue.snapshot();
        pollExpecting(4);
        pollExpecting(6);

        queue.restore(snapshot);

        pollExpecting(4);
        pollExpecting(6);
    }

    /** In which order slots are used again is no affair of this test, so it tries a hundred numbers of new events. */
    @Test
    void theSlotOfTheNextOneMayBeUsedAgain() {
        EventQueue.Snapshot snapshot = queue.snapshot();
        for (int added = 1; added < 100; added++) {
            queue.restore(snapshot);
            pollExpecting(4);
            for (int i = EVENTS - 1; i > 0; i--) {
                queue.cancel(handles.get(i));
            }
            for (int i = 1; i <= added; i++) {
                queue.schedule(LATER - i, Priority.REACTION, i, 0);
            }

            assertThat(queue.poll()).isTrue();
            assertThat(queue.time()).isEqualTo(LATER - added);
        }
    }

    @Test
    void whatIsRestoredMayBeAnotherQueue() {
        EventQueue other = new EventQueue(EVENTS);
        for (int i = 0; i <= 4; i++) {
            other.schedule(INSTANT - i, Priority.REACTION, i, 0);
        }

        queue.restore(other.snapshot());

        assertThat(queue.poll()).isTrue();
        assertThat(queue.time()).isEqualTo(INSTANT - 4);
    }

    /** So many events of instants of their own end the chains; those of the later instant come back when few are left. */
    @Test
    void anEventOfAChainThatWaitedInAListStandsAlone() {
        for (int i = 100; i < EVENTS; i++) {
            queue.cancel(handles.get(i));
        }
        for (long i = 1; i < LATER - INSTANT; i++) {
            queue.schedule(INSTANT + i, Priority.REACTION, i, i);
        }

        for (long i = 4; i < 100; i += 2) {
            pollExpecting(i);
        }
        for (long i = 1; i < LATER - INSTANT; i++) {
            assertThat(queue.poll()).isTrue();
            assertThat(queue.payload()).isEqualTo(i);
        }
        for (long i = 1; i < 100; i += 2) {
            pollExpecting(i);
        }
        assertThat(queue.poll()).isFalse();
    }
}
