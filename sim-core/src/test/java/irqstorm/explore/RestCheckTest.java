// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RestCheckTest {
    private int searches;

    private static IntLog ways(int... next) {
        IntLog ways = new IntLog();
        for (int state : next) {
            ways.add(state);
        }
        return ways;
    }

    private int firstRestless(IntLog ways, BitSet canRest) {
        RestCheck check = new RestCheck(ways, state -> {
            searches++;
            return canRest.get(state);
        });
        return check.firstRestless();
    }

    @Test
    void waysThatEndAtRestAreNotSearched() {
        assertThat(firstRestless(ways(1, 2, RestCheck.REST, 1, 3), new BitSet()))
                .isEqualTo(-1);
        assertThat(searches).isZero();
    }

    @Test
    void aCircleIsSearchedOnceHoweverManyStatesLeadIntoIt() {
        int states = 200_000;
        int[] next = new int[states];
        for (int state = 0; state < states; state++) {
            next[state] = state % 3 == 0 ? (state + 1) % 1000 : Math.max(0, state - 1);
        }
        for (int state = 0; state < 1000; state++) {
            next[state] = (state + 1) % 1000;
        }
        BitSet all = new BitSet();
        all.set(0, states);

        assertThat(firstRestless(ways(next), all)).isEqualTo(-1);
        assertThat(searches).isEqualTo(1);
    }

    @Test
    void whatLeadsIntoACircleMayHaveAnotherWayToRest() {
        BitSet canRest = new BitSet();
        canRest.set(0, 2);

        assertThat(firstRestless(ways(1, 2, 3, 2), canRest)).isEqualTo(2);
    }

    @RepeatedTest(50)
    void theFirstStateThatCannotRestIsFound(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int states = 2 + random.nextInt(40);
        int[] next = new int[states];
        int[] other = new int[states];
        for (int state = 0; state < states; state++) {
            next[state] = random.nextInt(20) == 0 ? RestCheck.REST : random.nextInt(states);
            other[state] = random.nextInt(states);
        }
        BitSet canRest = new BitSet();
        for (int round = 0; round < states; round++) {
            for (int state = 0; state < states; state++) {
                int after = next[state];
                canRest.set(
                        state,
                        canRest.get(state)
                                || after == RestCheck.REST
                                || canRest.get(after)
                                || canRest.get(other[state]));
            }
        }
        int first = canRest.nextClearBit(0);

        assertThat(firstRestless(ways(next), canRest)).isEqualTo(first < states ? first : -1);
    }
}
