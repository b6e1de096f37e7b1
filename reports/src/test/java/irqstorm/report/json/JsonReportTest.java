// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.report.Runs;
import irqstorm.run.RunRecord;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {
    private static String text(RunRecord run) {
        StringWriter out = new StringWriter();
        JsonReport.write(run, out);
        return out.toString();
    }

    private static JsonNode json(RunRecord run) {
        return JsonMapper.shared().readTree(text(run));
    }

    @Test
    void aRunHasTheMembersThatOtherProgramsReadByName() {
        JsonNode run = json(Runs.storm());
        assertThat(run.propertyNames())
                .containsSubsequence(
                        "scenario",
                        "configuration",
                        "seed",
                        "fingerprint",
                        "verdict",
                        "reason",
                        "simulatedNanos",
                        "events",
                        "lines",
                        "storm",
                        "throttleFirings",
                        "eoiExits",
                        "guest");
        assertThat(run.get("lines").get(0).propertyNames())
                .contains(
                        "name",
                        "gsi",
                        "assertions",
                        "deliveries",
                        "redundantDeliveries",
                        "amplification",
                        "stuck",
                        "lost");
        assertThat(run.get("storm").propertyNames())
                .contains("episodes", "peakRatePerSecond", "meanRatePerSecond", "longestNanos");
    }

    @Test
    void numbersAreInFull() {
        JsonNode run = json(Runs.storm());
        assertThat(run.get("seed").asLong()).isEqualTo(7);
        assertThat(run.get("verdict").asString()).isEqualTo("STORM");
        assertThat(run.get("lines").get(0).get("amplification").asDouble()).isEqualTo(10_000.6);
        assertThat(run.get("storm").get("meanRatePerSecond").asDouble()).isEqualTo(49_143.7);
        assertThat(run.get("storm").get("first").get(0).get("endNanos").asLong())
                .isEqualTo(205_647_101);
        assertThat(run.get("guest").get("l2RunShare").asDouble()).isEqualTo(0.00753);
        assertThat(run.get("inputs").get("flags").isEmpty()).isTrue();
        assertThat(run.has("errno")).isFalse();
    }

    @Test
    void whatWasNotMeasuredIsNull() {
        JsonNode run = json(Runs.lost());
        assertThat(run.get("guest").get("l2RunShare").isNull()).isTrue();
        assertThat(run.get("lines").get(0).get("gsi").isNull()).isTrue();
        assertThat(run.get("lines").get(1).get("gsi").asInt()).isEqualTo(4);
        assertThat(run.get("lines").get(1).get("meanLatencyNanos").isNull()).isTrue();
    }

    @Test
    void aRefusedConfigurationHasAnErrnoAndNoLines() {
        JsonNode run = json(Runs.refused());
        assertThat(run.get("verdict").asString()).isEqualTo("REFUSED");
        assertThat(run.get("errno").asString()).isEqualTo("EINVAL");
        assertThat(run.get("lines").isArray()).isTrue();
        assertThat(run.get("lines").isEmpty()).isTrue();
    }

    @Test
    void failuresAreListed() {
        assertThat(json(Runs.failing(Runs.right(), "a \"quoted\" failure"))
                        .get("failures")
                        .get(0)
                        .asString())
                .isEqualTo("a \"quoted\" failure");
    }

    @Test
    void aComparisonHasItsRunsInOrder() {
        StringWriter out = new StringWriter();
        JsonReport.write(Runs.comparison(), out);
        JsonNode comparison = JsonMapper.shared().readTree(out.toString());
        assertThat(comparison.get("scenario").asString()).isEqualTo("guard");
        assertThat(comparison.get("seed").asLong()).isEqualTo(7);
        assertThat(comparison
                        .get("results")
                        .valueStream()
                        .map(run -> run.get("configuration").asString()))
                .containsExactly("9-enable", "6-quirked", "2-kernel", "edge-masked", "13-both");
        assertThat(comparison.get("results").get(1)).isEqualTo(json(Runs.storm()));
    }

    @Test
    void theTextIsOneIndentedObjectThatEndsInALineFeed() {
        assertThat(text(Runs.right()))
                .startsWith("{\n  \"scenario\": \"guard\",\n  \"title\": ")
                .endsWith("  \"failures\": []\n}\n")
                .doesNotContain("\r");
    }
}
