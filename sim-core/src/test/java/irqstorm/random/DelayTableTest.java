// SPDX-License-Identifier: Apache-2.0
package irqstorm.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DelayTableTest {

    /** The least and the greatest random bits, taken as an unsigned number. */
    private static final long LEAST = 0;

    private static final long GREATEST = -1;

    @Test
    void aFixedDelayIgnoresTheBits() {
        DelayTable table = DelayTable.fixed(59_000);

        assertThat(table.at(LEAST)).isEqualTo(59_000);
        assertThat(table.at(GREATEST)).isEqualTo(59_000);
        assertThat(List.of(table.minNanos(), table.meanNanos(), table.maxNanos()))
                .containsOnly(59_000L);
    }

    @Test
    void aFixedDelayMayBeNothingOrTheLongest() {
        assertThat(DelayTable.fixed(0).maxNanos()).isZero();
        assertThat(DelayTable.fixed(DelayTable.MAX_NANOS).minNanos()).isEqualTo(DelayTable.MAX_NANOS);
    }

    @Test
    void aUniformDelayTakesEqualSharesOfTheBits() {
        DelayTable table = DelayTable.uniform(10, 13);

        assertThat(evenlySpacedDraws(table, 16))
                .containsExactly(10L, 10L, 10L, 10L, 11L, 11L, 11L, 11L, 12L, 12L, 12L, 12L, 13L, 13L, 13L, 13L);
    }

    @Test
    void aUniformDelayReachesBothEndsAndNothingBeyond() {
        DelayTable table = DelayTable.uniform(1_000, 3_000);

        assertThat(table.at(LEAST)).isEqualTo(1_000).isEqualTo(table.minNanos());
        assertThat(table.at(GREATEST)).isEqualTo(3_000).isEqualTo(table.maxNanos());
        assertThat(table.meanNanos()).isEqualTo(2_000);
    }

    @Test
    void aUniformDelayMayBeASinglePointOrTheWholeRange() {
        assertThat(DelayTable.uniform(7, 7).at(GREATEST)).isEqualTo(7);
        assertThat(DelayTable.uniform(0, DelayTable.MAX_NANOS).at(GREATEST)).isEqualTo(DelayTable.MAX_NANOS);
        assertThat(DelayTable.uniform(0, DelayTable.MAX_NANOS).at(1L << 62)).isEqualTo(DelayTable.MAX_NANOS / 4);
    }

    @Test
    void weightedDelaysTakeSharesOfTheBitsByWeight() {
        DelayTable table = DelayTable.weighted(new long[] {5, 20, 100}, new long[] {1, 4, 3});

        assertThat(evenlySpacedDraws(table, 8)).containsExactly(5L, 20L, 20L, 20L, 20L, 100L, 100L, 100L);
        assertThat(table.at(GREATEST)).isEqualTo(100).isEqualTo(table.maxNanos());
        assertThat(table.minNanos()).isEqualTo(5);
    }

    @Test
    void theMeanOfWeightedDelaysIsRoundedToTheNearest() {
        assertThat(DelayTable.weighted(new long[] {5, 20, 100}, new long[] {1, 4, 3})
                        .meanNanos())
                .isEqualTo(48); // 385 / 8 = 48.125
        assertThat(DelayTable.weighted(new long[] {0, 1}, new long[] {1, 1}).meanNanos())
                .isEqualTo(1);
        assertThat(DelayTable.weighted(
                                new long[] {DelayTable.MAX_NANOS, DelayTable.MAX_NANOS},
                                new long[] {1, Integer.MAX_VALUE - 1})
                        .meanNanos())
                .isEqualTo(DelayTable.MAX_NANOS);
    }

    @Test
    void greaterBitsNeverGiveASmallerDelayWhateverTheDistribution() {
        SplittableRandom random = new SplittableRandom(11);
        for (DelayTable table : oneOfEachKind()) {
            for (int i = 0; i < 20_000; i++) {
                long some = random.nextLong() >>> random.nextInt(40);
                long other = random.nextBoolean() ? some + random.nextInt(1 << 20) : random.nextLong();
                long less = Long.compareUnsigned(some, other) < 0 ? some : other;
                long greater = less == some ? other : some;
                assertThat(table.at(less)).isLessThanOrEqualTo(table.at(greater));
                assertThat(table.at(less)).isBetween(table.minNanos(), table.maxNanos());
            }
        }
    }

    @Test
    void tablesOfTheSameDistributionAreEqualAndOthersAreNot() {
        List<DelayTable> tables = oneOfEachKind();
        List<DelayTable> again = oneOfEachKind();
        for (int i = 0; i < tables.size(); i++) {
            assertThat(tables.get(i)).isEqualTo(again.get(i)).hasSameHashCodeAs(again.get(i));
            assertThat(tables.get(i)).isNotEqualTo(tables.get((i + 1) % tables.size()));
        }
        assertThat(DelayTable.weighted(new long[] {1, 2}, new long[] {1, 1}))
                .isNotEqualTo(DelayTable.weighted(new long[] {1, 2}, new long[] {1, 2}))
                .isNotEqualTo(DelayTable.weighted(new long[] {1, 3}, new long[] {1, 1}));
    }

    @Test
    void aTableDoesNotChangeWithTheArraysItWasMadeOf() {
        long[] nanos = {5, 20};
        long[] weights = {1, 1};
        DelayTable table = DelayTable.weighted(nanos, weights);
        nanos[0] = 500;
        weights[1] = 500;

        assertThat(table).isEqualTo(DelayTable.weighted(new long[] {5, 20}, new long[] {1, 1}));
    }

    @Test
    void delaysOutOfRangeAreRefused() {
        long tooLong = DelayTable.MAX_NANOS + 1;
        refused(() -> DelayTable.fixed(-1));
        refused(() -> DelayTable.fixed(tooLong));
        refused(() -> DelayTable.uniform(-1, 5));
        refused(() -> DelayTable.uniform(6, 5));
        refused(() -> DelayTable.uniform(6, tooLong));
        refused(() -> DelayTable.weighted(new long[] {-1, 5}, new long[] {1, 1}));
        refused(() -> DelayTable.weighted(new long[] {1, tooLong}, new long[] {1, 1}));
    }

    @Test
    void weightsThatMakeNoDistributionAreRefused() {
        refused(() -> DelayTable.weighted(new long[0], new long[0]));
        refused(() -> DelayTable.weighted(new long[] {1, 2}, new long[] {1}));
        refused(() -> DelayTable.weighted(new long[] {1, 2}, new long[] {1, 0}));
        refused(() -> DelayTable.weighted(new long[] {2, 1}, new long[] {1, 1}));
        refused(() -> DelayTable.weighted(new long[] {1, 2}, new long[] {1, Integer.MAX_VALUE}));
        refused(() -> DelayTable.weighted(new long[] {1, 2}, new long[] {1, Long.MAX_VALUE}));
    }

    private static void refused(ThrowingCallable construction) {
        assertThatIllegalArgumentException().isThrownBy(construction);
    }

    private static List<DelayTable> oneOfEachKind() {
        return List.of(
                DelayTable.fixed(3),
                DelayTable.uniform(1_000, 3_000),
                DelayTable.weighted(new long[] {5, 5, 20, 100}, new long[] {7, 1, 4, 3}),
                QuantileTableTest.straightLine());
    }

    private static List<Long> evenlySpacedDraws(DelayTable table, int powerOfTwo) {
        List<Long> draws = new ArrayList<>();
        for (int i = 0; i < powerOfTwo; i++) {
            draws.add(table.at(i * (Long.MIN_VALUE / powerOfTwo * -2)));
        }
        return draws;
    }
}
