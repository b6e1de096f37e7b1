// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/**
 * Measures the engine beside {@link PriorityQueueEngine} and prints their ratios as a Markdown table. A ratio is the median of
 * those of some {@link ForkPairs pairs of forks}; beside it stand the least and the greatest of them, and the medians of
 * what the forks measured. Events are counted by CPU time, see {@link CpuClock}. The optional argument is how many pairs of
 * forks a cell has, 3 if left out.
 */
public final class EngineRatios {
    private static final String ENGINE = "irqstorm";
    private static final String PEER = "priority-queue";

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
        int count = args.length > 0 ? Integer.parseInt(args[0]) : ForkPairs.COUNT;
        System.out.println(
                "| cell | engine, M events/s | PriorityQueue, M events/s | ratio | least to greatest | target |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        for (Cell cell : CELLS) {
            try {
                System.out.print(row(cell, ForkPairs.run(count, cell.benchmark, cell.with(ENGINE), cell.with(PEER))));
            } catch (IOException | ExecutionException e) {
                System.err.println(cell.name + ": " + e.getMessage());
                System.exit(1);
            }
        }
    }

    private static String row(Cell cell, ForkPairs pairs) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f to %.2f | %.1f |%n",
                cell.name,
                pairs.median(ForkPair::one),
                pairs.median(ForkPair::other),
                pairs.median(ForkPair::ratio),
                pairs.least(ForkPair::ratio),
                pairs.greatest(ForkPair::ratio),
                cell.target);
    }

    private static Cell hold(int pending, double target) {
        return new Cell(
                "hold, " + pending + " pending",
                HoldModelBenchmark.class,
                Map.of("pending", Integer.toString(pending)),
                target);
    }
}
