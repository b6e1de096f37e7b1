// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.ForkPair;
import irqstorm.engine.ForkPairs;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Measures how many times as long a judged storm takes with a streaming trace, in {@link ForkPairs pairs of forks}, and prints
 * the median, the least and the greatest.
 */
public final class TraceCost {
    private TraceCost() {}

    /** Runs the pairs, half a minute. */
    public static void main(String[] args) throws InterruptedException {
        try {
            ForkPairs pairs =
                    ForkPairs.run(ForkPairs.COUNT, StormBenchmark.class, listener("METER"), listener("TRACE"));
            System.out.printf(
                    Locale.ROOT,
                    "%.2f %.2f %.2f%n",
                    pairs.median(ForkPair::ratio),
                    pairs.least(ForkPair::ratio),
                    pairs.greatest(ForkPair::ratio));
        } catch (IOException | ExecutionException e) {
            System.err.println("what a trace costs: " + e.getMessage());
            System.exit(1);
        }
    }

    private static Map<String, String> listener(String name) {
        return Map.of("listener", name);
    }
}
