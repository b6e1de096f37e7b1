// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StateStoreTest {
    private final StateStore store = new StateStore();

    @Test
    void reservationsFollowEachOtherAndBeginAsZero() {
        int first = store.reserve(3);
        int second = store.reserve(2);

        assertThat(first).isZero();
        assertThat(second).isEqualTo(3);
        assertThat(store.size()).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            assertThat(store.get(i)).isZero();
        }
    }

    @Test
    void reservingNothingTakesNoWord() {
        store.reserve(1);
        assertThat(store.reserve(0)).isEqualTo(1);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void growingKeepsWhatIsThere() {
        int early = store.reserve(100);
        for (int i = 0; i < 100; i++) {
            store.set(early + i, i * 7L);
        }
        int late = store.reserve(10_000);
        store.set(late + 9_999, -1);

        for (int i = 0; i < 100; i++) {
            assertThat(store.get(early + i)).isEqualTo(i * 7L);
        }
        assertThat(store.get(late + 9_999)).isEqualTo(-1);
    }

    @Test
    void aStoreFillsToItsLimitOfAMillionWordsAndNoFurther() {
        store.reserve(1 << 20);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.reserve(1))
                .withMessage("cannot reserve 1 words beyond 1048576");
        assertThat(store.size()).isEqualTo(1 << 20);
    }

    @Test
    void aNegativeReservationIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> store.reserve(-1)).withMessageContaining("-1");
    }

    @Test
    void addingChangesOneWordByTheDifference() {
        store.reserve(2);
        store.set(0, 40);
        store.add(0, 2);
        store.add(1, -3);

        assertThat(store.get(0)).isEqualTo(42);
        assertThat(store.get(1)).isEqualTo(-3);
    }

    @Test
    void restoringPutsEveryWordBackAndASnapshotCanBeUsedAgain() {
        store.reserve(300);
        for (int i = 0; i < 300; i++) {
            store.set(i, i + 1L);
        }
        StateStore.Snapshot snapshot = store.snapshot();
        long fingerprint = store.fingerprint(0);

        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 300; i++) {
                store.set(i, -i);
            }
            store.restore(snapshot);
            assertThat(store.fingerprint(0)).isEqualTo(fingerprint);
            for (int i = 0; i < 300; i++) {
                assertThat(store.get(i)).isEqualTo(i + 1L);
            }
        }
    }

    @Test
    void aSnapshotOfAnotherLayoutIsRefusedAndChangesNothing() {
        store.reserve(2);
        store.set(1, 9);
        StateStore other = new StateStore();
        other.reserve(3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.restore(other.snapshot()))
                .withMessage("snapshot of 3 words does not fit a store of 2");
        assertThat(store.get(1)).isEqualTo(9);
    }

    @Test
    void theFingerprintDependsOnEveryBitOfEveryWordOnTheirOrderAndOnTheSeed() {
        store.reserve(4);
        Set<Long> fingerprints = new HashSet<>();
        fingerprints.add(store.fingerprint(0));
        fingerprints.add(store.fingerprint(1));
        for (int word = 0; word < 4; word++) {
            for (int bit = 0; bit < Long.SIZE; bit++) {
                store.set(word, 1L << bit);
                fingerprints.add(store.fingerprint(0));
                store.set(word, 0);
            }
        }
        assertThat(fingerprints).hasSize(2 + 4 * Long.SIZE);
    }

    @Test
    void theFingerprintSeesOnlyReservedWords() {
        store.reserve(2);
        StateStore longer = new StateStore();
        longer.reserve(3);

        assertThat(store.fingerprint(5)).isNotEqualTo(longer.fingerprint(5));
    }

    @Test
    void twoStoresWithTheSameHistoryHaveTheSameFingerprint() {
        StateStore twin = new StateStore();
        store.reserve(50);
        twin.reserve(50);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 2000; i++) {
            int index = random.nextInt(50);
            long value = random.nextLong();
            store.set(index, value);
            twin.set(index, value);
            assertThat(store.fingerprint(3)).isEqualTo(twin.fingerprint(3));
        }
    }

    @Test
    void theHashIsTheSameOnEveryPlatform() {
        assertThat(Hash64.mix(0, 1)).isEqualTo(0x2FE9_4F82_B3C6_EF38L);
        assertThat(Hash64.mix(Hash64.mix(0, 1), 2)).isEqualTo(0xC0FE_B6F8_5CDD_38FEL);
    }

    @Test
    void theFinaliserIsThatOfSplitMix64WhoseFirstOutputForSeedZeroIsKnown() {
        assertThat(Hash64.finish(0x9E37_79B9_7F4A_7C15L)).isEqualTo(0xE220_A839_7B1D_CDAFL);
    }

    @Test
    void theHashDependsOnOrder() {
        long oneTwo = Hash64.mix(Hash64.mix(0, 1), 2);
        long twoOne = Hash64.mix(Hash64.mix(0, 2), 1);
        assertThat(Hash64.finish(oneTwo)).isNotEqualTo(Hash64.finish(twoOne));
    }

    @Test
    void aTallyBeginsAgainWhenItMakesItsLimit() {
        store.reserveTallies(2);
        int tally = store.reserveTallies(2) + 1;

        assertThat(tally).isEqualTo(3);
        assertThat(store.countTo(tally, 3)).isFalse();
        assertThat(store.countTo(tally, 3)).isFalse();
        assertThat(store.tally(tally)).isEqualTo(2);
        assertThat(store.countTo(tally, 3)).isTrue();
        assertThat(store.tally(tally)).isZero();
        assertThat(store.tally(tally - 1)).isZero();
    }

    @Test
    void aTallyThatIsClearedBeginsAgain() {
        int tally = store.reserveTallies(1);
        store.countTo(tally, 3);

        store.clearTally(tally);

        assertThat(store.tally(tally)).isZero();
    }

    @Test
    void talliesArePartOfSnapshotsAndFingerprintsAndNotOfCopies() {
        int word = store.reserve(1);
        int tally = store.reserveTallies(1);
        store.set(word, 5);
        StateStore.Snapshot snapshot = store.snapshot();
        long fingerprint = store.fingerprint(1);
        long[] copy = new long[store.size()];
        store.copyTo(copy);

        store.countTo(tally, 10);
        store.set(word, 6);
        assertThat(copy).containsExactly(5);

        store.copyFrom(copy);
        assertThat(store.get(word)).isEqualTo(5);
        assertThat(store.tally(tally)).isEqualTo(1);
        assertThat(store.fingerprint(1)).isNotEqualTo(fingerprint);

        store.restore(snapshot);
        assertThat(store.tally(tally)).isZero();
        assertThat(store.fingerprint(1)).isEqualTo(fingerprint);
        store.countTo(tally, 10);
        store.restore(snapshot);
        assertThat(store.tally(tally)).as("the snapshot is a copy").isZero();
    }

    @Test
    void aWatchedStoreTellsOfTalliesAndKeepsThem() {
        StringBuilder told = new StringBuilder();
        StateStore watched = new WatchedStore(new WatchedStore.TallyWatcher() {
            @Override
            public boolean counts(int number, long limit) {
                told.append(" counts ").append(number).append(" to ").append(limit);
                return true;
            }

            @Override
            public void cleared(int number) {
                told.append(" clears ").append(number);
            }

            @Override
            public long asked(int number) {
                told.append(" asks ").append(number);
                return 77;
            }
        });
        watched.reserveTallies(3);

        assertThat(watched.countTo(1, 9)).isTrue();
        watched.clearTally(2);
        assertThat(watched.tally(0)).isEqualTo(77);
        assertThat(told).hasToString(" counts 1 to 9 clears 2 asks 0");
    }
}
