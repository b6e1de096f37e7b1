// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.check.StormEpisode;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.stats.inference.KaplanMeier.Observation;
import irqstorm.stats.inference.Mser5;
import irqstorm.stats.measure.LineMeasure;
import irqstorm.stats.measure.RunMeasure;
import irqstorm.stats.measure.RunMeasurement;
import irqstorm.trace.TraceSink;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One replication of one configuration: what is kept of it.
 *
 * @param fingerprint that of the machine when the run ended
 * @param values its quantities; none for those that it has no value of
 * @param timeToStorm when its first storm episode began, or that it ended without one
 * @param warmUpNanos the warm-up that MSER-5 cuts off, nanoseconds; null if it finds no steady state, or was not asked for one
 */
record Replication(
        String fingerprint,
        Map<Quantity, Double> values,
        Observation timeToStorm,
        @Nullable Long warmUpNanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** A replication, its run, and everything measured of that. */
    record Detailed(Replication replication, RunRecord run, RunMeasure measure) {}

    /** Replication 0 in full, of whose events {@code watchers} are told as well. */
    static Detailed first(Scenario scenario, Plan plan, List<TraceSink> watchers) {
        Scenario replicated = scenario.withReplication(0);
        return run(replicated, plan, new RunMeasurement(replicated, plan.windowsNanos(), plan.detectors()), watchers);
    }

    /** The replication of that {@code number}. */
    static Replication of(Scenario scenario, long number, Plan plan) {
        Scenario replicated = scenario.withReplication(number);
        return run(replicated, plan, RunMeasurement.ofEstimates(replicated, plan.windowNanos()), List.of())
                .replication();
    }

    private static Detailed run(Scenario scenario, Plan plan, RunMeasurement measurement, List<TraceSink> watchers) {
        TraceSink[] sinks =
                Stream.concat(Stream.of(measurement), watchers.stream()).toArray(TraceSink[]::new);
        RunRecord run = ScenarioRunner.run(scenario, sinks);
        RunMeasure measure = measurement.finish(run.simulatedNanos());
        Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            Double value = quantity.of(measure, plan.windowNanos());
            if (value != null) {
                values.put(quantity, value);
            }
        }
        Long warmUp = plan.steadyState() ? warmUp(measure, scenario.durationNanos(), values) : null;
        return new Detailed(new Replication(run.fingerprint(), values, firstStorm(run), warmUp), run, measure);
    }

    private static Observation firstStorm(RunRecord run) {
        List<StormEpisode> storms = run.storm().first();
        return storms.isEmpty()
                ? new Observation(run.simulatedNanos(), false)
                : new Observation(storms.get(0).startNanos(), true);
    }

    private static @Nullable Long warmUp(RunMeasure measure, long durationNanos, Map<Quantity, Double> values) {
        List<LineMeasure> lines = measure.lines();
        long bin = lines.isEmpty() ? 1 : lines.get(0).resolutionNanos();
        double[] series = lines.isEmpty()
                ? new double[0]
                : new double[(int) Math.min(lines.get(0).series().size(), durationNanos / bin)];
        for (LineMeasure line : lines) {
            for (int i = 0; i < series.length; i++) {
                series[i] += line.series().get(i);
            }
        }
        Mser5 cut = Mser5.of(series);
        if (!cut.steady()) {
            return null;
        }
        values.put(Quantity.STEADY_RATE, cut.mean() * NANOS_PER_SECOND / bin);
        return cut.truncated() * bin;
    }
}
