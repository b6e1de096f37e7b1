// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * PHOLD (Fujimoto, 1990): 1024 processes, each event of which counts at its process and sends a message to a random one,
 * an exponential delay later. The score is millions of events a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class PholdBenchmark {
    private static final int EVENTS = 4096;
    private static final int PROCESSES = 1024;

    /** Which engine runs the events. */
    @Param({"irqstorm", "priority-queue"})
    public String engine;

    private final long[] received = new long[PROCESSES];
    private BenchmarkEngine subject;
    private ExponentialDelays delays;
    private SplittableRandom random;

    /** Has every process send a first message, and lets twenty messages a process go round. */
    @Setup
    public void fill() {
        delays = new ExponentialDelays(1);
        random = new SplittableRandom(2);
        subject = BenchmarkEngine.named(engine, PROCESSES);
        subject.setHandler((timeNanos, payload, cause) -> {
            received[(int) payload]++;
            send();
        });
        for (int process = 0; process < PROCESSES; process++) {
            send();
        }
        subject.run(20 * PROCESSES);
    }

    /** Runs events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long phold(CpuClock clock) {
        clock.count(EVENTS);
        return subject.run(EVENTS);
    }

    private void send() {
        subject.scheduleAfter(delays.nextNanos(), Priority.REACTION, random.nextInt(PROCESSES));
    }
}
