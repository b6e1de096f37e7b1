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
 * A hold model on a clock: 4096 pending events, each of which schedules its successor 1 to 100 clock edges later, so that
 * the pending events share about 100 instants. The score is millions of events a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class TiesBenchmark {
    private static final int EVENTS = 4096;
    private static final int PENDING = 4096;
    private static final int EDGES_AHEAD = 100;
    private static final int DRAWN = 1 << 14;

    /** Which engine runs the events. */
    @Param({"irqstorm", "priority-queue"})
    public String engine;

    /** Nanoseconds between two edges: from every nanosecond being one to most instants being none. */
    @Param({"1", "1000"})
    public long periodNanos;

    /** How many priorities the events have, drawn at random: ties of time are broken by them. */
    @Param({"1", "6"})
    public int priorities;

    private final long[] delaysNanos = new long[DRAWN];
    private final Priority[] drawnPriorities = new Priority[DRAWN];
    private BenchmarkEngine subject;
    private int next;

    /** Draws delays and priorities, fills the pending set, and ages it by twenty events a place. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DRAWN; i++) {
            delaysNanos[i] = (1 + random.nextInt(EDGES_AHEAD)) * periodNanos;
            drawnPriorities[i] = Priority.values()[random.nextInt(priorities)];
        }
        subject = BenchmarkEngine.named(engine, PENDING);
        subject.setHandler((timeNanos, payload, cause) -> begin(payload));
        for (int i = 0; i < PENDING; i++) {
            begin(i);
        }
        subject.run(20 * PENDING);
    }

    /** Runs events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long ties(CpuClock clock) {
        clock.count(EVENTS);
        return subject.run(EVENTS);
    }

    private void begin(long payload) {
        next = next + 1 & DRAWN - 1;
        subject.scheduleAfter(delaysNanos[next], drawnPriorities[next], payload);
    }
}
