// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.VectorSet;
import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.guest.GuestContext;
import irqstorm.guest.ProgramRole;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;

/** Where one vCPU is, what it takes along, and how it moves: what takes time is a way to an {@link Arrival}. */
final class VcpuPlace {
    /** The level of L1, or of the only guest. */
    static final int L1 = 1;

    /** The level of L2. */
    static final int L2 = 2;

    /** What is asked all the time shares a word: bits 7:0 the phase, 15:8 the arrival, 17:16 the level. */
    private static final int WHERE = 0;

    private static final int ARRIVAL_SHIFT = 8;
    private static final int LEVEL_SHIFT = 16;
    private static final long FIELD = 0xFF;

    private static final int L1_ROLE = 1;
    private static final int L1_VECTOR = 2;
    private static final int INJECTED = 3;
    private static final int WORDS = 4;

    private static final int ACTIVITY = 0;
    private static final int GUEST_SINCE = 1;
    private static final int GUEST_NANOS = 2;
    private static final int TIME_WORDS = 4;

    private static final Phase[] PHASES = Phase.values();
    private static final int GUEST = Phase.GUEST.ordinal();
    private static final Arrival[] ARRIVALS = Arrival.values();
    private static final ProgramRole[] ROLES = ProgramRole.values();

    private final int index;
    private final Agenda agenda;
    private final EventLog log;
    private final Latencies latencies;
    private final StateStore store;
    private final int base;
    private final StateStore times;
    private final int timesBase;
    private final GuestContext l1;
    private final GuestContext l2;

    /** vCPU {@code index}, about to enter {@code level}. */
    VcpuPlace(int index, int level, Stores stores, Agenda agenda, EventLog log, Latencies latencies) {
        this.index = index;
        this.agenda = agenda;
        this.log = log;
        this.latencies = latencies;
        this.store = stores.state();
        this.base = store.reserve(WORDS);
        this.times = stores.times();
        this.timesBase = times.reserve(TIME_WORDS);
        this.l1 = new GuestContext(store, stores.rests());
        this.l2 = new GuestContext(store, stores.rests());
        set(WHERE, (long) level << LEVEL_SHIFT | Phase.ON_THE_WAY.ordinal());
        set(INJECTED, VectorSet.NONE);
    }

    /** The vCPU's number. */
    int index() {
        return index;
    }

    Phase phase() {
        return PHASES[(int) (get(WHERE) & FIELD)];
    }

    /** Whether the phase is {@link Phase#GUEST}. */
    boolean isInGuest() {
        return (get(WHERE) & FIELD) == GUEST;
    }

    /** What it arrives at, unless it is idle. */
    Arrival arrival() {
        return ARRIVALS[arrivalNumber()];
    }

    /** The ordinal of {@link #arrival()}. */
    int arrivalNumber() {
        return (int) (get(WHERE) >>> ARRIVAL_SHIFT & FIELD);
    }

    /** The guest level that runs or will be entered. */
    int level() {
        return (int) (get(WHERE) >>> LEVEL_SHIFT);
    }

    /** The running level. */
    GuestContext context() {
        return level() == L2 ? l2 : l1;
    }

    GuestContext l1() {
        return l1;
    }

    GuestContext l2() {
        return l2;
    }

    /** The running level as an actor. */
    Actor guest() {
        return level() == L2 ? Actor.L2 : Actor.L1;
    }

    /** How long a transition of this vCPU's thread takes this time, nanoseconds. */
    long draw(LatencyKind kind) {
        return latencies.draw(kind);
    }

    // --- moves
    // --------------------------------------------------------------------------------------------------------

    /** Records that the running level leaves guest mode. */
    void recordExit(ExitReason reason) {
        log.record(guest(), EventKind.VM_EXIT, index, reason.ordinal(), level());
    }

    /** Leaves guest mode, if the vCPU is in it, and arrives after {@code nanos}. */
    void go(Arrival arrival, long nanos) {
        arriveAt(arrival, leaving(Phase.ON_THE_WAY), nanos);
    }

    /** Leaves guest mode, if the vCPU is in it, for {@code next}. */
    void leaveGuest(Phase next) {
        set(WHERE, leaving(next));
    }

    private long leaving(Phase next) {
        long where = get(WHERE);
        if ((where & FIELD) == GUEST) {
            int level = (int) (where >>> LEVEL_SHIFT);
            agenda.addSince(times, timesBase + GUEST_NANOS + level - 1, timesBase + GUEST_SINCE);
        }
        return where & ~FIELD | next.ordinal();
    }

    private void arriveAt(Arrival arrival, long where, long nanos) {
        set(WHERE, where & ~(FIELD << ARRIVAL_SHIFT) | (long) arrival.ordinal() << ARRIVAL_SHIFT);
        long payload = Payload.advance(index, arrival);
        times.set(timesBase + ACTIVITY, agenda.schedule(nanos, Priority.COMPLETION, payload, log.cause()));
    }

    /** Enters guest mode at the current level. */
    void enter() {
        times.set(timesBase + GUEST_SINCE, agenda.now());
        set(WHERE, get(WHERE) & ~FIELD | GUEST);
    }

    /** The current step takes {@code nanos} from now; the vCPU stays in guest mode. */
    void busy(long nanos) {
        context().keepRemaining(nanos);
        arriveAt(Arrival.STEP_DONE, get(WHERE), nanos);
    }

    /** The step that is running stops here and keeps the rest of its time. */
    void interruptStep() {
        GuestContext context = context();
        if (context.hasBegun()) {
            long activity = time(ACTIVITY);
            context.keepRemaining(agenda.remainingNanos(activity));
            agenda.cancel(activity);
        }
    }

    /** L0 gives an exit of L2 to L1, which will run the program of {@code role} for {@code vector}. */
    void reflect(ExitReason reason, ProgramRole role, int vector) {
        log.record(Actor.L0_KVM, EventKind.NESTED_EXIT, index, reason.ordinal(), vector);
        set(L1_ROLE, role.ordinal());
        set(L1_VECTOR, vector);
        go(Arrival.L1_ENTRY, latencies.draw(LatencyKind.NESTED_EXIT));
    }

    /** The program with which L1 reacts to the exit that was reflected last. */
    ProgramRole reflectedRole() {
        return ROLES[(int) get(L1_ROLE)];
    }

    /** The vector that the exit reflected last is about, or {@link VectorSet#NONE}. */
    int reflectedVector() {
        return (int) get(L1_VECTOR);
    }

    /** The exit of L2 reaches L1. */
    void switchToL1() {
        setLevel(L1);
    }

    /** L1's VMRESUME takes it to L2, where {@code vector}, unless it is {@link VectorSet#NONE}, is injected at the entry. */
    void resumeL2(int vector) {
        log.record(Actor.L0_KVM, EventKind.NESTED_ENTRY, index, vector, 0);
        set(INJECTED, vector);
        go(Arrival.GUEST_ENTRY, latencies.draw(LatencyKind.NESTED_ENTRY));
        setLevel(L2);
    }

    private void setLevel(int level) {
        set(WHERE, get(WHERE) & (1L << LEVEL_SHIFT) - 1 | (long) level << LEVEL_SHIFT);
    }

    /** The vector to be injected at the entry, or {@link VectorSet#NONE}. */
    int injected() {
        return (int) get(INJECTED);
    }

    /** The injection is done. */
    void clearInjected() {
        set(INJECTED, VectorSet.NONE);
    }

    /** How long {@code level} has run, nanoseconds. */
    long guestNanos(int level) {
        long nanos = time(GUEST_NANOS + level - 1);
        return phase() == Phase.GUEST && level() == level ? nanos + agenda.now() - time(GUEST_SINCE) : nanos;
    }

    private long time(int word) {
        return times.get(timesBase + word);
    }

    private long get(int word) {
        return store.get(base + word);
    }

    private void set(int word, long value) {
        store.set(base + word, value);
    }
}
