// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Counts events a microsecond of the thread's own CPU time, a second score of the benchmarks: what other processes take
 * away from it is no part of it. Neither is what the garbage collector does in its threads, which is in favour of engines
 * that leave garbage.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuClock {
    /** The name of the score. */
    static final String SCORE = "eventsPerCpuMicro";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long events;
    private long startNanos;
    private long cpuNanos;

    /** Starts with an iteration. */
    @Setup(Level.Iteration)
    public void start() {
        events = 0;
        startNanos = threads.getCurrentThreadCpuTime();
    }

    /** Stops with it. */
    @TearDown(Level.Iteration)
    public void stop() {
        cpuNanos = threads.getCurrentThreadCpuTime() - startNanos;
    }

    void count(int eventsRun) {
        events += eventsRun;
    }

    /** The score of the iteration. */
    public double eventsPerCpuMicro() {
        return events * 1000.0 / cpuNanos;
    }
}
