// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.ReversibleStore;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine whose next event is chosen by somebody else: every order of events that its lanes leave open can be tried.
 *
 * <p>Durations mean nothing here. A timer may fire, and a step of a guest may end, at any time after it began.
 */
public final class UntimedMachine {
    /** No choice. */
    public static final int NONE = -1;

    private static final int PLACE_BITS = 11;
    private static final int MOST_OUTCOMES = 1 << Integer.SIZE - 1 - PLACE_BITS;
    private static final int QUEUED_PER_VCPU = 2;
    private static final int QUEUED_PER_DEVICE = 2;
    private static final int MORE_QUEUED = 16;

    private final MachineConfig config;
    private final UntimedAgenda agenda;
    private final OpenChances chances;
    private final Machine machine;

    /**
     * A machine that has not started, with all of its state that matters in {@code state}.
     *
     * @param bounded whether only orders are possible that the ranges of the latencies allow; devices have causes at any time anyway
     */
    public UntimedMachine(MachineConfig config, ReversibleStore state, boolean bounded, TraceSink... sinks) {
        this.config = config;
        this.chances = new OpenChances(config);
        this.agenda = new UntimedAgenda(new SingleEvents(config), state, capacity(config), bounded, chances);
        Stores stores = Stores.untimed(state);
        Delays delays = new Delays(stores.counts(), config, bounded ? Durations.RANGES : Durations.ANY);
        this.machine = new Machine(config, stores, agenda, delays, chances, sinks);
    }

    private static int capacity(MachineConfig config) {
        return QUEUED_PER_VCPU * config.vcpus()
                + QUEUED_PER_DEVICE * config.devices().size()
                + MORE_QUEUED;
    }

    /** The machine. */
    public Machine machine() {
        return machine;
    }

    /** The time that the events are recorded with, nanoseconds; it only grows, and says nothing of durations. */
    public long now() {
        return agenda.now();
    }

    /**
     * The choice after {@code previous} of what may happen next, in a fixed order, or {@link #NONE}. A choice is an event and, where its
     * consequence is left to chance, an outcome.
     *
     * @param previous the choice before, or {@link #NONE} for the first one
     * @param outcome which outcome of its event comes next: {@link #nextOutcome} after it was taken
     */
    public int nextChoice(int previous, int outcome) {
        if (previous != NONE && outcome != NONE) {
            return place(previous) | outcome << PLACE_BITS;
        }
        return agenda.choiceAfter(previous == NONE ? UntimedAgenda.NONE : place(previous));
    }

    /** The choice that is called {@code label}, or {@link #NONE}. Whether it has such an outcome is known once it was taken. */
    public int choice(String label) {
        for (int choice = nextChoice(NONE, NONE); choice != NONE; choice = nextChoice(choice, NONE)) {
            int outcome = move(choice).outcome(label, config);
            if (outcome >= 0 && outcome < MOST_OUTCOMES) {
                return outcome << PLACE_BITS | choice;
            }
        }
        return NONE;
    }

    /** What may happen next, whatever its outcome. */
    public List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        for (int choice = nextChoice(NONE, NONE); choice != NONE; choice = nextChoice(choice, NONE)) {
            moves.add(move(choice));
        }
        return moves;
    }

    /** Whether the event that was taken last has the outcome that was chosen. */
    public boolean hadOutcome() {
        return chances.isOutcome();
    }

    /** The outcome after the one that the event had that was taken last, or {@link #NONE}. */
    public int nextOutcome() {
        return chances.next();
    }

    private static int place(int choice) {
        return choice & (1 << PLACE_BITS) - 1;
    }

    private static int outcome(int choice) {
        return choice >>> PLACE_BITS;
    }

    /** The lane of {@code choice}: what must keep its order has the same one. */
    public long lane(int choice) {
        return UntimedAgenda.lane(agenda.payload(place(choice)));
    }

    /** What {@code choice} is. */
    public Move move(int choice) {
        return new Move(agenda.payload(place(choice)), outcome(choice));
    }

    /** Whether {@code choice} is up to the world outside: a device's cause, or a hazard. */
    public boolean isOutside(int choice) {
        return UntimedAgenda.isOutside(agenda.payload(place(choice)));
    }

    /** Whether {@code choice} brings the machine no nearer to rest: it is the outside world's, or an idle guest's. */
    public boolean isIdle(int choice) {
        long payload = agenda.payload(place(choice));
        return UntimedAgenda.isOutside(payload) || isIdleGuest(payload);
    }

    /** What {@code choice} stands for happens. */
    public void take(int choice) {
        int place = place(choice);
        long payload = agenda.payload(place);
        long cause = agenda.cause(place);
        agenda.take(place);
        chances.begin(outcome(choice));
        machine.apply(agenda.now(), payload, cause);
    }

    /** Whether nothing is left to happen. */
    public boolean isOver() {
        return agenda.pending(0) == UntimedAgenda.NONE;
    }

    /** Whether nothing is left to happen unless the world outside does something. */
    public boolean isQuiescent() {
        int place = agenda.pending(0);
        while (place != UntimedAgenda.NONE && isOutside(place)) {
            place = agenda.pending(place + 1);
        }
        return place == UntimedAgenda.NONE;
    }

    /** Whether nothing is left to happen, unless the world outside does something, but guests minding their own business. */
    public boolean isAtRest() {
        int place = agenda.pending(0);
        while (place != UntimedAgenda.NONE && isIdle(place)) {
            place = agenda.pending(place + 1);
        }
        return place == UntimedAgenda.NONE;
    }

    private boolean isIdleGuest(long payload) {
        return Payload.kind(payload) == Payload.VCPU_ADVANCE && machine.isIdle(Payload.argument(payload));
    }

    /** What was configured. */
    public MachineConfig config() {
        return config;
    }
}
