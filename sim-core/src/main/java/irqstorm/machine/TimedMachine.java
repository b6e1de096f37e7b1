// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.RunLimits;
import irqstorm.engine.Simulation;
import irqstorm.engine.StopReason;
import irqstorm.trace.TraceSink;

/** A machine run by the clock: the earliest event happens next. */
public final class TimedMachine {
    private final Simulation simulation;
    private final Machine machine;

    /** A machine and what is still to happen, at one moment. */
    public static final class Snapshot {
        private final Simulation.Snapshot simulation;
        private final Machine.Snapshot machine;

        private Snapshot(Simulation.Snapshot simulation, Machine.Snapshot machine) {
            this.simulation = simulation;
            this.machine = machine;
        }
    }

    /** A machine at time 0 that has not started. */
    public TimedMachine(MachineConfig config, RunLimits limits, TraceSink... sinks) {
        this.simulation = new Simulation(this::onEvent, limits);
        this.machine = new Machine(config, new TimedAgenda(simulation), sinks);
    }

    private void onEvent(long timeNanos, long payload, long cause) {
        machine.apply(timeNanos, payload, cause);
    }

    /** The machine. */
    public Machine machine() {
        return machine;
    }

    /** The simulated time, nanoseconds. */
    public long now() {
        return simulation.now();
    }

    /** How many events of the engine have been run. */
    public long eventsRun() {
        return simulation.eventsRun();
    }

    /** Runs all events up to and including {@code timeNanos}. */
    public StopReason runUntil(long timeNanos) {
        return simulation.runUntil(timeNanos);
    }

    /** Runs until nothing is left to happen, in which case the time stays that of the last event, or until a limit is reached. */
    public StopReason run() {
        return simulation.run();
    }

    /** Runs the next event; whether there was one within the limits. */
    public boolean step() {
        return simulation.step();
    }

    /** A copy of the machine's state and of everything that is still to happen. */
    public Snapshot snapshot() {
        return new Snapshot(simulation.snapshot(), machine.snapshot());
    }

    /** Goes back to {@code snapshot}. */
    public void restore(Snapshot snapshot) {
        simulation.restore(snapshot.simulation);
        machine.restore(snapshot.machine);
    }
}
