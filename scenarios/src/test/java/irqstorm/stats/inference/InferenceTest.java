// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import irqstorm.stats.inference.KaplanMeier.Observation;
import irqstorm.stats.inference.KaplanMeier.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against published tables. */
class InferenceTest {
    private static final double[] SLEEP_FIRST = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    private static final double[] SLEEP_SECOND = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    @Test
    void thePairedTestGivesStudentsOwnResult() {
        PairedDifference sleep = PairedDifference.of(SLEEP_FIRST, SLEEP_SECOND);

        assertThat(sleep.difference().mean()).isCloseTo(1.58, within(1e-9));
        assertThat(sleep.difference().halfWidth()).isCloseTo(0.8798858, within(1e-6));
        assertThat(sleep.pValue()).isCloseTo(0.002833, within(1e-6));
    }

    @Test
    void differencesThatAreAllTheSameHaveNoInterval() {
        PairedDifference same = PairedDifference.of(new double[] {1, 2, 3}, new double[] {3, 4, 5});

        assertThat(same.difference().mean()).isEqualTo(2);
        assertThat(same.difference().hasInterval()).isFalse();
        assertThat(same.pValue()).isNaN();
        assertThatThrownBy(() -> PairedDifference.of(new double[1], new double[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneValueOrEqualValuesHaveNoInterval() {
        assertThat(MeanInterval.of(5).hasInterval()).isFalse();
        assertThat(MeanInterval.of(5, 5, 5)).isEqualTo(new MeanInterval(3, 5, Double.NaN));
        assertThat(MeanInterval.of(-1, 1).relative()).isInfinite();
        assertThat(MeanInterval.of(1, 3).relative()).isCloseTo(12.7062 / 2, within(1e-4));
        assertThatThrownBy(MeanInterval::of).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theIntervalCoversTheMeanInNinetyFivePercentOfAThousandExperiments() {
        Random random = new Random(1);
        int covered = 0;
        for (int experiment = 0; experiment < 1000; experiment++) {
            double[] values = new double[10];
            Arrays.setAll(values, i -> 100 + 15 * random.nextGaussian());
            MeanInterval interval = MeanInterval.of(values);
            covered += Math.abs(interval.mean() - 100) <= interval.halfWidth() ? 1 : 0;
        }

        assertThat(covered).isBetween(930, 970);
    }

    @Test
    void theIntervalCoversTheRateOfAPoissonProcess() {
        Random random = new Random(2);
        int covered = 0;
        for (int experiment = 0; experiment < 1000; experiment++) {
            double[] values = new double[10];
            for (int run = 0; run < values.length; run++) {
                for (double time = -Math.log1p(-random.nextDouble()); time < 100; values[run]++) {
                    time -= Math.log1p(-random.nextDouble());
                }
            }
            MeanInterval interval = MeanInterval.of(values);
            covered += Math.abs(interval.mean() - 100) <= interval.halfWidth() ? 1 : 0;
        }

        assertThat(covered).isBetween(930, 970);
    }

    /** Newcombe, Statistics in Medicine 17 (1998), table I, method 5, and tables of R's binom.test. */
    @ParameterizedTest
    @CsvSource({
        "81, 263, 0.2527, 0.3676",
        "15, 148, 0.0578, 0.1617",
        "0, 20, 0, 0.1684",
        "1, 29, 0.0009, 0.1776",
        "5, 10, 0.1871, 0.8129",
        "10, 10, 0.6915, 1"
    })
    void clopperAndPearsonAreExact(long successes, long n, double lower, double upper) {
        Proportion proportion = Proportion.of(successes, n);

        assertThat(proportion.lower()).isCloseTo(lower, within(5e-5));
        assertThat(proportion.upper()).isCloseTo(upper, within(5e-5));
    }

    @Test
    void whatNeverHappenedFollowsTheRuleOfThree() {
        assertThat(Proportion.of(0, 100).ruleOfThree()).isCloseTo(0.03, within(1e-12));
        assertThat(Proportion.of(0, 2).ruleOfThree()).isEqualTo(1);
        assertThatThrownBy(() -> Proportion.of(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Freireich et al., Blood 21 (1963), remission under 6-mercaptopurine; the curve as in Cox and Oakes, Analysis of Survival Data. */
    @Test
    void kaplanAndMeierGiveTheTextbookCurve() {
        List<Observation> remissions = new ArrayList<>();
        for (int weeks : new int[] {6, 6, 6, 7, 10, 13, 16, 22, 23}) {
            remissions.add(new Observation(weeks, true));
        }
        for (int weeks : new int[] {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) {
            remissions.add(new Observation(weeks, false));
        }

        KaplanMeier curve = KaplanMeier.of(remissions);
        assertThat(curve.steps()).extracting(Step::timeNanos).containsExactly(6L, 7L, 10L, 13L, 16L, 22L, 23L);
        assertThat(curve.steps()).extracting(Step::atRisk).containsExactly(21L, 17L, 15L, 12L, 11L, 7L, 6L);
        double[] survival = {0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448};
        double[] errors = {0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346};
        for (int i = 0; i < survival.length; i++) {
            assertThat(curve.steps().get(i).survival()).isCloseTo(survival[i], within(5e-4));
            assertThat(curve.steps().get(i).standardError()).isCloseTo(errors[i], within(5e-5));
        }
        assertThat(curve.medianNanos()).isEqualTo(23);
        assertThat(curve.events()).isEqualTo(9);
    }

    @Test
    void whatHappensInAllReplicationsLeavesNoSurvivors() {
        KaplanMeier curve = KaplanMeier.of(List.of(new Observation(5, true), new Observation(5, true)));

        assertThat(curve.steps()).containsExactly(new Step(5, 2, 2, 0, 0));
        assertThat(KaplanMeier.of(List.of(new Observation(5, false))).medianNanos())
                .isNull();
    }

    @Test
    void holmStepsDownAndKeepsTheOrder() {
        assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(0.03, 0.06, 0.06, 0.02);
        assertThat(Holm.adjust(0.02, Double.NaN, 0.9)).containsExactly(0.04, Double.NaN, 0.9);
        assertThat(Holm.adjust(0.8, 0.9)).containsExactly(1, 1);
    }

    @Test
    void theWarmUpIsCutOffAndNoMoreThanThat() {
        Random random = new Random(3);
        double[] series = new double[1000];
        Arrays.setAll(series, i -> 10 + 50 * Math.exp(-i / 40.0) + random.nextGaussian());

        Mser5 cut = Mser5.of(series);
        assertThat(cut.truncated()).isBetween(100, 350);
        assertThat(cut.mean()).isCloseTo(10, within(0.2));
        assertThat(cut.steady()).isTrue();
    }

    @Test
    void aSeriesThatNeverSettlesHasNoSteadyState() {
        double[] series = new double[1000];
        Arrays.setAll(series, i -> i < 900 ? i * i : 0);

        assertThat(Mser5.of(series).steady()).isFalse();
        assertThat(Mser5.of(1, 2, 3).steady()).isFalse();
    }
}
