// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code explore} as a user meets it. */
class ExploreCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    @Test
    void whatHoldsInEveryOrderIsSaidWithItsBoundsAndEndsWithZero() {
        Session session = irqstorm("explore", "plain-level", "--interrupts", "2");

        assertThat(session.code()).isZero();
        assertThat(session.err()).isEmpty();
        assertThat(session.out().replaceAll("\\s+", " "))
                .contains("EXHAUSTED: nothing is wrong. ")
                .contains(" states, bounds: at most 2 interrupts of each of 1 device, 1 vCPU, throttle after 2 EOIs"
                        + " instead of 10,000, at most 5,000,000 states and 100,000 events deep, any order.")
                .contains("1 in ")
                .contains("states/s");
    }

    @Test
    void aViolationEndsWithOneAndIsShownLaneByLane() {
        Session session = irqstorm("explore", "edge-msi", "--config", "split-masked");

        assertThat(session.code()).isEqualTo(1);
        assertThat(session.out().lines().toList())
                .contains(
                        "     choice      device chip   L0     L1",
                        "  1  cause uart  uart pulses GSI 4    |",
                        "                 |      pin 4 loses an edge (vector 0x34)");
    }

    @Test
    void noLineIsWiderThanATerminal() {
        for (String configuration : List.of("split-bar", "kernel-irqfd-restored", "split-irqfd")) {
            assertThat(irqstorm("explore", "vfio-intx", "--config", configuration)
                            .out()
                            .lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        }
    }

    @Test
    void aSearchThatTheBoundsEndedEndsWithThree() {
        Session states = irqstorm("explore", "plain-level", "--max-states", "20");
        Session depth = irqstorm("explore", "plain-level", "--depth", "4");

        assertThat(states.code()).isEqualTo(3);
        assertThat(states.out()).contains("BUDGET").doesNotContain("EXHAUSTED");
        assertThat(depth.code()).isEqualTo(3);
        assertThat(depth.out().replaceAll("\\s+", " "))
                .contains("BUDGET: Nothing is wrong as far as 4 events deep. The bounds ended");
    }

    @Test
    void aHeapThatIsFullEndsASearchLikeOtherBounds() throws IOException, InterruptedException {
        ChildJvm.Ended ended = new ChildJvm(directory)
                .irqstorm(
                        List.of("-Xmx32m", "-XX:+UseSerialGC"),
                        List.of("explore", "credential-guard", "--config", "9", "--interrupts", "60"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.said().replaceAll("\\s+", " ")).contains("The memory for states (-Xmx) ended the search");
    }

    @Test
    void aRefusedConfigurationDoesNoHarmUnlessItIsTheOnlyOne() throws IOException {
        String refused = "{\"kvm\": {\"irqchip\": \"kernel\","
                + " \"x2apicApi\": {\"flags\": [\"KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST\"]}}}";
        String scenario = Scenarios.file(
                directory, Scenarios.plain().replace("\"1-split\": {}", "\"1-split\": {}, \"3-refused\": " + refused));

        assertThat(irqstorm("explore", scenario, "--all").code()).isZero();
        Session alone = irqstorm("explore", scenario, "--config", "3");
        assertThat(alone.code()).isEqualTo(1);
        assertThat(alone.out()).contains("REFUSED: KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) fails with EINVAL");
    }

    @Test
    void jsonHasAnObjectForEachConfiguration() {
        Session session = irqstorm("explore", "edge-msi", "--interrupts", "1", "--format", "json");

        JsonNode json = JSON.readTree(session.out());
        assertThat(json.get("scenario").stringValue()).isEqualTo("edge-msi");
        JsonNode exhausted = json.get("results").get(0);
        assertThat(exhausted.propertyNames())
                .contains(
                        "configuration",
                        "outcome",
                        "violation",
                        "states",
                        "transitions",
                        "depth",
                        "bounds",
                        "statesPerSecond",
                        "trace");
        assertThat(exhausted.get("outcome").stringValue()).isEqualTo("EXHAUSTED");
        assertThat(exhausted.get("violation").isNull()).isTrue();
        assertThat(exhausted.get("bounds").get("interrupts").intValue()).isEqualTo(1);
        assertThat(exhausted.get("bounds").get("mode").stringValue()).isEqualTo("any order");
        assertThat(exhausted.get("trace").isEmpty()).isTrue();
        JsonNode violated = json.get("results").get(3);
        assertThat(violated.get("outcome").stringValue()).isEqualTo("VIOLATION");
        assertThat(violated.get("violation").stringValue()).isEqualTo("LOST");
        JsonNode choice = violated.get("trace").get(1);
        assertThat(choice.get("choice").intValue()).isEqualTo(1);
        assertThat(choice.get("move").stringValue()).isEqualTo("cause uart");
        assertThat(choice.get("events").get(0).get("what").stringValue()).isEqualTo("uart pulses GSI 4");
        assertThat(session.code()).isEqualTo(1);
    }

    @Test
    void markdownHasTheTableAndTheFindings() {
        assertThat(irqstorm("explore", "edge-msi", "--interrupts", "1", "--format", "markdown")
                        .out())
                .contains("| configuration | outcome | violation |")
                .contains("| split-masked | **VIOLATION** | LOST | 1 |")
                .contains("- **split-masked**: LOST\\: Pin 4");
    }

    @Test
    void aCounterexampleIsDrawnAsASequenceDiagram() {
        Session drawn = irqstorm("explore", "edge-msi", "--config", "split-masked", "--format", "mermaid");

        assertThat(drawn.out())
                .startsWith("sequenceDiagram\n    participant DEVICE as device\n")
                .contains("    Note over DEVICE,L2: 1. cause uart\n    DEVICE->>DEVICE: uart pulses GSI 4\n")
                .contains("    DEVICE->>CHIP: pin 4 loses an edge #40;vector 0x34#41;\n");
        Session nothing = irqstorm("explore", "plain-level", "--config", "split", "--format", "mermaid");
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("there is none");
    }

    @Test
    void aCounterexampleIsWrittenAsAScenarioThatRunGoesThroughToTheSameVerdict() {
        String file = directory.resolve("storm.json").toString();

        assertThat(irqstorm("explore", "vfio-intx", "--config", "split-bar", "--counterexample", file)
                        .code())
                .isEqualTo(1);
        assertThat(irqstorm("validate", file).code()).isZero();
        Session run = irqstorm("run", file, "--timeline");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("STORM ").doesNotContain("fingerprint");
    }

    @Test
    void withoutACounterexampleNoFileIsWritten() {
        Path file = directory.resolve("none.json");

        Session session = irqstorm("explore", "plain-level", "--counterexample", file.toString());

        assertThat(session.code()).isZero();
        assertThat(session.err()).contains("there is no counterexample to write");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void anOrderThatCannotHappenIsRefusedWithWhatCould() throws IOException {
        String scenario = Scenarios.file(
                directory,
                Scenarios.plain().replace("\"limits\"", "\"order\": [\"cause nic\", \"throttle\"], \"limits\""));

        Session session = irqstorm("run", scenario);

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err())
                .isEqualTo(scenario + ": $.order[1]: found \"throttle\", which may not happen now, expected one of"
                        + " \"cause nic\", \"message 0x41 to 0\"\n");
    }

    @Test
    void whatIsWrongWithTheExplorationOfAScenarioIsSaidByItsPath() throws IOException {
        String scenario = Scenarios.file(
                directory,
                Scenarios.plain()
                        .replace(
                                "\"limits\"",
                                "\"explore\": {\"may\": [{\"hazard\": \"destroy-vm\", \"at\": \"1ms\"},"
                                        + " {\"hazard\": \"change-vector\", \"gsi\": 3, \"vector\": 66}]}, \"limits\""));

        Session session = irqstorm("validate", scenario);

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err())
                .contains("$.explore.may[0].at: found an unknown key")
                .contains("$.explore.may[1].gsi: found 3, expected a GSI that \"pins\" programs");
    }

    @Test
    void whatIsExploredWithIsNotRunWith() throws IOException {
        String with =
                "\"explore\": {\"interrupts\": 1, \"throttleEois\": 3, \"with\": {\"cpu\": {\"vcpus\": 2}}}, \"limits\"";
        String scenario = Scenarios.file(directory, Scenarios.plain().replace("\"limits\"", with));

        assertThat(irqstorm("run", scenario).out()).contains("1 vCPU").doesNotContain("2 vCPUs");
        assertThat(irqstorm("explore", scenario).out().replaceAll("\\s+", " "))
                .contains("at most 1 interrupt of each of 1 device, 2 vCPUs, throttle after 3 EOIs instead of 10,000");
        assertThat(irqstorm("explore", scenario, "--interrupts", "2").out()).contains("at most 2 interrupts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--interrupts 1001",
                "--interrupts x",
                "--depth 0",
                "--max-states 0",
                "--max-states 9999999999",
                "--threads 0",
                "--config nothing",
                "--all --config split",
                "--format csv"
            })
    void badUsageEndsWithTwoAndNoStackTrace(String options) {
        String[] words = ("explore plain-level " + options).split(" ");

        Session session = irqstorm(words);

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).isNotEmpty().doesNotContain("\tat ");
    }
}
