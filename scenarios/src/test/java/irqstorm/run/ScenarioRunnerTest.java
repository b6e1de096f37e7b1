// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Verdict;
import irqstorm.engine.StopReason;
import irqstorm.event.EventKind;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.scenario.json.JsonSource;
import irqstorm.scenario.json.ScenarioReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One scenario run by the clock: what is recorded of it, and how it ends. */
class ScenarioRunnerTest {
    private static final ScenarioFile CREDENTIAL_GUARD = ScenarioLibrary.open("credential-guard");
    private static final Scenario STORM = CREDENTIAL_GUARD.find("6").orElseThrow();
    private static final Scenario FINE = CREDENTIAL_GUARD.find("9").orElseThrow();
    private static final Scenario REFUSED = CREDENTIAL_GUARD.find("4").orElseThrow();

    @Test
    void aRunRecordsWhatWasRun() {
        RunRecord run = ScenarioRunner.run(FINE);

        assertThat(run.scenario()).isEqualTo("credential-guard");
        assertThat(run.configuration()).isEqualTo("9-split-enable");
        assertThat(run.title()).isEqualTo(CREDENTIAL_GUARD.title());
        assertThat(run.inputs())
                .isEqualTo(new RunRecord.Inputs(
                        1,
                        "split",
                        "merged",
                        List.of("KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST"),
                        run.inputs().suppressMode(),
                        "qemu-ioapic-0x20",
                        0x20,
                        "fresh",
                        true,
                        1));
        assertThat(run.fingerprint()).matches("[0-9a-f]{16}");
        assertThat(run.errno()).isNull();
    }

    @Test
    void theGuestSeesTheIoApicOfItsIrqchip() {
        RunRecord kernel = ScenarioRunner.run(CREDENTIAL_GUARD.find("3b").orElseThrow());

        assertThat(kernel.inputs().ioApic()).isEqualTo("kvm-inkernel");
        assertThat(kernel.inputs().ioApicVersion()).isEqualTo(0x11);
        assertThat(kernel.inputs().guestStart()).isEqualTo("resumed");
    }

    @Test
    void aRunEndsAtRestAfterItsDuration() {
        RunRecord run = ScenarioRunner.run(STORM);

        assertThat(run.stop()).isEqualTo(StopReason.DRAINED);
        assertThat(run.hitLimit()).isFalse();
        assertThat(run.simulatedNanos()).isGreaterThanOrEqualTo(STORM.durationNanos());
        assertThat(run.lines()).singleElement().satisfies(line -> {
            assertThat(line.name()).isEqualTo("uhci");
            assertThat(line.gsi()).isEqualTo(19);
            assertThat(line.amplification()).isEqualTo((double) line.deliveries() / line.assertions());
            assertThat(line.maxLatencyNanos()).isGreaterThanOrEqualTo(line.meanLatencyNanos());
        });
    }

    @Test
    void aStormIsMeasured() {
        RunRecord run = ScenarioRunner.run(STORM);

        assertThat(run.verdict()).isEqualTo(Verdict.STORM);
        assertThat(run.storm().episodes()).isPositive();
        assertThat(run.storm().first()).isNotEmpty();
        assertThat(run.storm().peakRatePerSecond()).isGreaterThan(run.storm().meanRatePerSecond());
        assertThat(run.storm().longestNanos()).isLessThanOrEqualTo(run.simulatedNanos());
        assertThat(run.throttleFirings()).isPositive();
        assertThat(run.guest().l2RunShare()).isBetween(0.0, 0.05);
    }

    @Test
    void aSmallLimitOnEventsEndsTheRunAndSaysSo() {
        RunRecord run = ScenarioRunner.run(limited(STORM, new Scenario.Limits(1000, 100_000), STORM.settleNanos()));

        assertThat(run.stop()).isEqualTo(StopReason.EVENTS);
        assertThat(run.hitLimit()).isTrue();
        assertThat(run.simulatedNanos()).isLessThan(STORM.durationNanos());
    }

    @Test
    void aSmallLimitOnPendingEventsEndsTheRunAndSaysSo() {
        RunRecord run = ScenarioRunner.run(limited(STORM, new Scenario.Limits(1_000_000_000, 1), STORM.settleNanos()));

        assertThat(run.stop()).isEqualTo(StopReason.PENDING);
        assertThat(run.hitLimit()).isTrue();
    }

    @Test
    void aMachineThatDoesNotComeToRestIsStoppedAfterTheTimeToSettle() {
        RunRecord run = ScenarioRunner.run(limited(STORM, STORM.limits(), 1));

        assertThat(run.stop()).isEqualTo(StopReason.TIME);
        assertThat(run.hitLimit()).isFalse();
        assertThat(run.simulatedNanos()).isLessThanOrEqualTo(STORM.durationNanos() + 1);
    }

    @Test
    void aRefusedConfigurationHasAnErrnoAndNothingElse() {
        RunRecord run = ScenarioRunner.run(REFUSED);

        assertThat(run.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(run.errno()).isEqualTo("EINVAL");
        assertThat(run.reason())
                .startsWith("KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) fails with EINVAL: ")
                .endsWith(".")
                .contains("KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST");
        assertThat(run.fingerprint()).isEmpty();
        assertThat(run.lines()).isEmpty();
        assertThat(run.events()).isZero();
        assertThat(run.simulatedNanos()).isZero();
        assertThat(run.failures()).isEmpty();
    }

    @Test
    void aSinkIsToldOfEveryEventInOrder() {
        List<Long> sequences = new ArrayList<>();
        List<EventKind> kinds = new ArrayList<>();
        RunRecord run = ScenarioRunner.run(FINE, (sequence, time, actor, kind, a, b, c, cause) -> {
            sequences.add(sequence);
            kinds.add(kind);
        });

        assertThat(sequences)
                .hasSize((int) run.events())
                .startsWith(1L)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(kinds.stream()
                        .filter(kind -> kind == EventKind.LINE_ASSERTED)
                        .count())
                .isEqualTo(run.lines().get(0).assertions());
    }

    @Test
    void devicesFallSilentAfterTheDuration() {
        List<Long> asserted = new ArrayList<>();
        ScenarioRunner.run(FINE, (sequence, time, actor, kind, a, b, c, cause) -> {
            if (kind == EventKind.LINE_ASSERTED) {
                asserted.add(time);
            }
        });

        assertThat(asserted).isNotEmpty().allMatch(time -> time <= FINE.durationNanos());
    }

    @Test
    void anotherSeedDrawsOtherNumbers() {
        Scenario scenario = ScenarioLibrary.open("plain-level").base();

        assertThat(ScenarioRunner.run(scenario.withSeed(2)).fingerprint())
                .isNotEqualTo(ScenarioRunner.run(scenario.withSeed(3)).fingerprint())
                .isEqualTo(ScenarioRunner.run(scenario.withSeed(2)).fingerprint());
    }

    @Test
    void aMessageHasNoGsiAndAMachineWithoutL2HasNoShareOfIt() {
        RunRecord run = ScenarioRunner.run(ScenarioLibrary.open("edge-msi").base());

        assertThat(run.lines().get(0).name()).isEqualTo("nvme");
        assertThat(run.lines().get(0).gsi()).isNull();
        assertThat(run.lines().get(1).gsi()).isEqualTo(4);
        assertThat(run.guest().l2RunShare()).isNull();
        assertThat(run.guest().l1RunShare()).isBetween(0.5, 1.0);
    }

    @Test
    void aLineThatWasNeverAssertedHasNeitherAmplificationNorLatency() {
        Scenario scenario = ScenarioReader.read(JsonSource.text("my.json", """
                        {
                          "name": "silent",
                          "title": "A device whose only cause comes after the end",
                          "duration": "1ms",
                          "kvm": {"irqchip": "split"},
                          "vmm": {"ioApic": {"profile": "qemu-ioapic-0x20"}},
                          "pins": [{"gsi": 5, "vector": "0x41", "trigger": "level"}],
                          "devices": [{"name": "nic", "line": {"gsi": 5}, "arrivals": {"at": ["2ms"]}}],
                          "guest": {"start": "fresh", "programs": {"background": [{"step": "halt"}]}}
                        }
                        """)).base();

        RunRecord run = ScenarioRunner.run(scenario);

        assertThat(run.verdict()).isEqualTo(Verdict.OK);
        assertThat(run.lines()).singleElement().satisfies(line -> {
            assertThat(line.assertions()).isZero();
            assertThat(line.amplification()).isNull();
            assertThat(line.meanLatencyNanos()).isNull();
            assertThat(line.maxLatencyNanos()).isNull();
        });
    }

    private static Scenario limited(Scenario scenario, Scenario.Limits limits, long settleNanos) {
        return new Scenario(
                scenario.name(),
                scenario.title(),
                scenario.configuration(),
                scenario.durationNanos(),
                settleNanos,
                limits,
                scenario.machine(),
                scenario.expectations());
    }
}
