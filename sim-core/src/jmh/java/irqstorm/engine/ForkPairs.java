// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;

/** What some {@link ForkPair pairs of forks} of one benchmark measured, one after another. */
public record ForkPairs(List<ForkPair> pairs) {
    /** So many pairs tell something of how far they differ. Each takes some ten seconds. */
    public static final int COUNT = 3;

    /**
     * Runs so many pairs; see {@link ForkPair#run}.
     *
     * @throws IOException if a fork fails
     */
    public static ForkPairs run(int count, Class<?> benchmark, Map<String, String> one, Map<String, String> other)
            throws IOException, InterruptedException, ExecutionException {
        List<ForkPair> pairs = new ArrayList<>();
        for (int pair = 0; pair < count; pair++) {
            pairs.add(ForkPair.run(benchmark, one, other));
        }
        return new ForkPairs(List.copyOf(pairs));
    }

    /** The median of what the pairs have of this. */
    public double median(ToDoubleFunction<ForkPair> part) {
        double[] sorted = sorted(part);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** The least of what the pairs have of this. */
    public double least(ToDoubleFunction<ForkPair> part) {
        return sorted(part)[0];
    }

    /** The greatest of what the pairs have of this. */
    public double greatest(ToDoubleFunction<ForkPair> part) {
        return sorted(part)[pairs.size() - 1];
    }

    private double[] sorted(ToDoubleFunction<ForkPair> part) {
        return pairs.stream().mapToDouble(part).sorted().toArray();
    }
}
