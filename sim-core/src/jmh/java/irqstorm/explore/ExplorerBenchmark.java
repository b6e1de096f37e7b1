// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.machine.CredentialGuard;
import irqstorm.machine.MachineConfig;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Explores credential-guard with KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST to the end. The scores are states that were reached (each
 * one fingerprinted and looked up), and those among them that were new, a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class ExplorerBenchmark {
    private static final int CHECKED_STATES = 7037;

    /** How many devices share the line, and how many interrupts each of them has. */
    @Param({"1x900", "2x16", "3x6"})
    public String size = "";

    /** The order of the search. */
    @Param({"BREADTH_FIRST", "DEPTH_FIRST"})
    public Search search = Search.BREADTH_FIRST;

    private MachineConfig machine = CredentialGuard.machine(1);
    private Bounds bounds = bounds(1);

    /** What one exploration reached. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Reached {
        /** States that were reached. */
        public long reached;

        /** New ones among them. */
        public long states;
    }

    private static Bounds bounds(int interrupts) {
        return new Bounds(interrupts, 2, Bounds.Clocks.ANY, Integer.MAX_VALUE, Bounds.MAX_STATES);
    }

    /** Makes sure that the machine is the one that it should be. */
    @Setup(Level.Trial)
    public void check() {
        Exploration small = Explorer.explore(CredentialGuard.machine(2), bounds(3), search, false);
        if (small.states() != CHECKED_STATES || !small.violations().isEmpty()) {
            throw new IllegalStateException(small.toString());
        }
        String[] parts = size.split("x", -1);
        machine = CredentialGuard.machine(Integer.parseInt(parts[0]));
        bounds = bounds(Integer.parseInt(parts[1]));
    }

    /** Explores. */
    @Benchmark
    public Exploration explore(Reached counters) {
        Exploration exploration = Explorer.explore(machine, bounds, search, false);
        counters.reached = exploration.transitions();
        counters.states = exploration.states();
        return exploration;
    }
}
