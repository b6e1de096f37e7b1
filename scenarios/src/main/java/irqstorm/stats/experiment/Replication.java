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
 * One replication of one configuration.
 *
 * @param run the run
 * @param values its quantities; none for those that it has no value of
 * @param timeToStorm when its first storm episode began, or that it ended without one
 * @param steady what MSER-5 says of it, the deliveries per bin; null where that was not asked
 */
record Replication(
        RunRecord run,
        Map<Quantity, Double> values,
        Observation timeToStorm,
        @Nullable Mser5 steady) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** A run and everything measured of it. */
    record Detailed(Replication replication, RunMeasure measure) {}

    static Detailed of(Scenario scenario, long number, Plan plan, List<TraceSink> watchers) {
        Scenario replicated = scenario.withReplication(number);
        RunMeasurement measurement = new RunMeasurement(replicated, plan.windowsNanos(), plan.detectors());
        TraceSink[] sinks =
                Stream.concat(Stream.of(measurement), watchers.stream()).toArray(TraceSink[]::new);
        RunRecord run = ScenarioRunner.run(replicated, sinks);
        RunMeasure measure = measurement.finish(run.simulatedNanos());
        Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            Double value = quantity.of(measure, plan.windowNanos());
            if (value != null) {
                values.put(quantity, value);
            }
        }
        Mser5 steady = plan.steadyState() ? steadyState(measure, scenario.durationNanos(), values) : null;
        return new Detailed(new Replication(run, values, firstStorm(run), steady), measure);
    }

    private static Observation firstStorm(RunRecord run) {
        List<StormEpisode> storms = run.storm().first();
        return storms.isEmpty()
                ? new Observation(run.simulatedNanos(), false)
                : new Observation(storms.get(0).startNanos(), true);
    }

    private static Mser5 steadyState(RunMeasure measure, long durationNanos, Map<Quantity, Double> values) {
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
        if (cut.steady()) {
            values.put(Quantity.STEADY_RATE, cut.mean() * NANOS_PER_SECOND / bin);
        }
        return cut;
    }
}
