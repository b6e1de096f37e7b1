// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.scenario.json.JsonSource;
import irqstorm.scenario.json.ScenarioReader;
import irqstorm.stats.detector.Detection;
import irqstorm.stats.detector.DetectorChoice;
import irqstorm.stats.experiment.Plan;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is measured of bundled scenarios agrees with what the run itself counted. */
class RunMeasurementTest {
    private static final Plan PLAN = new Plan(1, null, 1_000_000, DetectorChoice.all(), false);

    private record Measured(RunRecord run, RunMeasure measure) {}

    private static Measured measure(String name, String configuration) {
        Scenario scenario = configuration.isEmpty()
                ? ScenarioLibrary.open(name).base()
                : ScenarioLibrary.open(name).find(configuration).orElseThrow();
        RunMeasurement measurement = new RunMeasurement(scenario, PLAN.windowsNanos(), PLAN.detectors());
        RunRecord run = ScenarioRunner.run(scenario, measurement);
        return new Measured(run, measurement.finish(run.simulatedNanos()));
    }

    @Test
    void theStagesOfTheRootCauseTraceAreItsFixedLatencies() {
        LineMeasure line = measure("credential-guard-rca", "").measure().lines().get(0);

        assertThat(line.stages().accept()).isEqualTo(new Latency(1, 2000, 2000, 2000, 2000, 2000));
        assertThat(line.stages().eoi()).isEqualTo(new Latency(1, 8000, 8000, 8000, 8000, 8000));
        assertThat(line.stages().service()).isEqualTo(new Latency(1, 38_000, 38_000, 38_000, 38_000, 38_000));
    }

    @Test
    void theProcessorsAreSharedAsTheMachineSays() {
        Measured storm = measure("credential-guard", "6");
        CpuShares cpu = storm.measure().cpu();

        assertThat(cpu.l1()).isCloseTo(storm.run().guest().l1RunShare(), within(1e-9));
        assertThat(cpu.l2()).isCloseTo(storm.run().guest().l2RunShare(), within(1e-9));
        assertThat(cpu.l1() + cpu.innermost() + cpu.l0() + cpu.vmm() + cpu.halted())
                .isCloseTo(1, within(1e-9));
        assertThat(cpu.vmm()).isGreaterThan(0.5);
    }

    @Test
    void aThrottledStormIsALockedLoopWithPauses() {
        Measured storm = measure("credential-guard", "6");
        LineMeasure line = storm.measure().lines().get(0);

        assertThat(line.throttle().firings()).isEqualTo(storm.run().throttleFirings());
        assertThat(line.throttle().pausedNanos())
                .isEqualTo(10_000_000 * storm.run().throttleFirings());
        assertThat(line.throttle().share()).isBetween(0.9, 0.99);
        assertThat(line.dispersion(100_000).fano()).isLessThan(0.2);
        assertThat(line.window(1_000_000).peakPerSecond())
                .isCloseTo(storm.run().storm().peakRatePerSecond(), within(1000.0));
        assertThat(line.episodes()).isNotEmpty();
        assertThat(line.series().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(storm.run().lines().get(0).deliveries());
    }

    @Test
    void theRightConfigurationHasNoEpisodeAndSatisfiesEveryDetector() {
        Measured fine = measure("credential-guard", "9");

        assertThat(fine.measure().lines().get(0).episodes()).isEmpty();
        assertThat(fine.measure().detections()).noneMatch(Detection::fires);
    }

    @Test
    void theThrottleOfTheIoApicFiresWhenItsDetectorSaysSo() {
        Measured storm = measure("credential-guard", "6");

        assertThat(storm.measure().detections())
                .filteredOn(detection -> detection.detector().equals("qemu-ioapic"))
                .singleElement()
                .satisfies(detection -> {
                    assertThat(detection.firings()).isEqualTo(storm.run().throttleFirings());
                    assertThat(detection.line()).isEqualTo("uhci");
                });
        assertThat(storm.measure().detections())
                .filteredOn(detection -> detection.detector().equals("linux-genirq"))
                .noneMatch(Detection::fires);
    }

    @Test
    void whatIsEstimatedIsTheSameWithoutTheRest() {
        Scenario scenario = ScenarioLibrary.open("credential-guard").find("6").orElseThrow();
        RunMeasurement full = new RunMeasurement(scenario, PLAN.windowsNanos(), PLAN.detectors());
        RunMeasurement estimates = RunMeasurement.ofEstimates(scenario, PLAN.windowNanos());
        long end = ScenarioRunner.run(scenario, full, estimates).simulatedNanos();
        RunMeasure all = full.finish(end);
        RunMeasure some = estimates.finish(end);

        assertThat(some.cpu()).isEqualTo(all.cpu());
        assertThat(some.detections()).isEmpty();
        assertThat(some.lines()).singleElement().satisfies(line -> {
            LineMeasure whole = all.lines().get(0);
            assertThat(line.windows()).containsExactly(whole.window(PLAN.windowNanos()));
            assertThat(line.dispersions()).containsExactly(whole.dispersion(PLAN.windowNanos()));
            assertThat(line.ratePerSecond()).isEqualTo(whole.ratePerSecond());
            assertThat(line.interArrivalVariation()).isEqualTo(whole.interArrivalVariation());
            assertThat(line.stages()).isEqualTo(whole.stages());
            assertThat(line.series()).isEqualTo(whole.series());
            assertThat(line.resolutionNanos()).isEqualTo(whole.resolutionNanos());
            assertThat(line.episodes()).isEmpty();
        });
    }

    @Test
    void eachLineIsMeasuredByItsOwnDevicesAlone() {
        Scenario scenario =
                ScenarioReader.read(JsonSource.text("interleaved", """
                {
                  "name": "interleaved", "title": "Two lines whose devices take turns", "duration": "50ms",
                  "kvm": {"irqchip": "split"},
                  "vmm": {"ioApic": {"profile": "qemu-ioapic-0x20"}},
                  "pins": [
                    {"gsi": 5, "vector": "0x35", "trigger": "level"},
                    {"gsi": 6, "vector": "0x46", "trigger": "level"}
                  ],
                  "devices": [
                    {"name": "a", "line": {"gsi": 5}, "arrivals": {"every": {"exponential": {"mean": "100us"}}}},
                    {"name": "b", "line": {"gsi": 6}, "arrivals": {"every": {"exponential": {"mean": "300us"}}}},
                    {"name": "c", "line": {"gsi": 5}, "arrivals": {"every": {"exponential": {"mean": "700us"}}}},
                    {"name": "d", "msi": {"vector": "0x61"}, "arrivals": {"every": {"exponential": {"mean": "1ms"}}}}
                  ],
                  "guest": {
                    "start": "fresh",
                    "programs": {
                      "boot": [{"step": "write-spiv", "value": "0x1ff"}],
                      "background": [{"step": "run", "for": "forever"}],
                      "on-interrupt": [
                        {"step": "run", "for": "1us"}, {"step": "service"}, {"step": "lapic-eoi", "via": "mmio"}
                      ]
                    }
                  },
                  "configurations": {}
                }
                """)).base();
        RunMeasurement measurement = new RunMeasurement(scenario, PLAN.windowsNanos(), PLAN.detectors());
        RunRecord run = ScenarioRunner.run(scenario, measurement);
        List<LineMeasure> lines = measurement.finish(run.simulatedNanos()).lines();

        assertThat(lines).extracting(LineMeasure::name).containsExactly("a+c", "b", "d");
        assertThat(lines)
                .extracting(
                        line -> Objects.requireNonNull(line.stages().service()).count())
                .containsExactlyElementsOf(
                        run.lines().stream().map(RunRecord.Line::serviced).toList());
        assertThat(lines)
                .extracting(line ->
                        line.series().stream().mapToLong(Long::longValue).sum())
                .containsExactlyElementsOf(
                        run.lines().stream().map(RunRecord.Line::deliveries).toList());
    }

    @Test
    void aRefusedMachineHasNothingToMeasure() {
        Measured refused = measure("credential-guard", "4");

        assertThat(refused.measure().lines().get(0).deliveries()).isZero();
        assertThat(refused.measure().lines().get(0).stages()).isEqualTo(new Stages(null, null, null));
    }

    @Test
    void messagesAndPinsAreLinesOfTheirOwn() {
        Measured edges = measure("edge-msi", "");

        assertThat(edges.measure().lines()).extracting(LineMeasure::name).containsExactly("nvme", "uart");
        assertThat(edges.measure().lines()).extracting(LineMeasure::gsi).containsExactly(null, 4);
        assertThat(edges.measure().lines())
                .allSatisfy(line -> assertThat(line.deliveries()).isPositive());
    }

    @Test
    void devicesOnOnePinAreOneLine() {
        assertThat(measure("shared-line", "").measure().lines())
                .singleElement()
                .satisfies(line -> assertThat(line.name()).contains("+"));
    }
}
