// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

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
 * Timeouts that guard work: 1024 processes, each event of which cancels the pending timeout of its process and schedules
 * its next work and a new timeout. The score is millions of events a second, each with one cancellation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CancelMixBenchmark {
    private static final int EVENTS = 4096;
    private static final int PROCESSES = 1024;

    /** How many mean times of work a timeout waits longer than the work it guards. */
    @Param({"0", "20"})
    public long timeoutSeconds;

    /** Which engine runs the events. */
    @Param({"irqstorm", "priority-queue"})
    public String engine;

    private BenchmarkEngine subject;
    private ExponentialDelays delays;

    /** Gives every process its first work and timeout. */
    @Setup
    public void fill() {
        delays = new ExponentialDelays(1);
        subject = BenchmarkEngine.named(engine, 2 * PROCESSES);
        subject.setHandler((timeNanos, payload, cause) -> {
            subject.cancelTimeout((int) payload);
            begin((int) payload);
        });
        for (int process = 0; process < PROCESSES; process++) {
            begin(process);
        }
        subject.run(50 * PROCESSES);
    }

    /** Runs events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long cancelMix(CpuClock clock) {
        clock.count(EVENTS);
        return subject.run(EVENTS);
    }

    private void begin(int process) {
        long workNanos = delays.nextNanos();
        subject.scheduleAfter(workNanos, Priority.REACTION, process);
        long timeoutNanos = workNanos + timeoutSeconds * SimTime.NANOS_PER_SECOND + delays.nextNanos();
        subject.scheduleTimeoutAfter(timeoutNanos, Priority.TIMER, process, process);
    }
}
