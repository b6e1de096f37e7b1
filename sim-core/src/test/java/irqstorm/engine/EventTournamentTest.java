// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first of few events, whatever is added and removed. Events are numbered by their slots. */
class EventTournamentTest {
    private record Entry(long time, int priority, long sequence, int slot) {
        static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::time)
                .thenComparingInt(Entry::priority)
                .thenComparingLong(Entry::sequence);
    }

    private final EventTournament tournament = new EventTournament();

    private int removeRoot() {
        tournament.settle();
        int slot = tournament.rootSlot();
        tournament.removeRoot();
        return slot;
    }

    @Test
    void withoutEventsItsTimeIsNever() {
        assertThat(tournament.rootTime()).isEqualTo(SimTime.NEVER);
        assertThat(tournament.size()).isZero();
    }

    @Test
    void timeGoesBeforePriorityAndPriorityBeforeSequence() {
        tournament.add(20, 0, 0, 4);
        tournament.add(10, 2, 1, 3);
        tournament.add(10, 1, 3, 2);
        tournament.add(10, 1, 2, 1);
        tournament.add(SimTime.LATEST, 0, 4, 5);
        tournament.add(0, 5, 5, 0);

        List<Integer> removed = new ArrayList<>();
        while (removed.size() < 6) {
            removed.add(removeRoot());
        }
        assertThat(removed).containsExactly(0, 1, 2, 3, 4, 5);
        tournament.settle();
        assertThat(tournament.rootTime()).isEqualTo(SimTime.NEVER);
    }

    @Test
    void whatIsAddedAfterARemovalIsNotOneMore() {
        assertThat(tournament.add(10, 0, 0, 0)).isTrue();
        assertThat(tournament.add(20, 0, 1, 1)).isTrue();
        tournament.removeRoot();

        assertThat(tournament.add(30, 0, 2, 2)).isFalse();
        assertThat(tournament.add(5, 0, 3, 3)).isTrue();

        assertThat(tournament.size()).isEqualTo(3);
        assertThat(removeRoot()).isEqualTo(3);
        assertThat(removeRoot()).isEqualTo(1);
        assertThat(removeRoot()).isEqualTo(2);
    }

    @Test
    void anEventThatFollowsTheRootHasItsPlace() {
        tournament.add(10, 0, 0, 0);
        tournament.add(10, 0, 1, 1);

        tournament.replaceRoot(7);

        assertThat(tournament.rootTime()).isEqualTo(10);
        assertThat(removeRoot()).isEqualTo(7);
        assertThat(removeRoot()).isEqualTo(1);
    }

    /** Every event costs a match a level, so room for many of them must not stay after they have gone. */
    @Test
    void roomThatIsNotNeededAnyMoreIsGivenUp() {
        int roomForFew = tournament.capacity();
        for (int slot = 0; slot < 500; slot++) {
            tournament.add(slot, 0, slot, slot);
        }
        assertThat(tournament.capacity()).isBetween(500, 625);

        for (int slot = 0; slot < 499; slot++) {
            assertThat(removeRoot()).isEqualTo(slot);
        }
        tournament.settle();

        assertThat(tournament.capacity()).isLessThan(2 * roomForFew);
        assertThat(tournament.rootSlot()).isEqualTo(499);
    }

    @Test
    void aCopyGoesItsOwnWay() {
        tournament.add(10, 0, 0, 0);
        tournament.add(20, 0, 1, 1);
        tournament.removeRoot();
        EventTournament copy = new EventTournament();
        copy.copyFrom(tournament);

        copy.add(5, 0, 2, 2);
        tournament.settle();

        assertThat(tournament.rootSlot()).isEqualTo(1);
        assertThat(copy.rootSlot()).isEqualTo(2);
        assertThat(tournament.size()).isEqualTo(1);
        assertThat(copy.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 60, 400})
    void itIsWonByWhatAPriorityQueueHasFirst(int events) {
        SplittableRandom random = new SplittableRandom(events);
        PriorityQueue<Entry> expected = new PriorityQueue<>(Entry.ORDER);
        for (int operation = 0; operation < 100_000; operation++) {
            if (random.nextInt(2 * events) >= expected.size()) {
                Entry entry = new Entry(random.nextLong(2L * events), random.nextInt(3), operation, operation);
                expected.add(entry);
                tournament.add(entry.time, entry.priority, entry.sequence, entry.slot);
            } else {
                tournament.settle();
                Entry first = expected.remove();
                assertThat(tournament.rootTime()).isEqualTo(first.time);
                assertThat(tournament.rootSlot()).isEqualTo(first.slot);
                tournament.removeRoot();
            }
            if (random.nextInt(5 * events) == 0) {
                int last = random.nextInt(4);
                expected.removeIf(entry -> entry.slot % 4 == last);
                tournament.replaceAll(slot -> slot % 4 == last ? EventLists.NONE : slot);
                assertThat(tournament.size()).isEqualTo(expected.size());
            }
        }
    }
}
