// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.RunLimits;
import irqstorm.engine.Simulation;
import irqstorm.engine.StopReason;
import irqstorm.trace.TraceSink;

/**
 * A machine run by the clock: the earliest event happens next.
 *
 * <p>What happens again in the same state is done again without running the model. So the state of {@link #machine} is up to date when
 * nothing is being run, and not for a {@link TraceSink} that is told of an event.
 */
public final class TimedMachine {
    private final Simulation simulation;
    private final Machine machine;
    private final RepeatingMachine repeating;

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
        this(config, limits, RepeatingMachine.FIRST_PAUSE_EVENTS, sinks);
    }

    /**
     * A machine at time 0 that has not started.
     *
     * @param modelEvents for how many events at least the model is run, before what it does is learned and repeated; at least 1
     */
    public TimedMachine(MachineConfig config, RunLimits limits, long modelEvents, TraceSink... sinks) {
        this.simulation = new Simulation(this::onEvent, limits);
        TimedAgenda agenda = new TimedAgenda(simulation);
        this.machine = new Machine(config, agenda, sinks);
        this.repeating = new RepeatingMachine(machine, agenda, modelEvents);
    }

    private void onEvent(long timeNanos, long payload, long cause) {
        repeating.apply(timeNanos, payload, cause);
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

    /** For how many of them the model was run; the others did what was done before in the same state. */
    public long modelEventsRun() {
        return repeating.modelEvents();
    }

    /** Runs all events up to and including {@code timeNanos}. */
    public StopReason runUntil(long timeNanos) {
        repeating.resume();
        try {
            return simulation.runUntil(timeNanos);
        } finally {
            repeating.suspend();
        }
    }

    /** Runs until nothing is left to happen, in which case the time stays that of the last event, or until a limit is reached. */
    public StopReason run() {
        repeating.resume();
        try {
            return simulation.run();
        } finally {
            repeating.suspend();
        }
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
