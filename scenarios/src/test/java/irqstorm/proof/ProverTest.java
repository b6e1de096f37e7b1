// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Verdict;
import irqstorm.check.Violation;
import irqstorm.explore.Bounds.Clocks;
import irqstorm.explore.Exploration.Outcome;
import irqstorm.explore.Search;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.ExplorableFile;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.scenario.json.JsonSource;
import irqstorm.scenario.json.ScenarioReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is proven of the bundled scenarios, and that runs show what is wrong with the others. */
class ProverTest {
    private static final Map<String, ProofRecord> PROOFS = new ConcurrentHashMap<>();

    private static ProofRecord proof(String scenario) {
        return PROOFS.computeIfAbsent(scenario, name -> {
            ExplorableFile file = ScenarioLibrary.openForExploring(name);
            return new Prover(ProofLimits.DEFAULT, 2).prove(file, file.file().all(), done -> {});
        });
    }

    private static List<String> configurations(ProofRecord record, Violation violation) {
        return record.results().stream()
                .filter(proof -> proof.violation() == violation)
                .map(proof -> proof.configuration().replaceFirst("-.*", ""))
                .toList();
    }

    @Test
    void credentialGuardIsSafeUnderTheConfigurationsThatTimedRunsCallRightAndUnderNoOther() {
        ProofRecord record = proof("credential-guard");

        assertThat(configurations(record, Violation.STORM)).containsExactly("3b", "6", "7", "12");
        assertThat(configurations(record, Violation.STUCK)).containsExactly("2", "10");
        assertThat(configurations(record, Violation.REFUSED)).containsExactly("4", "13", "14");
        assertThat(record.results())
                .filteredOn(proof -> proof.outcome() == Outcome.EXHAUSTED)
                .extracting(proof -> proof.configuration().replaceFirst("-.*", ""))
                .containsExactly("1", "3a", "5", "8", "9", "11");
    }

    @Test
    void itIsExploredWithTwoDevicesOnTheLineTwoVcpusAndThreeInterrupts() {
        assertThat(proof("credential-guard").results()).allSatisfy(proof -> {
            assertThat(proof.bounds().interrupts()).isEqualTo(3);
            assertThat(proof.bounds().vcpus()).isEqualTo(2);
            assertThat(proof.bounds().devices()).isEqualTo(3);
            assertThat(proof.bounds().mode()).isEqualTo("any order");
        });
        ConfigurationProof split = proof("credential-guard").results().get(6);
        assertThat(split.bounds().throttleEois()).isEqualTo(2);
        assertThat(split.bounds().unscaledThrottleEois()).isEqualTo(10_000);
    }

    @Test
    void aCounterexampleOfCredentialGuardNeedsOneDeviceOneVcpuAndOneInterrupt() {
        assertThat(proof("credential-guard").results())
                .map(ConfigurationProof::counterexample)
                .filteredOn(Objects::nonNull)
                .hasSize(6)
                .allSatisfy(example -> {
                    assertThat(example.devices()).containsExactly("uhci");
                    assertThat(example.vcpus()).isEqualTo(1);
                    assertThat(example.removed())
                            .containsExactly("device nic", "device ehci", "1 vCPU", "2 interrupts of each device");
                    assertThat(example.steps().size()).isLessThanOrEqualTo(25);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"credential-guard", "vfio-intx", "edge-msi", "hazards", "eoi-vector-out-of-range"})
    void everyCounterexampleIsAScenarioThatARunGoesThroughToTheSameVerdict(String scenario) {
        List<ConfigurationProof> broken = proof(scenario).results().stream()
                .filter(proof -> proof.counterexample() != null)
                .toList();

        assertThat(broken).isNotEmpty().allSatisfy(proof -> {
            RunRecord run = ScenarioRunner.run(ScenarioReader.read(JsonSource.text(
                            "counterexample.json", proof.counterexample().file()))
                    .base());
            if (isVerdict(proof.violation())) {
                assertThat(run.verdict().name()).isEqualTo(proof.violation().name());
                assertThat(run.violation()).isNull();
                assertThat(run.reason()).isEqualTo(proof.reason());
            } else {
                assertThat(run.violation()).isEqualTo(proof.violation());
            }
            assertThat(run.failures()).isEmpty();
        });
    }

    @Test
    void anEoiOfTheWrongPinIsNoVerdictAndIsExpectedOfARunBesidesOne() {
        assertThat(configurations(proof("eoi-vector-out-of-range"), Violation.WRONG_PIN_EOI))
                .containsExactly("clamp", "u8/255");
    }

    /** An order that the latencies allow is one of all orders, which are those that a run may have. */
    @ParameterizedTest
    @ValueSource(strings = {"credential-guard", "vfio-intx", "edge-msi", "hazards"})
    void aCounterexampleThatTheLatenciesAllowIsOneOfARunTooAndSoIsItsVerdict(String scenario) {
        ExplorableFile file = ScenarioLibrary.openForExploring(scenario);
        ProofLimits limits = new ProofLimits(1, Clocks.BOUNDED, 1000, 20_000, Search.BREADTH_FIRST);
        List<ConfigurationProof> broken = new Prover(limits, 2)
                .prove(file, file.file().all(), done -> {}).results().stream()
                        .filter(proof -> proof.counterexample() != null && isVerdict(proof.violation()))
                        .toList();

        assertThat(broken).isNotEmpty().allSatisfy(proof -> {
            RunRecord run = ScenarioRunner.run(ScenarioReader.read(JsonSource.text(
                            "counterexample.json", proof.counterexample().file()))
                    .base());
            assertThat(run.verdict().name()).isEqualTo(proof.violation().name());
            assertThat(run.failures()).isEmpty();
        });
        if (scenario.equals("credential-guard")) {
            assertThat(broken)
                    .filteredOn(proof -> proof.violation() == Violation.STORM)
                    .extracting(proof -> proof.configuration().replaceFirst("-.*", ""))
                    .containsExactly("3b", "6", "7", "12");
        }
    }

    private static boolean isVerdict(Violation violation) {
        return Stream.of(Verdict.values()).anyMatch(verdict -> verdict.name().equals(violation.name()));
    }

    @Test
    void aRefusedConfigurationHasNoStatesAndSaysWhyItIsRefused() {
        assertThat(proof("credential-guard").results())
                .filteredOn(ConfigurationProof::isRefused)
                .allSatisfy(proof -> {
                    assertThat(proof.outcome()).isEqualTo(Outcome.VIOLATION);
                    assertThat(proof.states()).isZero();
                    assertThat(proof.counterexample()).isNull();
                    assertThat(proof.reason()).contains("fails with EINVAL");
                });
    }

    @Test
    void aHazardThatTheViolationDoesNotNeedIsLeftOut() {
        Counterexample example =
                only(PLAIN.formatted("""
                "kvm": {"irqchip": "split", "x2apicApi": {"flags": ["KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST"]}},
                "vmm": {"ioApic": {"profile": "qemu-ioapic-0x11"}}""", """
                , "explore": {"may": [
                  {"hazard": "rewrite-entry", "gsi": 5, "how": "as-read"},
                  {"hazard": "change-flags", "flags": []}
                ]}""", "[{\"step\": \"lapic-eoi\", \"via\": \"mmio\"}]", "\"0x11ff\""));

        assertThat(example.removed()).contains("hazard 1 (change-flags)", "hazard 0 (rewrite-entry)");
        assertThat(example.file()).doesNotContain("rewrite-entry", "change-flags");
    }

    @Test
    void whatMayHappenIsFoundAtTheMomentInWhichItDoesHarm() {
        ExplorableFile file = ScenarioReader.readForExploring(JsonSource.text(
                "my.json",
                PLAIN.formatted(
                        """
                        "kvm": {"irqchip": "split"}, "vmm": {"ioApic": {"profile": "qemu-ioapic-0x20"}}""",
                        """
                        , "explore": {"may": [{"hazard": "corrupt-eoi-slot", "value": 0}]}""",
                        "[{\"step\": \"service\"}, {\"step\": \"lapic-eoi\", \"via\": \"mmio\"}]",
                        "\"0x1ff\"")));

        ConfigurationProof proof = new Prover(ProofLimits.DEFAULT, 1)
                .prove(file, file.file().all(), done -> {})
                .results()
                .get(0);

        assertThat(proof.violation()).isEqualTo(Violation.STUCK);
        assertThat(proof.counterexample().steps())
                .filteredOn(step -> step.move().equals("hazard 0"))
                .extracting(Counterexample.Step::remark)
                .containsExactly("corrupt-eoi-slot");
        assertThat(ScenarioRunner.run(file.file().base()).verdict().name()).isEqualTo("OK");
    }

    @Test
    void aSearchThatIsCutShortProvesNothing() {
        ExplorableFile file = ScenarioLibrary.openForExploring("plain-level");

        assertThat(Stream.of(
                                new ProofLimits(null, Clocks.ANY, 3, 1000, Search.BREADTH_FIRST),
                                new ProofLimits(null, Clocks.ANY, 1000, 10, Search.BREADTH_FIRST))
                        .flatMap(limits ->
                                new Prover(limits, 1).prove(file, file.file().all(), done -> {}).results().stream()))
                .allSatisfy(proof -> assertThat(proof.outcome()).isEqualTo(Outcome.BUDGET));
    }

    @Test
    void aSearchThatHasNoMemoryLeftSaysSo() {
        ExplorableFile file = ScenarioLibrary.openForExploring("plain-level");

        assertThat(new Prover(ProofLimits.DEFAULT, 2, new HeapMemory(0))
                        .prove(file, file.file().all(), done -> {})
                        .results())
                .hasSize(7)
                .allSatisfy(proof -> {
                    assertThat(proof.outcome()).isEqualTo(Outcome.BUDGET);
                    assertThat(proof.reason()).contains("The memory for states (-Xmx) ended the search");
                });
    }

    @ParameterizedTest
    @EnumSource
    void howeverStatesAreVisitedTheSameIsFound(Search search) {
        ExplorableFile file = ScenarioLibrary.openForExploring("vfio-intx");
        ProofRecord record = new Prover(new ProofLimits(1, Clocks.ANY, 1000, 20_000, search), 2)
                .prove(file, file.file().all(), done -> {});

        assertThat(record.results())
                .filteredOn(proof -> proof.violation() != null)
                .extracting(ConfigurationProof::configuration)
                .containsExactlyElementsOf(proof("vfio-intx").results().stream()
                        .filter(proof -> proof.violation() != null)
                        .map(ConfigurationProof::configuration)
                        .toList());
    }

    @Test
    void theNumberOfInterruptsThatIsAskedForCounts() {
        ExplorableFile file = ScenarioLibrary.openForExploring("plain-level");
        List<Long> states = Stream.of(0, 1, 2)
                .map(interrupts -> new Prover(
                                new ProofLimits(interrupts, Clocks.ANY, 1000, 100_000, Search.BREADTH_FIRST), 1)
                        .prove(file, file.file().all(), done -> {})
                        .results()
                        .get(0)
                        .states())
                .toList();

        assertThat(states).isSorted().doesNotHaveDuplicates();
    }

    private static Counterexample only(String scenario) {
        ExplorableFile file = ScenarioReader.readForExploring(JsonSource.text("my.json", scenario));
        ProofRecord record =
                new Prover(ProofLimits.DEFAULT, 1).prove(file, file.file().all(), done -> {});
        return Objects.requireNonNull(record.results().get(0).counterexample());
    }

    private static final String PLAIN = """
            {
              "name": "plain", "title": "A plain level line", "duration": "5ms",
              %s%s,
              "pins": [{"gsi": 5, "vector": "0x41", "trigger": "level"}],
              "devices": [{"name": "nic", "line": {"gsi": 5}, "arrivals": {"every": "1ms"}}],
              "guest": {
                "start": "fresh",
                "programs": {
                  "background": [{"step": "run", "for": "forever"}],
                  "on-interrupt": %s,
                  "boot": [{"step": "write-spiv", "value": %s}]
                }
              }
            }
            """;
}
