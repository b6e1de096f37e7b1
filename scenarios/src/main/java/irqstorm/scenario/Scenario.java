// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import irqstorm.machine.Device;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Wire;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One thing to simulate: a machine, how long to run it, and what is expected of it.
 *
 * @param name the scenario's name
 * @param title what it is about, in a line
 * @param configuration the configuration's name, or an empty string for the scenario as written
 * @param durationNanos how long devices have causes for interrupts, nanoseconds
 * @param settleNanos how long the machine may then take to come to rest, nanoseconds
 * @param limits what the run may use at the most
 * @param machine the machine
 * @param expectations what the run is expected to show
 * @param order in which order the events happen instead of by the clock, or null
 */
public record Scenario(
        String name,
        String title,
        String configuration,
        long durationNanos,
        long settleNanos,
        Limits limits,
        MachineConfig machine,
        Expectations expectations,
        @Nullable Order order) {
    /**
     * The events of a run by their names, one after the other, for instance {@code cause uhci}, {@code vcpu0}.
     *
     * @param source where it was written, for messages
     * @param moves the names ({@link irqstorm.machine.Move#label})
     */
    public record Order(String source, List<String> moves) {
        /** The most events of an order. */
        public static final int MAX_MOVES = 10_000;

        /** Keeps its own copy. */
        public Order {
            moves = List.copyOf(moves);
        }
    }

    /** A scenario that goes by the clock. */
    public Scenario(
            String name,
            String title,
            String configuration,
            long durationNanos,
            long settleNanos,
            Limits limits,
            MachineConfig machine,
            Expectations expectations) {
        this(name, title, configuration, durationNanos, settleNanos, limits, machine, expectations, null);
    }

    /**
     * What a run may use at the most.
     *
     * @param maxEvents events of the engine
     * @param maxPending events pending at a time
     */
    public record Limits(long maxEvents, int maxPending) {
        /** Enough for minutes of a storm, and an end for everything else. */
        public static final Limits DEFAULT = new Limits(500_000_000L, 100_000);
    }

    /** The same scenario with another seed. */
    public Scenario withSeed(long seed) {
        return withMachine(machine.withSeed(seed));
    }

    /** The same scenario as the replication of this number, from 0. */
    public Scenario withReplication(long number) {
        return withMachine(machine.withReplication(number));
    }

    /** The same scenario with another machine. */
    public Scenario withMachine(MachineConfig other) {
        return new Scenario(name, title, configuration, durationNanos, settleNanos, limits, other, expectations, order);
    }

    /** The same scenario with its events in this order. */
    public Scenario withOrder(Order other) {
        return new Scenario(
                name, title, configuration, durationNanos, settleNanos, limits, machine, expectations, other);
    }

    /** The seed of every random stream. */
    public long seed() {
        return machine.seed();
    }

    /** The names of the devices; events refer to them by their place in this list. */
    public List<String> deviceNames() {
        return machine.devices().stream().map(Device::name).toList();
    }

    /** The pin of each device's line, in the order of the devices; −1 for a device that sends messages. */
    public List<Integer> deviceGsis() {
        return machine.devices().stream()
                .map(device -> device.wire() instanceof Wire.Line line ? line.gsi() : -1)
                .toList();
    }

    /** The pins that the guest programs or that a device has a line to, in ascending order. */
    public List<Integer> gsis() {
        TreeSet<Integer> gsis = new TreeSet<>(deviceGsis());
        gsis.remove(-1);
        machine.everyPin().forEach(pin -> gsis.add(pin.gsi()));
        return List.copyOf(gsis);
    }

    /** How many vCPUs the machine has. */
    public int vcpus() {
        return machine.vcpus();
    }

    /** Who emulates the interrupt controllers: {@code none}, {@code kernel} or {@code split}. */
    public String irqchip() {
        return machine.irqchip().label();
    }

    /** Whether the processor delivers interrupts and takes EOIs itself. */
    public boolean usesApicv() {
        return machine.usesApicv();
    }
}
