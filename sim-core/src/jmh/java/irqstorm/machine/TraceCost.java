// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.ForkPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Measures how many times as long a judged storm takes with a streaming trace, in {@link ForkPair pairs of forks}, and prints
 * the median, the least and the greatest of three.
 */
public final class TraceCost {
    private static final int PAIRS = 3;

    private TraceCost() {}

    /** Runs the pairs, half a minute. */
    public static void main(String[] args) throws InterruptedException {
        // JMH's lock is against two benchmarks at a time; those of a pair take turns.
        System.setProperty("jmh.ignoreLock", "true");
        List<Double> ratios = new ArrayList<>();
        try {
            for (int pair = 0; pair < PAIRS; pair++) {
                ratios.add(ForkPair.run(StormBenchmark.class, listener("METER"), listener("TRACE"))
                        .ratio());
            }
        } catch (IOException | ExecutionException e) {
            System.err.println("what a trace costs: " + e.getMessage());
            System.exit(1);
        }
        Collections.sort(ratios);
        System.out.printf(Locale.ROOT, "%.2f %.2f %.2f%n", ratios.get(PAIRS / 2), ratios.get(0), ratios.get(PAIRS - 1));
    }

    private static Map<String, String> listener(String name) {
        return Map.of("listener", name);
    }
}
