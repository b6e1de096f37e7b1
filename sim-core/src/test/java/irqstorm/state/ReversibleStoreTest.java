// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ReversibleStoreTest {
    private static final int WORDS = 150;

    private final ReversibleStore store = new ReversibleStore();

    @BeforeEach
    void reserveAndBegin() {
        store.reserve(WORDS);
        store.set(3, 33);
        store.begin();
    }

    @Test
    void aStateHasTheSameFingerprintOnWhicheverWayItWasReached() {
        store.set(1, 5);
        store.set(100, -7);
        long one = store.fingerprint();

        store.undoTo(0, 0);
        store.set(100, 12);
        store.add(100, -19);
        store.set(2, 9);
        store.set(1, 5);
        store.set(2, 0);

        assertThat(store.fingerprint()).isEqualTo(one);
        store.set(1, 6);
        assertThat(store.fingerprint()).isNotEqualTo(one);
    }

    @Test
    void theSameValueInAnotherWordIsAnotherState() {
        store.set(1, 5);
        long one = store.fingerprint();
        store.set(1, 0);
        store.set(2, 5);

        assertThat(store.fingerprint()).isNotEqualTo(one);
    }

    @Test
    void theOriginHasNothingToTakeBack() {
        assertThat(store.mark()).isZero();
        assertThat(store.fingerprint()).isZero();
        store.set(3, 33);
        assertThat(store.mark()).isZero();
    }

    @Test
    void changesAreTakenBackToAMark() {
        store.set(1, 5);
        int mark = store.mark();
        long fingerprint = store.fingerprint();
        List<Long> before = Words.of(store, WORDS);

        store.set(1, 6);
        store.set(1, 7);
        store.set(140, 1);
        store.undoTo(mark, fingerprint);

        assertThat(Words.of(store, WORDS)).isEqualTo(before);
        assertThat(store.fingerprint()).isEqualTo(fingerprint);
        store.undoTo(0, 0);
        assertThat(store.get(1)).isZero();
        assertThat(store.get(3)).isEqualTo(33);
    }

    @Test
    void aSnapshotPutBackIsAChangeLikeAnyOther() {
        StateStore.Snapshot origin = store.snapshot();
        store.set(1, 5);
        store.restore(origin);

        assertThat(store.fingerprint()).isZero();
        assertThat(store.get(1)).isZero();
    }

    @RepeatedTest(20)
    void packedStatesComeBackAsTheyWere(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        long[] packed = new long[40 * store.maxPackedWords()];
        List<Integer> starts = new ArrayList<>();
        List<List<Long>> states = new ArrayList<>();
        List<Long> fingerprints = new ArrayList<>();
        int end = 0;
        for (int i = 0; i < 40; i++) {
            if (!starts.isEmpty() && random.nextInt(3) == 0) {
                int earlier = random.nextInt(starts.size());
                store.unpack(packed, starts.get(earlier));
            }
            int mark = store.mark();
            long fingerprint = store.fingerprint();
            change(random);
            if (random.nextBoolean()) {
                store.undoTo(mark, fingerprint);
                change(random);
            }
            starts.add(end);
            states.add(Words.of(store, WORDS));
            fingerprints.add(store.fingerprint());
            int next = store.pack(packed, end);
            assertThat(next - end).isLessThanOrEqualTo(store.maxPackedWords());
            end = next;
        }
        for (int i = 0; i < starts.size(); i++) {
            int next = store.unpack(packed, starts.get(i));
            assertThat(next).isEqualTo(i + 1 < starts.size() ? starts.get(i + 1) : end);
            assertThat(Words.of(store, WORDS)).isEqualTo(states.get(i));
            assertThat(store.fingerprint()).isEqualTo(fingerprints.get(i));
            change(random);
            store.undoTo(0, fingerprints.get(i));
            assertThat(Words.of(store, WORDS)).isEqualTo(states.get(i));
        }
    }

    private void change(SplittableRandom random) {
        for (int i = random.nextInt(30); i >= 0; i--) {
            long value = random.nextInt(4) == 0 ? 0 : random.nextLong() >> random.nextInt(64);
            store.set(random.nextInt(WORDS), value);
        }
    }

    /** Of a 64-bit number of which only half is mixed, some of these would be equal. */
    @Test
    void aMillionStatesThatDifferInAFewSmallValuesHaveDifferentFingerprints() {
        long[] fingerprints = new long[1_462_240];
        int states = 0;
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < i; j++) {
                for (int k = 0; k < j; k++) {
                    for (int l = 0; l < k; l++) {
                        for (int values = 0; values < 16; values++) {
                            store.undoTo(0, 0);
                            store.set(i, 1 + (values & 1));
                            store.set(j, 1 + (values >> 1 & 1));
                            store.set(k, 1 + (values >> 2 & 1));
                            store.set(l, 1 + (values >> 3));
                            fingerprints[states++] = store.fingerprint();
                        }
                    }
                }
            }
        }

        assertThat(states).isEqualTo(fingerprints.length);
        Arrays.sort(fingerprints);
        assertThat(IntStream.range(1, states).filter(state -> fingerprints[state] == fingerprints[state - 1]))
                .isEmpty();
    }

    /** When a tally will reach its limit is part of what may happen. */
    @Test
    void statesWithDifferentTalliesAreDifferent() {
        ReversibleStore counting = new ReversibleStore();
        counting.reserve(2);
        int tally = counting.reserveTallies(2) + 1;
        counting.begin();
        long before = counting.fingerprint();

        assertThat(counting.size()).isEqualTo(4);
        assertThat(counting.countTo(tally, 5)).isFalse();
        assertThat(counting.tally(tally)).isEqualTo(1);
        assertThat(counting.fingerprint()).isNotEqualTo(before);
        counting.undoTo(0, 0);
        assertThat(counting.tally(tally)).isZero();
    }
}
