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

/** Runs the events of an engine that a workload keeps filled. The score is millions of events a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class EngineBenchmark {
    private static final int EVENTS = 4096;

    /** Which engine runs the events. */
    @Param({"irqstorm", "priority-queue"})
    public String engine;

    /** The engine. */
    BenchmarkEngine subject;

    /** Makes the engine, and fills it. */
    @Setup
    public void start() {
        subject = BenchmarkEngine.named(engine, maxPending());
        fill();
    }

    /** How many events are pending at most. */
    abstract int maxPending();

    /** Gives the engine its handler and its first events, and ages them. */
    abstract void fill();

    /** Runs events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long run(CpuClock clock) {
        clock.count(EVENTS);
        return subject.run(EVENTS);
    }
}
