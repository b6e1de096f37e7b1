// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateBinsTest {
    private static final int PIN = 19;
    private static final long SIMULATED_NANOS = Runs.storm().simulatedNanos();

    private static void deliver(RateBins bins, long timeNanos) {
        bins.record(1, timeNanos, Actor.CHIP, EventKind.IOAPIC_DELIVERED, PIN, 0x81, 0, 0);
    }

    @Test
    void binsDoubleTheirWidthUntilTheRunFits() {
        RateBins bins = new RateBins();
        deliver(bins, 0);
        deliver(bins, 1);
        deliver(bins, 255);
        deliver(bins, 256);
        deliver(bins, SIMULATED_NANOS);
        Rates rates = bins.rates(Runs.storm(), List.of("usb"));
        assertThat(rates.binNanos()).isEqualTo(1L << 22);
        assertThat(rates.bins()).isEqualTo((int) (SIMULATED_NANOS >> 22) + 1).isLessThanOrEqualTo(RateBins.MOST_BINS);
        assertThat(rates.endNanos()).isEqualTo(SIMULATED_NANOS);
        assertThat(rates.lines().get(0).deliveries()).first().isEqualTo(4L);
        assertThat(rates.lines().get(0).deliveries()).last().isEqualTo(1L);
        assertThat(rates.peak()).isEqualTo(4);
    }

    @Test
    void whatIsCountedStaysWhereItIsWhenBinsDouble() {
        RateBins bins = new RateBins();
        for (long at = 0; at < 4 * RateBins.MOST_BINS; at++) {
            deliver(bins, at * (SIMULATED_NANOS / (4 * RateBins.MOST_BINS)));
        }
        List<Long> counts =
                bins.rates(Runs.storm(), List.of("usb")).lines().get(0).deliveries();
        assertThat(counts.subList(0, counts.size() - 1)).allMatch(count -> count == 4 || count == 5);
    }

    @Test
    void aLineThatWasNeverDeliveredHasEmptyBins() {
        Rates rates = new RateBins().rates(Runs.storm(), List.of("usb"));
        assertThat(rates.lines().get(0).total()).isZero();
        assertThat(rates.bins()).isPositive();
    }

    @Test
    void aRefusedConfigurationHasNoLines() {
        Rates rates = new RateBins().rates(Runs.refused(), List.of("usb"));
        assertThat(rates.lines()).isEmpty();
        assertThat(rates.bins()).isZero();
        assertThat(rates.peak()).isZero();
        assertThat(rates.rows(8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"credential-guard", "shared-line", "edge-msi", "vfio-intx", "plain-level"})
    void theBinsOfALineAddUpToItsDeliveries(String name) {
        for (Scenario scenario : ScenarioLibrary.open(name).all()) {
            RateBins bins = new RateBins();
            RunRecord run = ScenarioRunner.run(scenario, bins);
            assertThat(bins.rates(run, scenario.deviceNames()).lines())
                    .as(scenario.configuration())
                    .extracting(Rates.Line::name, Rates.Line::total)
                    .containsExactlyElementsOf(run.lines().stream()
                            .map(line -> org.assertj.core.groups.Tuple.tuple(line.name(), line.deliveries()))
                            .toList());
        }
    }

    @Test
    void rowsPutBinsTogetherAndLoseNone() {
        Rates rates = new Rates(10, 45, List.of(new Rates.Line("a", List.of(1L, 2L, 3L, 4L, 5L))));
        assertThat(rates.rows(2))
                .containsExactly(new Rates.Row(0, 30, List.of(6L)), new Rates.Row(30, 45, List.of(9L)));
        assertThat(rates.rows(5)).hasSize(5);
    }
}
