// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TransitionCacheTest {
    private static final int WORDS = 70;
    private static final int ACTION = 7;

    private final ReversibleStore store = new ReversibleStore();
    private final TransitionCache cache = new TransitionCache(store);

    TransitionCacheTest() {
        store.reserve(WORDS);
        store.begin();
    }

    private int learn(TransitionCache into, int action, Runnable deed) {
        int mark = store.mark();
        long fingerprint = store.fingerprint();
        into.begin();
        deed.run();
        int effect = into.end(action, 100 + action);
        store.undoTo(mark, fingerprint);
        return effect;
    }

    @Test
    void whatAnActionDidIsDoneAgainWhereItReadsTheSame() {
        int effect = learn(cache, ACTION, () -> store.set(69, store.get(3) + 5));
        store.set(4, 44);
        long before = store.fingerprint();

        assertThat(cache.find(ACTION)).isEqualTo(effect);
        assertThat(cache.note(effect)).isEqualTo(100 + ACTION);
        long ahead = cache.fingerprintAfter(effect);
        cache.apply(effect);

        assertThat(store.get(69)).isEqualTo(5);
        assertThat(store.fingerprint()).isEqualTo(ahead).isNotEqualTo(before);
        store.undoTo(1, before);
        assertThat(store.get(69)).isZero();
    }

    @Test
    void anActionIsUnknownWhereItReadsSomethingElse() {
        learn(cache, ACTION, () -> store.set(69, store.get(3) + 5));
        store.set(3, 1);

        assertThat(cache.find(ACTION)).isEqualTo(TransitionCache.UNKNOWN);
        assertThat(cache.find(ACTION + 1)).isEqualTo(TransitionCache.UNKNOWN);
        assertThat(learn(cache, ACTION, () -> store.set(69, store.get(3) + 5))).isEqualTo(cache.find(ACTION));
    }

    @Test
    void whatIsOnlyWrittenIsChangedOrNot() {
        learn(cache, ACTION, () -> store.set(69, 5));
        store.set(69, 5);

        assertThat(cache.find(ACTION)).isEqualTo(TransitionCache.UNKNOWN);
    }

    @Test
    void whatWasReadOutsideOfActionsDoesNotMatter() {
        cache.begin();
        store.get(3);
        cache.abandon();
        store.get(4);
        learn(cache, ACTION, () -> store.add(69, 5));
        store.get(5);
        for (int i = 0; i < WORDS - 1; i++) {
            store.set(i, 1);
        }

        assertThat(cache.find(ACTION)).isNotEqualTo(TransitionCache.UNKNOWN);
    }

    @Test
    void anActionThatDependsOnMoreThanTheStoreIsRefused() {
        learn(cache, ACTION, () -> store.set(69, store.get(3) + 5));
        store.set(3, 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> learn(cache, ACTION, () -> store.set(69, store.get(4) + 5)))
                .withMessageContaining("action 7 depends on more than the words that it reads");
    }

    /** The words that an action reads, and what it does, depend on what it has read so far. */
    private void act(int action, long[] coefficients) {
        int at = action;
        for (int step = 0; step < 6; step++) {
            long value = store.get(at);
            at = (int) Math.floorMod(coefficients[step] * (value + 1) + at, WORDS);
            if ((value + step) % 3 == 0) {
                store.set(at, Math.floorMod(value + coefficients[step], 3));
            }
        }
    }

    @RepeatedTest(20)
    void knownActionsLeadWhereDoingThemLeads(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        TransitionCache small = new TransitionCache(store, repetition.getCurrentRepetition() * 300);
        long[] coefficients = random.longs(6, 0, 100).toArray();
        int known = 0;
        for (int i = 0; i < 5000; i++) {
            int action = random.nextInt(4);
            int effect = small.find(action);
            if (effect == TransitionCache.UNKNOWN) {
                effect = learn(small, action, () -> act(action, coefficients));
            } else {
                known++;
            }
            int mark = store.mark();
            long fingerprint = store.fingerprint();
            act(action, coefficients);
            List<Long> after = Words.of(store, WORDS);
            long fingerprintAfter = store.fingerprint();
            store.undoTo(mark, fingerprint);
            assertThat(small.fingerprintAfter(effect)).isEqualTo(fingerprintAfter);
            small.apply(effect);
            assertThat(Words.of(store, WORDS)).isEqualTo(after);
            assertThat(store.fingerprint()).isEqualTo(fingerprintAfter);
            store.set(random.nextInt(WORDS), random.nextInt(3));
        }
        assertThat(known).isBetween(500, 4999);
    }
}
