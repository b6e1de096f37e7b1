// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What two forks measured that lived at the same time and took turns iteration by iteration, warm-up included. Each slice of
 * one engine is so next to one of the other: the speed of a machine whose host others use changes by half within seconds, and
 * then changes for both.
 *
 * <p>An engine's figure is all its events by all their CPU time. The median of its slices, or of the ratios of neighbours,
 * was rejected: what an engine does once in many slices would be no part of it. With a million events pending this one deals
 * out a list of most of them once in one and a half seconds, which takes nearly a tenth of them.
 *
 * @param one millions of events a second of the one
 * @param other the same of the one to compare it with
 */
public record ForkPair(double one, double other) {
    private static final int WARMUPS = 4;
    private static final int WARMUP_MILLIS = 400;
    private static final int SLICES = 30;
    private static final int SLICE_MILLIS = 60;

    /**
     * Measures a benchmark, which counts its events with a {@link CpuClock}, under the parameters of the one and of the other.
     *
     * @throws IOException if a fork fails
     */
    public static ForkPair run(Class<?> benchmark, Map<String, String> one, Map<String, String> other)
            throws IOException, InterruptedException, ExecutionException {
        // JMH's lock is against two benchmarks at a time; these take turns.
        System.setProperty("jmh.ignoreLock", "true");
        try (TurnGiver turns = new TurnGiver()) {
            FutureTask<Double> ofOne = start(options(benchmark, one, turns));
            FutureTask<Double> ofOther = start(options(benchmark, other, turns));
            turns.give(WARMUPS + SLICES);
            return new ForkPair(ofOne.get(), ofOther.get());
        }
    }

    /** How many times as fast as the other the one is. */
    public double ratio() {
        return one / other;
    }

    private static FutureTask<Double> start(ChainedOptionsBuilder options) {
        FutureTask<Double> fork = new FutureTask<>(() -> eventsPerMicro(options));
        Thread thread = new Thread(fork);
        // A fork that hangs does not keep the program from ending with what is wrong.
        thread.setDaemon(true);
        thread.start();
        return fork;
    }

    private static ChainedOptionsBuilder options(Class<?> benchmark, Map<String, String> parameters, TurnGiver turns) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .forks(1)
                .jvmArgsAppend(turns.jvmArgument())
                .warmupIterations(WARMUPS)
                .warmupTime(TimeValue.milliseconds(WARMUP_MILLIS))
                .measurementIterations(SLICES)
                .measurementTime(TimeValue.milliseconds(SLICE_MILLIS))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        return options;
    }

    private static double eventsPerMicro(ChainedOptionsBuilder options) throws RunnerException {
        Map<String, Result> counts = new Runner(options.build()).runSingle().getSecondaryResults();
        return counts.get(CpuClock.EVENTS).getScore()
                / counts.get(CpuClock.CPU_MICROS).getScore();
    }
}
