// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.stats.experiment.Difference;
import irqstorm.stats.experiment.Estimate;
import irqstorm.stats.experiment.MeasureReport;
import irqstorm.stats.experiment.Plan;
import irqstorm.stats.experiment.Quantity;
import irqstorm.stats.inference.KaplanMeier;
import irqstorm.stats.inference.KaplanMeier.Observation;
import irqstorm.stats.inference.MeanInterval;
import irqstorm.stats.inference.PairedDifference;
import irqstorm.stats.inference.Proportion;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicationTableTest {
    private static final KaplanMeier TIMES =
            KaplanMeier.of(List.of(new Observation(1_000_000, true), new Observation(5_000_000, false)));

    @Test
    void aMeanHasItsIntervalAndTheNumberOfValuesWhereItIsAnother() {
        ReplicationTable table = ReplicationTable.means(Measured.report(
                2,
                List.of(
                        Measured.of(Runs.refused()),
                        Measured.replicated(
                                Runs.storm(),
                                List.of(
                                        new Estimate(Quantity.DELIVERY_RATE, MeanInterval.of(100, 102)),
                                        new Estimate(Quantity.FANO, MeanInterval.of(0.5))),
                                TIMES),
                        Measured.replicated(
                                Runs.right(),
                                List.of(new Estimate(Quantity.DELIVERY_RATE, MeanInterval.of(7, 7))),
                                TIMES))));
        assertThat(table.quantities()).containsExactly(Quantity.DELIVERY_RATE, Quantity.FANO);
        assertThat(table.rows())
                .containsExactly(
                        new ReplicationTable.Row("6-quirked", List.of("101/s ± 12.7/s", "0.5000 (n = 1)")),
                        new ReplicationTable.Row("9-enable", List.of("7.0/s", "-")));
    }

    @Test
    void differencesStandInARowForEachConfiguration() {
        MeasureReport report = new MeasureReport(
                "guard",
                "t",
                7,
                Plan.of(2),
                List.of(),
                "9-enable",
                List.of(
                        difference("6-quirked", Quantity.DELIVERY_RATE, 0.02, 100, 102),
                        difference("6-quirked", Quantity.L2_SHARE, 0.00001, -0.5, -0.25),
                        difference("7-quirked", Quantity.DELIVERY_RATE, Double.NaN, 0, 0)));
        ReplicationTable table = ReplicationTable.differences(report);
        assertThat(table.rows())
                .containsExactly(
                        new ReplicationTable.Row(
                                "6-quirked",
                                List.of("101/s ± 12.7/s, p = 0.0200", "-37.50 points ± 158.8 points, p < 0.0001")),
                        new ReplicationTable.Row("7-quirked", List.of("0.0/s", "-")));
    }

    private static Difference difference(String name, Quantity quantity, double p, double one, double two) {
        return new Difference(name, quantity, new PairedDifference(MeanInterval.of(one, two), p), p);
    }

    @Test
    void stormsAreAProbabilityWithItsIntervalOrTheRuleOfThree() {
        assertThat(ReplicationWords.probability(Proportion.of(0, 10))).isEqualTo("at most 30.0 % (rule of three)");
        assertThat(ReplicationWords.probability(Proportion.of(5, 5))).isEqualTo("47.8 % to 100.0 % (Clopper-Pearson)");
        assertThat(ReplicationWords.storms(Proportion.of(1, 10))).isEqualTo("in 1 of 10 replications");
    }

    @Test
    void theTimeToTheFirstStormIsThatOfTheRunOrOfAllReplications() {
        assertThat(ReplicationWords.timeToStorm(Measured.of(Runs.storm()))).isEqualTo("2.035ms");
        assertThat(ReplicationWords.timeToStorm(Measured.of(Runs.right()))).isEqualTo("no storm");
        assertThat(ReplicationWords.timeToStorm(Measured.of(Runs.refused()))).isEmpty();
        assertThat(ReplicationWords.timeToStorm(Measured.replicated(Runs.storm(), List.of(), TIMES)))
                .isEqualTo("median 1ms, from 1ms to 1ms; none by then with probability 50.0 % (Kaplan-Meier)");
        KaplanMeier never = KaplanMeier.of(List.of(new Observation(5_000_000, false)));
        assertThat(ReplicationWords.timeToStorm(Measured.replicated(Runs.right(), List.of(), never)))
                .isEmpty();
    }

    @Test
    void whatIsShownIsReplication0OrTheOnlyRun() {
        assertThat(ReplicationWords.shown(Measured.replicated(Runs.storm(), List.of(), TIMES)))
                .isEqualTo("replication 0 of 2");
        assertThat(ReplicationWords.shown(Measured.of(Runs.storm()))).isEqualTo("n = 1: no interval");
    }

    @Test
    void oneRunHasAStormOrNot() {
        assertThat(ReplicationWords.inOneRun(Measured.of(Runs.storm()))).isEqualTo("yes");
        assertThat(ReplicationWords.inOneRun(Measured.of(Runs.right()))).isEqualTo("no");
        assertThat(ReplicationWords.inOneRun(Measured.of(Runs.refused()))).isEqualTo("-");
    }
}
