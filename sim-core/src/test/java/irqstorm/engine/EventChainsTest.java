// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events of one time and priority that are linked to each other; numbers of events are their slots. */
class EventChainsTest {
    private static final long TIME = 1_000;
    private static final int PRIORITY = 3;

    private final EventSlots slots = new EventSlots();
    private final EventChains chains = new EventChains(slots);

    @BeforeEach
    void beginWithAChainOfTwo() {
        chains.begin();
        assertThat(extend(TIME, PRIORITY)).isFalse();
        assertThat(extend(TIME, PRIORITY)).isTrue();
    }

    private boolean extend(long timeNanos, int priority) {
        return chains.extend(timeNanos, priority, slots.add(timeNanos, priority, 0, 0));
    }

    private List<Integer> chainFrom(int first) {
        List<Integer> chain = new ArrayList<>();
        for (int slot = first; slot != EventLists.NONE; slot = chains.removeFirst(slot)) {
            chain.add(slot);
        }
        return chain;
    }

    /** Then chains are not worth looking for any more. */
    private void assertThatNoChainIsLeft() {
        assertThat(extend(TIME + 100, PRIORITY)).isFalse();
        assertThat(chains.areUsed()).isFalse();
    }

    @Test
    void aChainIsInTheOrderOfScheduling() {
        assertThat(extend(TIME, PRIORITY)).isTrue();

        assertThat(chainFrom(0)).containsExactly(0, 1, 2);
        assertThatNoChainIsLeft();
    }

    @Test
    void anotherPriorityOrTimeIsAnotherChain() {
        assertThat(extend(TIME, PRIORITY + 1)).isFalse();
        assertThat(extend(TIME + 1, PRIORITY)).isFalse();
        assertThat(extend(TIME, PRIORITY)).isTrue();

        assertThat(chainFrom(0)).containsExactly(0, 1, 4);
    }

    @Test
    void timesThatTheTableCannotTellApartAreToldApart() {
        long sameLastBits = TIME + (1L << 61);

        assertThat(extend(sameLastBits, PRIORITY)).isFalse();
        assertThat(extend(TIME, PRIORITY)).isFalse();

        assertThat(chainFrom(0)).containsExactly(0, 1);
    }

    @Test
    void prioritiesThatTheTableCannotTellApartAreToldApart() {
        for (long timeNanos = TIME + 1; timeNanos < TIME + 5_000; timeNanos++) {
            assertThat(extend(timeNanos, PRIORITY)).isFalse();
            assertThat(extend(timeNanos, PRIORITY + 1)).isFalse();
        }
    }

    @Test
    void anEndThatIsNotPendingIsNotFollowed() {
        slots.retire(1);

        assertThat(extend(TIME, PRIORITY)).isFalse();
        assertThat(extend(TIME, PRIORITY)).isTrue();

        assertThat(chainFrom(0)).containsExactly(0, 1);
        assertThat(chainFrom(2)).containsExactly(2, 3);
    }

    @Test
    void anEndWhoseSlotIsUsedAgainIsNotFollowed() {
        slots.free(chains.removeFirst(0));
        assertThat(extend(TIME + 1, PRIORITY)).isFalse();

        assertThat(extend(TIME, PRIORITY)).isFalse();

        assertThat(chainFrom(1)).containsExactly(1);
    }

    @Test
    void cancelledEventsAreTakenOutWhereverTheyAre() {
        for (int i = 2; i < 8; i++) {
            assertThat(extend(TIME, PRIORITY)).isTrue();
        }
        List.of(0, 1, 4, 7).forEach(slots::retire);

        int first = chains.removeCancelled(0);

        assertThat(extend(TIME, PRIORITY)).isFalse();
        assertThat(chainFrom(first)).containsExactly(2, 3, 5, 6);
        assertThatNoChainIsLeft();
    }

    @Test
    void ofAChainOfCancelledEventsNothingIsLeft() {
        slots.retire(0);
        slots.retire(1);

        assertThat(chains.removeCancelled(0)).isEqualTo(EventLists.NONE);
        assertThatNoChainIsLeft();
    }

    @Test
    void chainsAreGivenUpWhenTheyAreShort() {
        assertThat(extend(TIME + 1, PRIORITY)).isFalse();
        assertThat(chains.areUsed()).isTrue();
        chains.removeFirst(0);

        assertThat(extend(TIME + 2, PRIORITY)).isFalse();

        assertThat(chains.areUsed()).isFalse();
    }
}
