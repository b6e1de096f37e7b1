// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MeasureCommandTest {
    @TempDir
    Path directory;

    private static JsonNode json(String... args) {
        Session session = irqstorm(args);
        assertThat(session.err()).isEmpty();
        assertThat(session.code()).isZero();
        return JsonMapper.shared().readTree(session.out());
    }

    @Test
    void aStormIsMeasuredWithinAHundredColumns() {
        Session session =
                irqstorm("measure", "credential-guard", "--config", "6", "--config", "9", "--replications", "3");

        assertThat(session.err()).isEmpty();
        assertThat(session.code()).isZero();
        assertThat(session.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(session.out())
                .contains("6-split-quirked  STORM\nbased on        3 replications\n")
                .contains("duty cycle      95.2 % under a throttle: 5 pauses of 50ms in all")
                .contains("steadier than chance")
                .containsPattern("qemu-ioapic +205\\.5ms +5 +at most 10,000 in succession")
                .containsPattern("linux-genirq +never")
                .contains("in 3 of 3 replications; probability 29.2 % to 100.0 % (Clopper-Pearson)")
                .contains("in 0 of 3 replications; probability at most 100.0 % (rule of three)")
                .contains("Differences from 6-split-quirked, paired by replication")
                .containsPattern("9-split-enable +L2 ran +\\+9[0-9.]+ points +[0-9.]+ points +[<0-9. ]+");
    }

    @Test
    void aDeterministicScenarioSaysSoAndGivesNoPrecision() {
        Session session = irqstorm("measure", "credential-guard-rca", "--replications", "100");

        assertThat(session.out())
                .contains("based on        deterministic, n = 1: nothing in it is left to chance")
                .contains("time to storm   no storm")
                .doesNotContain("over replications ")
                .doesNotContain("+-");
    }

    @Test
    void jsonHasEveryMeasureAndNullWhereThereIsNone() {
        JsonNode report = json("measure", "plain-level", "--all", "--replications", "3", "--format", "json");

        assertThat(report.get("configurations").size()).isEqualTo(7);
        JsonNode first = report.get("configurations").get(0);
        assertThat(first.get("basis").asString()).isEqualTo("replicated");
        JsonNode line = first.get("run").get("lines").get(0);
        assertThat(line.get("windows").size()).isEqualTo(5);
        assertThat(line.get("latencyFromAssertion")
                        .get("service")
                        .get("p99Nanos")
                        .asLong())
                .isPositive();
        assertThat(line.get("throttle").get("dutyCycle").isNull()).isTrue();
        assertThat(first.get("run").get("processorShares").get("l2").isNull()).isTrue();
        assertThat(first.get("storms").get("ruleOfThree").asDouble()).isEqualTo(1);
        assertThat(report.get("differences").get(0).get("halfWidth").isNull()).isTrue();
        assertThat(report.get("until").isNull()).isTrue();
    }

    @Test
    void jsonNamesTheSourceOfEachDetectorAskedFor() {
        JsonNode report = json(
                "measure",
                "credential-guard-rca",
                "--detector",
                "xen",
                "--detector",
                "custom:1/1s",
                "--format",
                "json");

        JsonNode detectors = report.get("configurations").get(0).get("run").get("detectors");
        assertThat(detectors.size()).isEqualTo(2);
        assertThat(detectors.get(0).get("source").asString()).contains("xen/arch/x86/irq.c");
        assertThat(detectors.get(1).get("fires").asBoolean()).isFalse();
        assertThat(detectors.get(1).get("measured").asString()).isEqualTo("at most 1 in all");
    }

    @Test
    void aStormHasACurveOfTimesAndASteadyStateIfAskedFor() {
        JsonNode storm = json(
                        "measure",
                        "credential-guard",
                        "--config",
                        "6",
                        "--until",
                        "50%",
                        "--replications",
                        "2",
                        "--steady-state",
                        "--format",
                        "json")
                .get("configurations")
                .get(0);

        assertThat(storm.get("timeToStorm").size()).isEqualTo(2);
        assertThat(storm.get("timeToStorm").get(1).get("survival").asDouble()).isZero();
        assertThat(storm.get("steadyState").get("longestWarmUpNanos").asLong()).isNotNegative();
        assertThat(storm.get("precise").asBoolean()).isTrue();
    }

    @Test
    void aPrecisionThatWasNotReachedIsSaid() {
        assertThat(irqstorm("measure", "plain-level", "--until", "0.0001%", "--replications", "3")
                        .out())
                .contains("was not reached");
    }

    @Test
    void aRefusedConfigurationSaysWhy() {
        assertThat(irqstorm("measure", "credential-guard", "--config", "4").out())
                .contains("4-kernel-enable  REFUSED\nbased on        nothing: KVM_ENABLE_CAP")
                .doesNotContain("Detectors:");
    }

    @ParameterizedTest
    @CsvSource({
        "--until, 5, expected a percentage above 0% and below 100%",
        "--until, 0%, expected a percentage above 0% and below 100%",
        "--window, 1, 'expected a duration with its unit'",
        "--window, 10ns, 'found a window of 10ns, expected 1us or more'",
        "--replications, 0, 'found 0 replications, expected 1 to 10000'",
        "--detector, windows, 'found detector \"windows\", expected linux-genirq, linux-softlockup'",
        "--detector, custom:0/1ms, expected custom:COUNT/WINDOW"
    })
    void aWrongOptionSaysWhatWouldBeRight(String option, String value, String message) {
        Session session = irqstorm("measure", "plain-level", option, value);

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).contains(message);
    }

    @Test
    void allAndOneExcludeEachOther() {
        Session session = irqstorm("measure", "plain-level", "--all", "--config", "kernel-disable");

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).contains("found --all and --config, expected one of them");
        assertThat(List.of(irqstorm("measure", "plain-level", "--config", "none-such")
                        .code()))
                .containsExactly(2);
    }

    /** In a heap in which the times of the deliveries of the longer one alone, 9 MB, would not fit beside the program. */
    @ParameterizedTest
    @CsvSource({"1s, 100000", "10s, 1000000"})
    void aStormIsMeasuredInTheSameMemoryHoweverLongItIs(String duration, long deliveries) throws Exception {
        String storm = Scenarios.file(directory, Scenarios.storm(duration));
        ChildJvm.Ended ended = new ChildJvm(directory)
                .irqstorm(
                        List.of("-Xmx12m", "-XX:+UseSerialGC"),
                        List.of(
                                "measure",
                                storm,
                                "--config",
                                "3b",
                                "--replications",
                                "2",
                                "--steady-state",
                                "--format",
                                "json"));

        assertThat(ended.code()).as(ended.said()).isZero();
        JsonNode run = JsonMapper.shared().readTree(ended.said()).at("/configurations/0/run");
        assertThat(run.at("/lines/0/deliveries").asLong()).as(ended.said()).isGreaterThan(deliveries);
    }
}
