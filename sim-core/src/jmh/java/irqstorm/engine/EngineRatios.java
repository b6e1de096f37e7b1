// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;

/**
 * Measures the engine beside {@link PriorityQueueEngine} and prints their ratios as a Markdown table. A ratio is the median of
 * those of some pairs of forks, see {@link ForkPair}; beside it stand the least and the greatest of them, and the medians of
 * what the forks measured. Events are counted by CPU time, see {@link CpuClock}. The optional argument is how many pairs of
 * forks a cell has, 3 if left out.
 */
public final class EngineRatios {
    private static final String ENGINE = "irqstorm";
    private static final String PEER = "priority-queue";
    private static final int PAIRS = 3;

    private record Cell(String name, Class<?> benchmark, Map<String, String> parameters, double target) {
        Map<String, String> with(String engine) {
            Map<String, String> all = new TreeMap<>(parameters);
            all.put("engine", engine);
            return all;
        }
    }

    private static final List<Cell> CELLS = List.of(
            hold(16, 1.6),
            hold(256, 2.6),
            hold(4_096, 3.5),
            hold(65_536, 4),
            hold(1_048_576, 4.5),
            new Cell("PHOLD, 1024 processes", PholdBenchmark.class, Map.of(), 2.8),
            new Cell("2 schedules, 1 cancel", CancelMixBenchmark.class, Map.of("timeoutSeconds", "0"), 3),
            new Cell("4096 on 100 instants", TiesBenchmark.class, Map.of("periodNanos", "1000", "priorities", "1"), 8));

    private EngineRatios() {}

    /** Runs all cells, some four minutes. */
    public static void main(String[] args) throws InterruptedException {
        // JMH's lock is against two benchmarks at a time; those of a pair take turns.
        System.setProperty("jmh.ignoreLock", "true");
        int count = args.length > 0 ? Integer.parseInt(args[0]) : PAIRS;
        System.out.println(
                "| cell | engine, M events/s | PriorityQueue, M events/s | ratio | least to greatest | target |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        for (Cell cell : CELLS) {
            try {
                System.out.print(row(cell, pairs(cell, count)));
            } catch (IOException | ExecutionException e) {
                System.err.println(cell.name + ": " + e.getMessage());
                System.exit(1);
            }
        }
    }

    private static List<ForkPair> pairs(Cell cell, int count)
            throws IOException, InterruptedException, ExecutionException {
        List<ForkPair> pairs = new ArrayList<>();
        for (int pair = 0; pair < count; pair++) {
            pairs.add(ForkPair.run(cell.benchmark, cell.with(ENGINE), cell.with(PEER)));
        }
        return pairs;
    }

    private static String row(Cell cell, List<ForkPair> pairs) {
        double[] ratios = sorted(pairs, ForkPair::ratio);
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f to %.2f | %.1f |%n",
                cell.name,
                median(sorted(pairs, ForkPair::one)),
                median(sorted(pairs, ForkPair::other)),
                median(ratios),
                ratios[0],
                ratios[ratios.length - 1],
                cell.target);
    }

    private static double[] sorted(List<ForkPair> pairs, ToDoubleFunction<ForkPair> part) {
        return pairs.stream().mapToDouble(part).sorted().toArray();
    }

    private static double median(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static Cell hold(int pending, double target) {
        return new Cell(
                "hold, " + pending + " pending",
                HoldModelBenchmark.class,
                Map.of("pending", Integer.toString(pending)),
                target);
    }
}
