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
 * The hold model (Jones, 1986): a fixed number of pending events, each of which schedules its successor an exponential
 * delay later. The score is millions of events a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class HoldModelBenchmark {
    private static final int EVENTS = 4096;

    /** How many events are pending. */
    @Param({"16", "256", "4096", "65536", "1048576"})
    public int pending;

    /** Which engine runs them. */
    @Param({"irqstorm", "priority-queue"})
    public String engine;

    private BenchmarkEngine subject;

    /** Fills the pending set, and ages it by two events a place. */
    @Setup
    public void fill() {
        ExponentialDelays delays = new ExponentialDelays(1);
        subject = BenchmarkEngine.named(engine, pending);
        subject.setHandler(
                (timeNanos, payload, cause) -> subject.scheduleAfter(delays.nextNanos(), Priority.REACTION, payload));
        for (int i = 0; i < pending; i++) {
            subject.scheduleAfter(delays.nextNanos(), Priority.REACTION, i);
        }
        subject.run(2 * pending);
    }

    /** Runs events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long hold(CpuClock clock) {
        clock.count(EVENTS);
        return subject.run(EVENTS);
    }
}
