// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.ReversibleStore;
import irqstorm.trace.TraceSink;

/**
 * A machine whose next event is chosen by somebody else: every order of events that its lanes leave open can be tried.
 *
 * <p>Durations mean nothing here. A timer may fire, and a step of a guest may end, at any time after it began.
 */
public final class UntimedMachine {
    private static final int EVENTS_PER_VCPU = 4;
    private static final int EVENTS_PER_DEVICE = 4;
    private static final int SPARE_EVENTS = 16;

    private final MachineConfig config;
    private final UntimedAgenda agenda;
    private final Machine machine;

    /** A machine that has not started, with all of its state that matters in {@code state}. */
    public UntimedMachine(MachineConfig config, ReversibleStore state, TraceSink... sinks) {
        this.config = config;
        this.agenda = new UntimedAgenda(state, capacity(config));
        this.machine = new Machine(config, state, agenda, sinks);
    }

    private static int capacity(MachineConfig config) {
        return EVENTS_PER_VCPU * config.vcpus()
                + EVENTS_PER_DEVICE * config.devices().size()
                + config.hazards().steps().size()
                + SPARE_EVENTS;
    }

    /** The machine. */
    public Machine machine() {
        return machine;
    }

    /** The time that the events are recorded with, nanoseconds; it only grows, and says nothing of durations. */
    public long now() {
        return agenda.now();
    }

    /** The first place of an event that may happen next, from place {@code from} on, or −1. */
    public int nextChoice(int from) {
        for (int i = from; i < agenda.size(); i++) {
            if (agenda.isFirst(i)) {
                return i;
            }
        }
        return -1;
    }

    /** What happens if the event at place {@code choice} is taken. */
    public Move move(int choice) {
        return new Move(agenda.payload(choice));
    }

    /** Whether the event at place {@code choice} is up to the world outside: a device's cause, or a hazard. */
    public boolean isOutside(int choice) {
        int kind = Payload.kind(agenda.payload(choice));
        return kind == Payload.DEVICE_ARRIVAL || kind == Payload.HAZARD;
    }

    /** The event at place {@code choice} happens. */
    public void take(int choice) {
        long payload = agenda.payload(choice);
        long cause = agenda.cause(choice);
        agenda.take(choice);
        machine.apply(agenda.now(), payload, cause);
    }

    /** Whether nothing is left to happen unless the world outside does something. */
    public boolean isQuiescent() {
        for (int i = 0; i < agenda.size(); i++) {
            if (!isOutside(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing is left to happen, unless the world outside does something, but guests minding their own business. */
    public boolean isAtRest() {
        for (int i = 0; i < agenda.size(); i++) {
            if (!isOutside(i) && !isIdleGuest(agenda.payload(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isIdleGuest(long payload) {
        return Payload.kind(payload) == Payload.VCPU_ADVANCE && machine.isIdle(Payload.argument(payload));
    }

    /** What was configured. */
    public MachineConfig config() {
        return config;
    }
}
