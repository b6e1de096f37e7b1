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
 * Counts events and the thread's own CPU time, of which JMH prints the sums over all iterations: what other processes take
 * away from it is no part of it. Neither is what the garbage collector does in its threads, which is in favour of engines
 * that leave garbage.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuClock {
    /** The name of the count of events. */
    static final String EVENTS = "events";

    /** The name of the count of microseconds. */
    static final String CPU_MICROS = "cpuMicros";

    private static final double NANOS_PER_MICRO = 1000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long events;
    private long startNanos;
    private long cpuNanos;

    /** Starts with an iteration, when it is its turn: JMH sets up first what a set-up asks for, and tears it down last. */
    @Setup(Level.Iteration)
    public void start(Turn turn) {
        events = 0;
        startNanos = threads.getCurrentThreadCpuTime();
    }

    /** Stops with it. */
    @TearDown(Level.Iteration)
    public void stop() {
        cpuNanos = threads.getCurrentThreadCpuTime() - startNanos;
    }

    /** Counts events of the iteration. */
    public void count(long eventsRun) {
        events += eventsRun;
    }

    /** How many events the iteration ran. */
    public long events() {
        return events;
    }

    /** The CPU time of the iteration in microseconds. */
    public double cpuMicros() {
        return cpuNanos / NANOS_PER_MICRO;
    }
}
