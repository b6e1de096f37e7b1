// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.run.Parallel;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.stats.inference.Holm;
import irqstorm.stats.inference.PairedDifference;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures configurations of a scenario. The order of the replications and the points at which it may stop are fixed, so that the
 * number of threads changes nothing.
 */
public final class Experiment {
    private static final List<Quantity> COMPARED =
            List.of(Quantity.DELIVERY_RATE, Quantity.L1_SHARE, Quantity.L2_SHARE);

    private final Plan plan;
    private final Execution execution;
    private final Function<Scenario, List<TraceSink>> watchers;

    private Experiment(Plan plan, Execution execution, Function<Scenario, List<TraceSink>> watchers) {
        this.plan = plan;
        this.execution = execution;
        this.watchers = watchers;
    }

    /** One more replication of a configuration. */
    private record Another(Sample sample, Replication replication) {}

    /** Measures {@code configurations} of {@code file} as {@code plan} says. */
    public static MeasureReport measure(
            ScenarioFile file, List<Scenario> configurations, Plan plan, Execution execution) {
        return measure(file, configurations, plan, execution, scenario -> List.of());
    }

    /**
     * Measures {@code configurations} of {@code file} as {@code plan} says, and lets others watch.
     *
     * @param watchers gives those who are told of each event of replication 0 of a configuration, on the thread that runs it
     */
    public static MeasureReport measure(
            ScenarioFile file,
            List<Scenario> configurations,
            Plan plan,
            Execution execution,
            Function<Scenario, List<TraceSink>> watchers) {
        return new Experiment(plan, execution, watchers).run(file, configurations);
    }

    private MeasureReport run(ScenarioFile file, List<Scenario> configurations) {
        List<Sample> samples = begin(configurations);
        List<Sample> open = samples.stream().filter(Sample::wantsMore).toList();
        int size = 1;
        while (!open.isEmpty()) {
            size = nextSize(size);
            replicate(open, size, (long) (samples.size() - open.size()) * plan.replications());
            open = open.stream().filter(Sample::wantsMore).toList();
        }
        List<Difference> differences = differences(samples);
        return new MeasureReport(
                file.name(),
                file.title(),
                file.base().seed(),
                plan,
                samples.stream().map(Sample::result).toList(),
                differences.isEmpty() ? "" : baseline(samples).scenario().configuration(),
                differences);
    }

    /** Replication 0 of each configuration. */
    private List<Sample> begin(List<Scenario> configurations) {
        List<Sample> samples = new ArrayList<>();
        Stream<Callable<Sample>> tasks = configurations.stream()
                .map(scenario ->
                        () -> new Sample(scenario, plan, Replication.first(scenario, plan, watchers.apply(scenario))));
        Parallel.forEach(tasks.iterator(), execution.threads(), sample -> {
            samples.add(sample);
            execution
                    .progress()
                    .accept(samples.stream()
                            .mapToLong(begun -> begun.wantsMore() ? 1 : plan.replications())
                            .sum());
        });
        return samples;
    }

    /** All at once without a precision to stop at; with one, ten and then half as many again each time. */
    private int nextSize(int size) {
        if (plan.until() == null) {
            return plan.replications();
        }
        return Math.min(plan.replications(), size < Plan.FIRST_BATCH ? Plan.FIRST_BATCH : size + size / 2);
    }

    /**
     * Replicates {@code samples}, which have the same size, until each has {@code size}.
     *
     * @param closed how many replications other samples have or will not need
     */
    private void replicate(List<Sample> samples, int size, long closed) {
        int from = samples.get(0).size();
        int each = size - from;
        Stream<Callable<Another>> tasks = IntStream.range(0, samples.size() * each)
                .mapToObj(i -> () -> another(samples.get(i / each), from + i % each));
        Parallel.forEach(tasks.iterator(), execution.threads(), another -> {
            another.sample().add(another.replication());
            execution
                    .progress()
                    .accept(closed + samples.stream().mapToLong(Sample::size).sum());
        });
    }

    private Another another(Sample sample, int number) {
        return new Another(sample, Replication.of(sample.scenario(), number, plan));
    }

    private static Sample baseline(List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.basis() == Basis.REPLICATED)
                .findFirst()
                .orElseThrow();
    }

    /** Each configuration that can be paired with the first such; what both have in common, where one stopped earlier. */
    private static List<Difference> differences(List<Sample> samples) {
        List<Sample> compared = samples.stream()
                .filter(sample -> sample.basis() == Basis.REPLICATED)
                .toList();
        List<Difference> found = new ArrayList<>();
        for (int i = 1; i < compared.size(); i++) {
            for (Quantity quantity : COMPARED) {
                PairedDifference paired =
                        paired(compared.get(0).values(quantity), compared.get(i).values(quantity));
                if (paired != null) {
                    found.add(new Difference(compared.get(i).scenario().configuration(), quantity, paired, Double.NaN));
                }
            }
        }
        double[] adjusted = Holm.adjust(found.stream()
                .mapToDouble(difference -> difference.paired().pValue())
                .toArray());
        for (int i = 0; i < adjusted.length; i++) {
            Difference difference = found.get(i);
            found.set(
                    i,
                    new Difference(
                            difference.configuration(), difference.quantity(), difference.paired(), adjusted[i]));
        }
        return found;
    }

    /** The differences of {@code values} to {@code baseline} in the replications where both have one; null for fewer than two. */
    private static @Nullable PairedDifference paired(double[] baseline, double[] values) {
        int[] pairs = IntStream.range(0, Math.min(baseline.length, values.length))
                .filter(i -> !Double.isNaN(baseline[i]) && !Double.isNaN(values[i]))
                .toArray();
        return pairs.length < 2
                ? null
                : PairedDifference.of(
                        Arrays.stream(pairs).mapToDouble(i -> baseline[i]).toArray(),
                        Arrays.stream(pairs).mapToDouble(i -> values[i]).toArray());
    }
}
