// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import irqstorm.stats.inference.KaplanMeier.Observation;
import irqstorm.stats.inference.KaplanMeier.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each method against its definition, on whatever numbers. */
class DefinitionsTest {
    private static final int TIMES = 50;
    private static final double TAIL = 0.025;

    /** The ends are the probabilities under which so many, or so few, have a probability of 2.5 %. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, 30})
    void clopperAndPearsonInvertTheBinomialTest(long n) {
        for (long k = 0; k <= n; k++) {
            Proportion proportion = Proportion.of(k, n);
            if (k > 0) {
                double atLeast = 1 - binomial(n, proportion.lower()).cumulativeProbability((int) k - 1);
                assertThat(atLeast).isCloseTo(TAIL, within(1e-6));
            }
            if (k < n) {
                double atMost = binomial(n, proportion.upper()).cumulativeProbability((int) k);
                assertThat(atMost).isCloseTo(TAIL, within(1e-6));
            }
            assertThat(proportion.lower()).isCloseTo(1 - Proportion.of(n - k, n).upper(), within(1e-9));
        }
    }

    private static BinomialDistribution binomial(long n, double p) {
        return new BinomialDistribution(null, (int) n, p);
    }

    @Test
    void clopperAndPearsonCoverEveryProbabilityInNinetyFivePercentOrMore() {
        int n = 12;
        Proportion[] intervals =
                LongStream.rangeClosed(0, n).mapToObj(k -> Proportion.of(k, n)).toArray(Proportion[]::new);
        for (double p = 0.001; p < 1; p += 0.001) {
            double covered = 0;
            for (int k = 0; k <= n; k++) {
                boolean covers = intervals[k].lower() <= p && p <= intervals[k].upper();
                covered += covers ? binomial(n, p).probability(k) : 0;
            }
            assertThat(covered).as("coverage of %s", p).isGreaterThanOrEqualTo(0.95);
        }
    }

    @RepeatedTest(TIMES)
    void holmRejectsWhatTestingStepByStepRejects(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        double[] p = random.doubles(1 + random.nextInt(8)).map(u -> u * u * u).toArray();
        double[] adjusted = Holm.adjust(p);
        double[] sorted = p.clone();
        Arrays.sort(sorted);
        for (double level : new double[] {0.01, 0.05, 0.2}) {
            int rejected = 0;
            while (rejected < p.length && sorted[rejected] <= level / (p.length - rejected)) {
                rejected++;
            }
            assertThat(Arrays.stream(adjusted).filter(a -> a <= level).count()).isEqualTo(rejected);
        }
        for (int i = 0; i < p.length; i++) {
            assertThat(adjusted[i]).isBetween(p[i], Math.min(1, p.length * p[i]));
        }
    }

    /** Nothing censored: the curve is the share that is left, its error that of a share. */
    @RepeatedTest(TIMES)
    void withoutCensoringKaplanAndMeierCountWhatIsLeft(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int n = 1 + random.nextInt(20);
        long[] times = random.longs(n, 1, 12).toArray();
        KaplanMeier curve = KaplanMeier.of(Arrays.stream(times)
                .mapToObj(time -> new Observation(time, true))
                .toList());

        for (Step step : curve.steps()) {
            double left = (double) Arrays.stream(times)
                            .filter(t -> t > step.timeNanos())
                            .count()
                    / n;
            assertThat(step.survival()).isCloseTo(left, within(1e-12));
            assertThat(step.standardError()).isCloseTo(Math.sqrt(left * (1 - left) / n), within(1e-12));
        }
        Arrays.sort(times);
        assertThat(curve.medianNanos()).isEqualTo(times[(n + 1) / 2 - 1]);
    }

    /** The share that survives is the product over all moments of the share of those at risk that survive them. */
    @RepeatedTest(TIMES)
    void withCensoringItIsTheProductOfTheSharesAtRisk(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Observation> observations = IntStream.range(0, 1 + random.nextInt(20))
                .mapToObj(i -> new Observation(1 + random.nextInt(12), random.nextBoolean()))
                .toList();
        KaplanMeier curve = KaplanMeier.of(observations);

        double product = 1;
        int steps = 0;
        for (long moment = 1; moment <= 12; moment++) {
            long now = moment;
            long events = observations.stream()
                    .filter(o -> o.happened() && o.timeNanos() == now)
                    .count();
            long atRisk =
                    observations.stream().filter(o -> o.timeNanos() >= now).count();
            product *= events == 0 ? 1 : 1 - (double) events / atRisk;
            if (events > 0) {
                assertThat(curve.steps().get(steps).timeNanos()).isEqualTo(moment);
                assertThat(curve.steps().get(steps++).survival()).isCloseTo(product, within(1e-12));
            }
        }
        assertThat(curve.steps()).hasSize(steps);
    }

    /** The cut with the least sum of squared deviations over the squared number of batches, by trying all. */
    @RepeatedTest(TIMES)
    void mser5IsTheBestOfAllCuts(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        double warmUp = 30 * random.nextDouble();
        double[] series = IntStream.range(0, 60 + random.nextInt(200))
                .mapToDouble(i -> warmUp * Math.exp(-i / 25.0) + random.nextGaussian())
                .toArray();
        double[] batches = IntStream.range(0, series.length / 5)
                .mapToDouble(i -> StatUtils.mean(series, 5 * i, 5))
                .toArray();
        int best = 0;
        for (int cut = 0; batches.length - cut >= 5; cut++) {
            best = error(batches, cut) < error(batches, best) ? cut : best;
        }

        Mser5 found = Mser5.of(series);
        assertThat(found.truncated()).isEqualTo(5 * best);
        assertThat(found.mean()).isCloseTo(StatUtils.mean(batches, best, batches.length - best), within(1e-9));
        assertThat(found.steady()).isEqualTo(best <= batches.length / 2);
    }

    private static double error(double[] batches, int cut) {
        double[] rest = Arrays.copyOfRange(batches, cut, batches.length);
        return StatUtils.populationVariance(rest) / rest.length;
    }
}
