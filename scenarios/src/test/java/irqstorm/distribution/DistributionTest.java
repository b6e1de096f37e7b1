// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import irqstorm.random.DelayTable;
import irqstorm.random.QuantileTable;
import irqstorm.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionTest {

    private static final int DRAWS = 1_000_000;

    static Stream<Arguments> meanAndP95() {
        return Stream.of(
                Arguments.of(new Fixed(59_000), 59_000, 59_000),
                Arguments.of(new Uniform(1_000, 3_000), 2_000, 2_900),
                Arguments.of(new Exponential(5_000_000), 5_000_000, 14_978_661), // 5 ms * ln 20
                Arguments.of(new LogNormal(800, 1_500), 860.607, 1_500), // 800 * exp(0.38217^2 / 2)
                Arguments.of(new LogNormal(10_000, 100_000), 26_639.8, 100_000), // 10000 * exp(1.39988^2 / 2)
                Arguments.of(new Empirical(List.of(9_000L, 1_000L, 2_000L), List.of(1, 5, 4)), 2_200, 9_000));
    }

    @ParameterizedTest
    @MethodSource("meanAndP95")
    void aMillionDrawsHaveTheMeanAndThe95thPercentileThatWereAskedFor(
            Distribution distribution, double mean, double p95) {
        long[] draws = draws(distribution, "statistics", DRAWS);
        Arrays.sort(draws);

        assertThat(distribution.meanNanos()).isCloseTo(mean, withPercentage(0.01));
        assertThat((double) distribution.compile().meanNanos()).isCloseTo(mean, withPercentage(0.1));
        assertThat(LongStream.of(draws).average().orElseThrow()).isCloseTo(mean, withPercentage(0.5));
        assertThat((double) draws[DRAWS / 100 * 95]).isCloseTo(p95, withPercentage(0.5));
        assertThat(draws[0]).isGreaterThanOrEqualTo(distribution.compile().minNanos());
        assertThat(draws[DRAWS - 1]).isLessThanOrEqualTo(distribution.compile().maxNanos());
    }

    static Stream<Arguments> firstDraws() {
        return Stream.of(
                Arguments.of(new Fixed(59_000), new long[] {59_000, 59_000, 59_000, 59_000, 59_000}),
                Arguments.of(new Uniform(1_000, 3_000), new long[] {2_789, 1_150, 2_160, 1_789, 2_053}),
                Arguments.of(
                        new Exponential(5_000_000), new long[] {11_229_987, 391_795, 4_339_027, 2_510_095, 3_739_943}),
                Arguments.of(new LogNormal(800, 1_500), new long[] {1_289, 462, 865, 722, 820}),
                Arguments.of(new LogNormal(60_000_000_000L, 3_600_000_000_000L), new long[] {
                    1_344_157_261_264L, 1_677_971_745L, 99_273_463_239L, 30_866_285_644L, 70_891_660_292L
                }),
                Arguments.of(
                        Empirical.ofValues(List.of(1_000L, 2_000L, 9_000L)),
                        new long[] {9_000, 1_000, 2_000, 2_000, 2_000}));
    }

    /** If these change, every seed means something else: results of earlier runs can no longer be repeated. */
    @ParameterizedTest
    @MethodSource("firstDraws")
    void theFirstDrawsOfSeedOneAreTheSameOnEveryJava(Distribution distribution, long[] first) {
        assertThat(draws(distribution, "golden", 5)).containsExactly(first);
    }

    @Test
    void quantilesOfALogNormalAreThoseOfCommonsMath() {
        long median = 1_000_000_000_000L;
        double sigma = Math.log(5) / 1.6448536269514722;
        DelayTable table = new LogNormal(median, 5 * median).compile();
        NormalDistribution normal = new NormalDistribution(null, 0, 1, 1e-15);
        for (double p = 1.0 / (1 << 24); p < 0.5; p *= 1.1) {
            long bits = (long) (p * 0x1p63) * 2;
            double deviation = -normal.inverseCumulativeProbability(p);
            assertThat((double) table.at(bits)).isCloseTo(median * Math.exp(-sigma * deviation), withPercentage(0.01));
            assertThat((double) table.at(~bits)).isCloseTo(median * Math.exp(sigma * deviation), withPercentage(0.01));
        }
    }

    @Test
    void theNormalQuantilesAreThoseOfTheTextbook() {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        for (int knot = 0; knot < QuantileTable.KNOTS; knot++) {
            double deviation = Tails.normalDeviation(knot);
            assertThat(normal.cumulativeProbability(-deviation))
                    .isCloseTo(Tails.probability(knot), withPercentage(1e-6));
        }
    }

    @Test
    void quantilesOfAnExponentialFollowItsFormulaFarIntoBothTails() {
        long mean = 1_000_000_000_000L;
        DelayTable table = new Exponential(mean).compile();
        for (double p = 0x1p-24; p < 0.5; p *= 1.1) {
            long bits = (long) (p * 0x1p63) * 2;
            assertThat((double) table.at(bits)).isCloseTo(-mean * Math.log1p(-p), withPercentage(0.01));
            assertThat((double) table.at(~bits)).isCloseTo(-mean * Math.log(p), withPercentage(0.01));
        }
    }

    @Test
    void infiniteTailsAreCutWhereOneDrawInABillionWouldBe() {
        assertThat(new Exponential(1_000_000).compile().maxNanos()).isEqualTo(20_794_415); // 1 ms * 30 * ln 2
        assertThat(new LogNormal(800, 1_500).compile().minNanos()).isBetween(70L, 90L);
        assertThat(new LogNormal(800, 1_500).compile().maxNanos()).isBetween(7_000L, 9_000L);
    }

    @Test
    void delaysBeyondThirtyDaysAreCutToThem() {
        assertThat(new Exponential(Distribution.MAX_NANOS).compile().maxNanos()).isEqualTo(Distribution.MAX_NANOS);
        assertThat(new LogNormal(1_000_000_000_000L, 999_000_000_000_000L)
                        .compile()
                        .maxNanos())
                .isEqualTo(Distribution.MAX_NANOS);
    }

    @Test
    void anEmpiricalDistributionDrawsOnlyItsValuesInProportionToTheirWeights() {
        long[] draws = draws(new Empirical(List.of(9_000L, 1_000L, 2_000L), List.of(1, 5, 4)), "weights", 100_000);

        assertThat(count(draws, 1_000)).isCloseTo(50_000L, within(1_000L));
        assertThat(count(draws, 2_000)).isCloseTo(40_000L, within(1_000L));
        assertThat(count(draws, 9_000)).isCloseTo(10_000L, within(1_000L));
    }

    @Test
    void theOrderOfEmpiricalValuesDoesNotMatter() {
        assertThat(new Empirical(List.of(9_000L, 1_000L, 2_000L), List.of(1, 5, 4)).compile())
                .isEqualTo(new Empirical(List.of(1_000L, 2_000L, 9_000L), List.of(5, 4, 1)).compile());
    }

    @Test
    void distributionsAreDescribedInAPhrase() {
        assertThat(new Fixed(59_000).describe()).isEqualTo("fixed 59us");
        assertThat(new Uniform(1_000, 3_000).describe()).isEqualTo("uniform 1us to 3us");
        assertThat(new Exponential(5_000_000).describe()).isEqualTo("exponential mean 5ms");
        assertThat(new LogNormal(800, 1_500).describe()).isEqualTo("lognormal median 800ns p95 1.5us");
        assertThat(Empirical.ofValues(List.of(9_000L, 1_000L)).describe())
                .isEqualTo("empirical, 2 values from 1us to 9us");
        assertThat(Empirical.ofValues(List.of(9_000L)).describe()).isEqualTo("empirical, 1 value from 9us to 9us");
    }

    private static long count(long[] draws, long value) {
        return LongStream.of(draws).filter(draw -> draw == value).count();
    }

    private static long[] draws(Distribution distribution, String source, int count) {
        DelayTable table = distribution.compile();
        long key = RandomStreams.key(1, 0, source);
        return LongStream.range(0, count)
                .map(index -> table.at(RandomStreams.bits(key, index)))
                .toArray();
    }
}
