// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.check.RunMeter;
import irqstorm.engine.CpuClock;
import irqstorm.engine.RunLimits;
import irqstorm.engine.SimTime;
import irqstorm.engine.StopReason;
import irqstorm.event.EventKind;
import irqstorm.trace.TraceSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Row 6 of credential-guard without throttle: one interrupt storm that does not end. The score is tenths of a
 * simulated second a second, so ten times the speed-up over real time; deliveries and events a second come with it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class StormBenchmark {
    private static final RunLimits LIMITS = new RunLimits(SimTime.LATEST, Long.MAX_VALUE, 1000);

    /** Who is told of every event. */
    public enum Listener {
        /** Nobody. */
        NONE,
        /** The meter that a run's verdict comes from. */
        METER,
        /** The meter, and a trace of 48 bytes an event that streams to the null device. */
        TRACE,
        /** Nobody, and nothing is repeated: the model is run for every event. */
        NONE_OF_THE_MODEL
    }

    /** Who is told of every event. */
    @Param({"NONE", "METER", "TRACE", "NONE_OF_THE_MODEL"})
    public Listener listener = Listener.NONE;

    private final MachineConfig config = CredentialGuard.storm();
    private TimedMachine machine = new TimedMachine(config, LIMITS);
    private double deliveriesPerEvent;

    /** What happened. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Happened {
        /** Interrupts that the I/O APIC delivered. */
        public double deliveries;

        /** Events that were recorded. */
        public double recorded;
    }

    /** Starts the machine. A run of another, which is the same, tells how many of the events are deliveries. */
    @Setup
    public void start() throws IOException {
        long[] deliveries = new long[1];
        TimedMachine counted = new TimedMachine(
                config,
                LIMITS,
                (sequence, timeNanos, actor, kind, a, b, c, cause) ->
                        deliveries[0] += kind == EventKind.IOAPIC_DELIVERED ? 1 : 0);
        counted.machine().start();
        counted.runUntil(SimTime.NANOS_PER_SECOND / 10);
        deliveriesPerEvent = (double) deliveries[0] / counted.machine().eventCount();
        machine = listener == Listener.NONE_OF_THE_MODEL
                ? new TimedMachine(config, LIMITS, Long.MAX_VALUE)
                : new TimedMachine(config, LIMITS, sinks());
        machine.machine().start();
    }

    private TraceSink[] sinks() throws IOException {
        return switch (listener) {
            case NONE, NONE_OF_THE_MODEL -> new TraceSink[0];
            case METER -> new TraceSink[] {new RunMeter(config)};
            case TRACE -> new TraceSink[] {new BinaryTrace(Path.of("/dev/null")), new RunMeter(config)};
        };
    }

    /** Runs a tenth of a simulated second. */
    @Benchmark
    public StopReason storm(Happened happened, CpuClock clock) {
        long before = machine.machine().eventCount();
        StopReason reason = machine.runUntil(machine.now() + SimTime.NANOS_PER_SECOND / 10);
        long events = machine.machine().eventCount() - before;
        clock.count(events);
        happened.recorded += events;
        happened.deliveries += events * deliveriesPerEvent;
        return reason;
    }
}
