// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.stats.detector.DetectorChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTest {
    private static final ScenarioFile PLAIN = ScenarioLibrary.open("plain-level");
    private static final ScenarioFile CREDENTIAL_GUARD = ScenarioLibrary.open("credential-guard");
    private static final long MILLI = 1_000_000;

    private static Plan plan(int replications, @Nullable Double until) {
        return new Plan(replications, until, MILLI, DetectorChoice.all(), false);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void theNumberOfThreadsChangesNothing(int threads) {
        Plan plan = new Plan(6, 0.05, MILLI, DetectorChoice.all(), true);

        assertThat(Experiment.measure(PLAIN, PLAIN.all(), plan, Execution.on(threads)))
                .isEqualTo(Experiment.measure(PLAIN, PLAIN.all(), plan, Execution.on(1)));
    }

    @Test
    void progressOnlyRisesAndEndsWithEveryReplication() {
        List<Long> told = new ArrayList<>();
        Experiment.measure(PLAIN, PLAIN.all(), plan(4, null), new Execution(2, told::add));

        assertThat(told).isSorted().last().isEqualTo(4L * PLAIN.all().size());
    }

    @Test
    void aRefusedConfigurationIsDoneWithFromTheBeginning() {
        List<Scenario> configurations = List.of(
                CREDENTIAL_GUARD.find("4").orElseThrow(),
                CREDENTIAL_GUARD.find("3b").orElseThrow());
        List<Long> told = new ArrayList<>();
        Experiment.measure(CREDENTIAL_GUARD, configurations, plan(3, null), new Execution(1, told::add));

        assertThat(told).containsExactly(3L, 3 + 1L, 3 + 2L, 3 + 3L);
    }

    @Test
    void replicationsDifferAndTheFirstIsTheRunItself() {
        MeasureReport report =
                Experiment.measure(PLAIN, List.of(PLAIN.base()), plan(5, null), Execution.onAllProcessors());

        ConfigurationMeasure measured = report.configurations().get(0);
        assertThat(measured.basis()).isEqualTo(Basis.REPLICATED);
        assertThat(measured.replications()).isEqualTo(5);
        assertThat(measured.run().fingerprint())
                .isEqualTo(irqstorm.run.ScenarioRunner.run(PLAIN.base()).fingerprint());
        assertThat(measured.estimates()).anySatisfy(estimate -> {
            assertThat(estimate.quantity()).isEqualTo(Quantity.DELIVERY_RATE);
            assertThat(estimate.interval().n()).isEqualTo(5);
            assertThat(estimate.interval().halfWidth()).isPositive();
        });
        assertThat(measured.storms()).satisfies(storms -> {
            assertThat(storms.successes()).isZero();
            assertThat(storms.ruleOfThree()).isEqualTo(0.6);
        });
        assertThat(measured.timeToStorm().events()).isZero();
    }

    @Test
    void aScenarioWithoutChanceRunsOnce() {
        ScenarioFile trace = ScenarioLibrary.open("credential-guard-rca");
        ConfigurationMeasure measured = Experiment.measure(
                        trace, List.of(trace.base()), plan(50, null), Execution.onAllProcessors())
                .configurations()
                .get(0);

        assertThat(measured.basis()).isEqualTo(Basis.DETERMINISTIC);
        assertThat(measured.replications()).isEqualTo(1);
        assertThat(measured.estimates())
                .noneMatch(estimate -> estimate.interval().hasInterval());
        assertThat(measured.storms()).isNull();
    }

    @Test
    void oneReplicationHasNoInterval() {
        ConfigurationMeasure measured = Experiment.measure(
                        PLAIN, List.of(PLAIN.base()), plan(1, null), Execution.onAllProcessors())
                .configurations()
                .get(0);

        assertThat(measured.basis()).isEqualTo(Basis.SINGLE);
    }

    @Test
    void aRefusedConfigurationHasNoEstimates() {
        Scenario refused = CREDENTIAL_GUARD.find("4").orElseThrow();
        ConfigurationMeasure measured = Experiment.measure(
                        CREDENTIAL_GUARD, List.of(refused), plan(5, null), Execution.onAllProcessors())
                .configurations()
                .get(0);

        assertThat(measured.basis()).isEqualTo(Basis.REFUSED);
        assertThat(measured.estimates()).isEmpty();
    }

    @Test
    void itStopsWhenTheIntervalIsNarrowEnough() {
        ConfigurationMeasure loose = Experiment.measure(
                        PLAIN, List.of(PLAIN.base()), plan(100, 0.5), Execution.onAllProcessors())
                .configurations()
                .get(0);
        assertThat(loose.replications()).isEqualTo(Plan.FIRST_BATCH);
        assertThat(loose.precise()).isTrue();

        ConfigurationMeasure strict = Experiment.measure(
                        PLAIN, List.of(PLAIN.base()), plan(20, 1e-6), Execution.onAllProcessors())
                .configurations()
                .get(0);
        assertThat(strict.replications()).isEqualTo(20);
        assertThat(strict.precise()).isFalse();
    }

    @Test
    void configurationsThatDoTheSameWithTheSameNumbersDifferByNothing() {
        MeasureReport report = Experiment.measure(PLAIN, PLAIN.all(), plan(3, null), Execution.onAllProcessors());

        assertThat(report.baseline())
                .isEqualTo(report.configurations().get(0).run().configuration());
        assertThat(report.differences())
                .filteredOn(difference -> difference.configuration().equals("kernel-disable"))
                .isNotEmpty()
                .allSatisfy(difference -> {
                    assertThat(difference.paired().difference().mean()).isZero();
                    assertThat(difference.adjusted()).isNaN();
                });
    }

    @Test
    void aStormIsToldFromNoneInFewReplications() {
        List<Scenario> both = List.of(
                CREDENTIAL_GUARD.find("9").orElseThrow(),
                CREDENTIAL_GUARD.find("6").orElseThrow());
        MeasureReport report = Experiment.measure(CREDENTIAL_GUARD, both, plan(4, null), Execution.onAllProcessors());

        assertThat(report.differences())
                .filteredOn(difference -> difference.quantity() == Quantity.L2_SHARE)
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.paired().difference().mean()).isLessThan(-0.9);
                    assertThat(difference.adjusted()).isLessThan(0.001);
                });
        ConfigurationMeasure storm = report.configurations().get(1);
        assertThat(storm.storms().successes()).isEqualTo(4);
        assertThat(storm.timeToStorm().medianNanos()).isPositive();
    }

    @Test
    void aSteadyStateIsLookedForOnlyIfAskedFor() {
        Plan asked = new Plan(3, null, MILLI, List.of(), true);
        ConfigurationMeasure measured = Experiment.measure(
                        PLAIN, List.of(PLAIN.base()), asked, Execution.onAllProcessors())
                .configurations()
                .get(0);

        assertThat(measured.steady()).isNotNull();
        assertThat(Experiment.measure(PLAIN, List.of(PLAIN.base()), plan(2, null), Execution.onAllProcessors())
                        .configurations()
                        .get(0)
                        .steady())
                .isNull();
    }

    @Test
    void aPlanKeepsToItsRanges() {
        assertThatThrownBy(() -> plan(0, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan(10_001, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan(5, 0.0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan(5, null, 999, List.of(), false)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Plan(5, null, 5000, List.of(), false).windowsNanos())
                .containsExactly(5000L, 100_000L, MILLI, 10 * MILLI, 100 * MILLI, 1000 * MILLI);
    }

    @Test
    void whoWatchesIsToldEveryEventOfTheFirstReplicationAndOfNoOther() {
        AtomicLong told = new AtomicLong();
        MeasureReport report = Experiment.measure(
                PLAIN,
                List.of(PLAIN.base()),
                plan(3, null),
                Execution.on(2),
                scenario -> List.of((sequence, time, actor, kind, a, b, c, cause) -> told.incrementAndGet()));
        assertThat(told.get()).isEqualTo(report.configurations().get(0).run().events());
        assertThat(report)
                .isEqualTo(
                        Experiment.measure(PLAIN, List.of(PLAIN.base()), plan(3, null), Execution.onAllProcessors()));
    }
}
