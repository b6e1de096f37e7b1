// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.run.Parallel;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.stats.inference.Holm;
import irqstorm.stats.inference.PairedDifference;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
    private final int threads;
    private final Function<Scenario, List<TraceSink>> watchers;

    private Experiment(Plan plan, int threads, Function<Scenario, List<TraceSink>> watchers) {
        this.plan = plan;
        this.threads = threads;
        this.watchers = watchers;
    }

    /** One replication of one configuration. */
    private record Task(Sample sample, int number) {}

    /** Measures {@code configurations} of {@code file} as {@code plan} says, on all processors. */
    public static MeasureReport measure(ScenarioFile file, List<Scenario> configurations, Plan plan) {
        return measure(file, configurations, plan, Parallel.allProcessors(), scenario -> List.of());
    }

    /**
     * Measures {@code configurations} of {@code file} as {@code plan} says, and lets others watch.
     *
     * @param threads how many replications run at a time, 1 or more
     * @param watchers gives those who are told of each event of replication 0 of a configuration, on the thread that runs it
     */
    public static MeasureReport measure(
            ScenarioFile file,
            List<Scenario> configurations,
            Plan plan,
            int threads,
            Function<Scenario, List<TraceSink>> watchers) {
        return new Experiment(plan, threads, watchers).run(file, configurations);
    }

    private MeasureReport run(ScenarioFile file, List<Scenario> configurations) {
        List<Sample> samples = onThreads(
                configurations,
                scenario -> new Sample(scenario, plan, Replication.of(scenario, 0, plan, watchers.apply(scenario))));
        int size = 1;
        while (samples.stream().anyMatch(Sample::wantsMore)) {
            size = nextSize(size);
            replicate(samples, size);
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

    /** All at once without a precision to stop at; with one, ten and then half as many again each time. */
    private int nextSize(int size) {
        if (plan.until() == null) {
            return plan.replications();
        }
        return Math.min(plan.replications(), size < Plan.FIRST_BATCH ? Plan.FIRST_BATCH : size + size / 2);
    }

    private void replicate(List<Sample> samples, int size) {
        List<Task> tasks = samples.stream()
                .filter(Sample::wantsMore)
                .flatMap(sample -> Stream.iterate(sample.size(), number -> number < size, number -> number + 1)
                        .map(number -> new Task(sample, number)))
                .toList();
        List<Replication> results = onThreads(
                tasks,
                task -> Replication.of(task.sample().scenario(), task.number(), plan, List.of())
                        .replication());
        for (int i = 0; i < tasks.size(); i++) {
            tasks.get(i).sample().add(results.get(i));
        }
    }

    private <A, B> List<B> onThreads(List<A> inputs, Function<A, B> work) {
        List<Callable<B>> tasks = new ArrayList<>();
        inputs.forEach(input -> tasks.add(() -> work.apply(input)));
        return Parallel.run(tasks, threads);
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

    private static @Nullable PairedDifference paired(List<@Nullable Double> baseline, List<@Nullable Double> values) {
        List<Double> left = new ArrayList<>();
        List<Double> right = new ArrayList<>();
        for (int i = 0; i < Math.min(baseline.size(), values.size()); i++) {
            Double base = baseline.get(i);
            Double value = values.get(i);
            if (base != null && value != null) {
                left.add(base);
                right.add(value);
            }
        }
        return left.size() < 2
                ? null
                : PairedDifference.of(
                        left.stream().mapToDouble(Double::doubleValue).toArray(),
                        right.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
