// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import irqstorm.check.EoiFaults;
import irqstorm.scenario.Expectations;
import irqstorm.scenario.Expectations.LineMeasure;
import irqstorm.scenario.Expectations.Range;
import irqstorm.scenario.Expectations.RunMeasure;
import irqstorm.scenario.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Compares a run with what was expected of it. */
final class Expected {
    private Expected() {}

    /** The record with every expectation that was not met. */
    static RunRecord check(RunRecord run, Expectations expectations) {
        List<String> failures = new ArrayList<>();
        expectations
                .verdict()
                .filter(verdict -> verdict != run.verdict())
                .ifPresent(verdict -> failures.add("verdict is " + run.verdict() + ", expected " + verdict));
        expectations
                .violation()
                .filter(violation -> violation != run.violation())
                .ifPresent(violation -> failures.add("violation besides the verdict is "
                        + (run.violation() == null ? "none" : run.violation()) + ", expected " + violation));
        expectations
                .measures()
                .forEach((measure, range) ->
                        compare(measure.key(), value(run, measure), range).ifPresent(failures::add));
        expectations.lines().forEach((name, ranges) -> failures.addAll(lineFailures(run, name, ranges)));
        return run.withFailures(failures);
    }

    private static List<String> lineFailures(RunRecord run, String name, Map<LineMeasure, Range> ranges) {
        Optional<RunRecord.Line> line = run.lines().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        if (line.isEmpty()) {
            List<String> names = run.lines().stream().map(RunRecord.Line::name).toList();
            String known = names.isEmpty() ? "the run has no lines" : "there is " + String.join(", ", names);
            return List.of("line " + name + " is not there to be measured: " + known);
        }
        List<String> failures = new ArrayList<>();
        ranges.forEach(
                (measure, range) -> compare("line " + name + ": " + measure.key(), value(line.get(), measure), range)
                        .ifPresent(failures::add));
        return failures;
    }

    private static Optional<String> compare(String what, @Nullable Double value, Range range) {
        if (value == null) {
            return Optional.of(what + " was not measured, expected " + range.describe());
        }
        return range.contains(value)
                ? Optional.empty()
                : Optional.of(what + " is " + Numbers.plain(value) + ", expected " + range.describe());
    }

    private static @Nullable Double value(RunRecord run, RunMeasure measure) {
        return switch (measure) {
            case EPISODES -> (double) run.storm().episodes();
            case PEAK_RATE -> run.storm().peakRatePerSecond();
            case MEAN_RATE -> run.storm().meanRatePerSecond();
            case THROTTLE_FIRINGS -> (double) run.throttleFirings();
            case EOI_EXITS -> (double) run.eoiExits();
            case L2_RUN_SHARE -> run.guest().l2RunShare();
            case CORRUPTED_EOI_SLOTS -> faults(run, EoiFaults::corrupted);
            case LOST_EOIS -> faults(run, EoiFaults::lost);
            case WRONG_LINES_ENDED -> faults(run, EoiFaults::wrongLinesEnded);
            case SPURIOUS_EOI_EXITS -> faults(run, EoiFaults::spuriousExits);
            case LATER_EOI_EXITS_BLOCKED -> faults(run, EoiFaults::laterExitsBlocked);
        };
    }

    private static @Nullable Double faults(RunRecord run, ToLongFunction<EoiFaults> measure) {
        return run.hazards() == null
                ? null
                : (double) measure.applyAsLong(run.hazards().eoiFaults());
    }

    private static @Nullable Double value(RunRecord.Line line, LineMeasure measure) {
        return switch (measure) {
            case ASSERTIONS -> (double) line.assertions();
            case DELIVERIES -> (double) line.deliveries();
            case REDUNDANT_DELIVERIES -> (double) line.redundantDeliveries();
            case AMPLIFICATION -> line.amplification();
        };
    }
}
