// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.EoiFaults;
import irqstorm.check.Verdict;
import irqstorm.engine.StopReason;
import irqstorm.scenario.Expectations;
import irqstorm.scenario.Expectations.LineMeasure;
import irqstorm.scenario.Expectations.Range;
import irqstorm.scenario.Expectations.RunMeasure;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A run compared with what was expected of it: every measure, in and out of its range. */
class ExpectedTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void aRunThatMeetsEveryExpectationHasNoFailures() {
        Map<RunMeasure, Range> measures = new EnumMap<>(RunMeasure.class);
        for (RunMeasure measure : RunMeasure.values()) {
            measures.put(measure, exactly(measured(measure)));
        }
        Map<LineMeasure, Range> line = new EnumMap<>(LineMeasure.class);
        for (LineMeasure measure : LineMeasure.values()) {
            line.put(measure, exactly(measured(measure)));
        }
        RunRecord checked = Expected.check(
                run(0.25, 8.0),
                new Expectations(Optional.of(Verdict.STORM), Optional.empty(), measures, Map.of("nic", line)));

        assertThat(checked.failures()).isEmpty();
        assertThat(checked).isEqualTo(run(0.25, 8.0));
    }

    @Test
    void nothingExpectedIsAlwaysMet() {
        assertThat(Expected.check(run(0.25, 8.0), Expectations.NONE).failures()).isEmpty();
    }

    @Test
    void anotherVerdictIsNamedWithTheOneExpected() {
        Expectations expectations = new Expectations(Optional.of(Verdict.OK), Optional.empty(), Map.of(), Map.of());

        assertThat(Expected.check(run(0.25, 8.0), expectations).failures())
                .containsExactly("verdict is STORM, expected OK");
    }

    @ParameterizedTest
    @EnumSource
    void aMeasureOfTheRunOutsideItsRangeIsNamedWithItsValue(RunMeasure measure) {
        double value = measured(measure);

        assertThat(failures(measure, new Range(value, value))).isEmpty();
        assertThat(failures(measure, new Range(value - 1, value + 1))).isEmpty();
        assertThat(failures(measure, new Range(value + 1, INFINITY)))
                .containsExactly(measure.key() + " is " + text(value) + ", expected at least " + text(value + 1));
        assertThat(failures(measure, new Range(-INFINITY, value - 1)))
                .containsExactly(measure.key() + " is " + text(value) + ", expected at most " + text(value - 1));
        assertThat(failures(measure, new Range(value + 1, value + 2)))
                .containsExactly(measure.key() + " is " + text(value) + ", expected " + text(value + 1) + " to "
                        + text(value + 2));
        assertThat(failures(measure, exactly(value + 1)))
                .containsExactly(measure.key() + " is " + text(value) + ", expected " + text(value + 1));
    }

    @ParameterizedTest
    @EnumSource
    void aMeasureOfALineOutsideItsRangeIsNamedWithTheLineAndItsValue(LineMeasure measure) {
        double value = measured(measure);

        assertThat(failures("nic", measure, exactly(value))).isEmpty();
        assertThat(failures("nic", measure, new Range(-INFINITY, value - 1)))
                .containsExactly(
                        "line nic: " + measure.key() + " is " + text(value) + ", expected at most " + text(value - 1));
    }

    @Test
    void aLineThatIsNotThereIsNamedOnceWithThoseThatAre() {
        assertThat(failures("nick", LineMeasure.DELIVERIES, exactly(1)))
                .containsExactly("line nick is not there to be measured: there is nic, disk+sound");
    }

    @Test
    void whatTheRunCouldNotMeasureIsNotMet() {
        Expectations share = new Expectations(
                Optional.empty(), Optional.empty(), Map.of(RunMeasure.L2_RUN_SHARE, exactly(0)), Map.of());
        Expectations amplification = new Expectations(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of("nic", Map.of(LineMeasure.AMPLIFICATION, new Range(1, INFINITY))));

        assertThat(Expected.check(run(null, 8.0), share).failures())
                .containsExactly("l2RunShare was not measured, expected 0");
        assertThat(Expected.check(run(0.25, null), amplification).failures())
                .containsExactly("line nic: amplification was not measured, expected at least 1");
    }

    @Test
    void everyFailureIsListedInTheOrderOfTheExpectations() {
        Map<String, Map<LineMeasure, Range>> lines = new LinkedHashMap<>();
        lines.put("disk+sound", Map.of(LineMeasure.ASSERTIONS, exactly(1)));
        lines.put("nic", Map.of(LineMeasure.ASSERTIONS, exactly(2)));
        Expectations expectations = new Expectations(
                Optional.of(Verdict.OK), Optional.empty(), Map.of(RunMeasure.EPISODES, exactly(0)), lines);

        assertThat(Expected.check(run(0.25, 8.0), expectations).failures())
                .containsExactly(
                        "verdict is STORM, expected OK",
                        "episodes is 3, expected 0",
                        "line disk+sound: assertions is 20, expected 1",
                        "line nic: assertions is 10, expected 2");
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "1.0E7, 10000000", "0.0, 0", "1.0E-5, 0.00001", "-2.5, -2.5"})
    void numbersAreWrittenOutPlainly(double value, String text) {
        assertThat(exactly(value).describe()).isEqualTo(text);
    }

    private static List<String> failures(RunMeasure measure, Range range) {
        return Expected.check(
                        run(0.25, 8.0),
                        new Expectations(Optional.empty(), Optional.empty(), Map.of(measure, range), Map.of()))
                .failures();
    }

    private static List<String> failures(String line, LineMeasure measure, Range range) {
        Expectations expectations =
                new Expectations(Optional.empty(), Optional.empty(), Map.of(), Map.of(line, Map.of(measure, range)));
        return Expected.check(run(0.25, 8.0), expectations).failures();
    }

    private static Range exactly(double value) {
        return new Range(value, value);
    }

    private static String text(double value) {
        return exactly(value).describe();
    }

    private static double measured(RunMeasure measure) {
        return switch (measure) {
            case EPISODES -> 3;
            case PEAK_RATE -> 50_000;
            case MEAN_RATE -> 47_612.5;
            case THROTTLE_FIRINGS -> 4;
            case EOI_EXITS -> 5;
            case L2_RUN_SHARE -> 0.25;
            case CORRUPTED_EOI_SLOTS -> 6;
            case LOST_EOIS -> 5;
            case WRONG_LINES_ENDED -> 4;
            case SPURIOUS_EOI_EXITS -> 3;
            case LATER_EOI_EXITS_BLOCKED -> 2;
        };
    }

    private static double measured(LineMeasure measure) {
        return switch (measure) {
            case ASSERTIONS -> 10;
            case DELIVERIES -> 80;
            case REDUNDANT_DELIVERIES -> 70;
            case AMPLIFICATION -> 8;
        };
    }

    private static RunRecord run(@Nullable Double l2RunShare, @Nullable Double amplification) {
        return new RunRecord(
                "sample",
                "A sample",
                "",
                new RunRecord.Inputs(
                        1, "split", "merged", List.of(), "QUIRKED", "qemu-ioapic-0x20", 0x20, "fresh", true, 1),
                "0123456789abcdef",
                Verdict.STORM,
                "because",
                null,
                null,
                StopReason.DRAINED,
                1_000_000,
                99,
                List.of(
                        new RunRecord.Line("nic", 5, 10, 0, 80, 70, amplification, 10, false, false, 0, 5L, 6L),
                        new RunRecord.Line("disk+sound", 6, 20, 0, 20, 0, 1.0, 20, false, false, 0, 5L, 6L)),
                new RunRecord.Storm(3, 50_000, 47_612.5, 1000, List.of()),
                4,
                5,
                new RunRecord.Progress(0.5, l2RunShare),
                new RunRecord.Hazards(List.of(), List.of(), new EoiFaults(6, 5, 4, 3, 2)),
                List.of());
    }
}
