// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

import irqstorm.random.DelayTable;
import irqstorm.units.DurationText;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measured delays, drawn as often as they were seen. Only the values given are ever drawn: nothing is interpolated
 * between them, so that two separate peaks stay two separate peaks.
 *
 * @param nanos the delays in nanoseconds in any order, 1 to {@value #MAX_VALUES} of them, each 0 to 30 days
 * @param weights how often each was seen, each 1 to {@value #MAX_WEIGHT}
 */
public record Empirical(List<Long> nanos, List<Integer> weights) implements Distribution {

    /** How many values there may be. */
    public static final int MAX_VALUES = 2_000;

    /** The greatest weight. */
    public static final int MAX_WEIGHT = 1_000_000;

    public Empirical {
        nanos = List.copyOf(nanos);
        weights = List.copyOf(weights);
        if (nanos.isEmpty() || nanos.size() > MAX_VALUES) {
            throw new IllegalArgumentException(nanos.size() + " values are not from 1 to " + MAX_VALUES);
        }
        if (weights.size() != nanos.size()) {
            throw new IllegalArgumentException(weights.size() + " weights do not match " + nanos.size() + " values");
        }
        nanos.forEach(value -> Delays.requireRange("value", value, 0));
        for (int weight : weights) {
            if (weight < 1 || weight > MAX_WEIGHT) {
                throw new IllegalArgumentException("weight " + weight + " is not from 1 to " + MAX_WEIGHT);
            }
        }
    }

    /** Values that were all seen equally often. */
    public static Empirical ofValues(List<Long> nanos) {
        return new Empirical(nanos, Collections.nCopies(nanos.size(), 1));
    }

    @Override
    public DelayTable compile() {
        int[] ascending = IntStream.range(0, nanos.size())
                .boxed()
                .sorted((a, b) -> Long.compare(nanos.get(a), nanos.get(b)))
                .mapToInt(Integer::intValue)
                .toArray();
        long[] values = new long[ascending.length];
        long[] shares = new long[ascending.length];
        for (int i = 0; i < ascending.length; i++) {
            values[i] = nanos.get(ascending[i]);
            shares[i] = weights.get(ascending[i]);
        }
        return DelayTable.weighted(values, shares);
    }

    @Override
    public double meanNanos() {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < nanos.size(); i++) {
            sum += (double) nanos.get(i) * weights.get(i);
            total += weights.get(i);
        }
        return sum / total;
    }

    @Override
    public String describe() {
        String least = DurationText.format(Collections.min(nanos));
        String greatest = DurationText.format(Collections.max(nanos));
        return "empirical, " + nanos.size() + (nanos.size() == 1 ? " value" : " values") + " from " + least + " to "
                + greatest;
    }
}
