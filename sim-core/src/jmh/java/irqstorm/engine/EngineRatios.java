// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures the engine beside {@link PriorityQueueEngine} and prints their ratios as a Markdown table. The forks of the two
 * alternate: what else the machine does drifts from minute to minute, and only neighbours in time can be compared. Events are counted by
 * CPU time, see {@link CpuClock}. The optional argument is how many forks each engine has a cell, 3 if left out.
 */
public final class EngineRatios {
    private static final String ENGINE = "irqstorm";
    private static final String PEER = "priority-queue";
    private static final int FORKS = 3;

    private record Cell(String name, Class<?> benchmark, Map<String, String> parameters, double target) {}

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

    /** Runs all cells, three to four minutes on an idle machine. */
    public static void main(String[] args) throws RunnerException {
        int forks = args.length > 0 ? Integer.parseInt(args[0]) : FORKS;
        System.out.println("| cell | engine, M events/s | PriorityQueue, M events/s | ratio | target |");
        System.out.println("|---|---:|---:|---:|---:|");
        for (Cell cell : CELLS) {
            double[] engine = new double[forks];
            double[] peer = new double[forks];
            for (int fork = 0; fork < forks; fork++) {
                engine[fork] = runFork(cell, ENGINE);
                peer[fork] = runFork(cell, PEER);
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %.1f |%n",
                    cell.name,
                    median(engine),
                    median(peer),
                    median(engine) / median(peer),
                    cell.target);
        }
    }

    private static Cell hold(int pending, double target) {
        return new Cell(
                "hold, " + pending + " pending",
                HoldModelBenchmark.class,
                Map.of("pending", Integer.toString(pending)),
                target);
    }

    private static double runFork(Cell cell, String engine) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(cell.benchmark.getName() + "\\.")
                .param("engine", engine)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(700))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(200))
                .verbosity(VerboseMode.SILENT);
        cell.parameters.forEach(options::param);
        return median(new Runner(options.build())
                .runSingle().getBenchmarkResults().stream()
                        .flatMap(fork -> fork.getIterationResults().stream())
                        .mapToDouble(iteration -> iteration
                                .getSecondaryResults()
                                .get(CpuClock.SCORE)
                                .getScore())
                        .toArray());
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return IntStream.of((sorted.length - 1) / 2, sorted.length / 2)
                .mapToDouble(i -> sorted[i])
                .average()
                .orElseThrow();
    }
}
