// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.FatalModelError;
import irqstorm.apic.IoApic;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.RemoteIrrGates;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.VectorSet;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.guest.GuestStart;
import irqstorm.kvm.EnableCapResult;
import irqstorm.kvm.SuppressEoiBroadcastMode;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import irqstorm.trace.TraceSink;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine with its host: devices, interrupt controllers, KVM, VMM and guests, as one state that events change.
 *
 * <p>All of its state is in two {@link StateStore}s: what decides what happens next, and times and positions that matter only to a
 * clock. Who picks the next event is the {@link Agenda}'s business.
 */
public final class Machine implements Board.VcpuThreads {
    /** In the word of how it ended: the VM was destroyed. */
    private static final long DESTROYED = 1;

    /** In the word of how it ended: from this bit on, one more than the number of what was fatal, or 0. */
    private static final int STOPPED_SHIFT = 1;

    private final MachineConfig config;
    private final Agenda agenda;
    private final Stores stores;
    private final StateStore state;
    private final EventLog log;
    private final Delays delays;
    private final Board board;
    private final SuppressEoiBroadcastMode firstMode;
    private final DeviceLines lines;
    private final Devices devices;
    private final GuestCode code;
    private final Vcpu[] vcpus;
    private final HazardSteps hazards;

    /** The word that says whether anything is still to happen: 0 while the machine runs. */
    private final int over;

    /** The machine's state at one moment; what is still to happen is the agenda's. */
    public static final class Snapshot {
        private final StateStore.Snapshot state;
        private final StateStore.Snapshot times;
        private final StateStore.Snapshot counts;

        private Snapshot(Stores stores) {
            this.state = stores.state().snapshot();
            this.times = stores.times().snapshot();
            this.counts = stores.counts().snapshot();
        }
    }

    /** A machine that is set up and has not started. */
    public Machine(MachineConfig config, Agenda agenda, TraceSink... sinks) {
        this(config, Stores.timed(), agenda, sinks);
    }

    private Machine(MachineConfig config, Stores stores, Agenda agenda, TraceSink... sinks) {
        this(
                config,
                stores,
                agenda,
                new Delays(stores.counts(), config, Durations.DRAWN),
                new DrawnChances(config, stores.counts()),
                sinks);
    }

    /**
     * A machine that keeps its state in {@code stores}.
     *
     * @param delays what durations are; unless they are drawn, events have no fingerprint
     * @param chances decides what else is left to chance
     */
    Machine(MachineConfig config, Stores stores, Agenda agenda, Delays delays, Chances chances, TraceSink... sinks) {
        this.config = config;
        this.stores = stores;
        this.state = stores.state();
        StateStore times = stores.times();
        this.log = new EventLog(stores.counts(), delays.areDrawn(), sinks);
        this.delays = delays;
        this.hazards = new HazardSteps(config, state, chances);
        this.agenda = agenda;
        this.board = new Board(config, state, times, agenda, log, delays, hazards, this);
        this.firstMode = board.x2ApicApi().mode();
        this.lines = new DeviceLines(config, board, state, times, agenda, log);
        this.devices = new Devices(config, lines, state, times, agenda, log, delays);
        this.code = new GuestCode(config, board, devices, log, delays);
        this.over = state.reserve(1);
        this.vcpus = new Vcpu[config.vcpus()];
        for (int i = 0; i < vcpus.length; i++) {
            vcpus[i] = new Vcpu(i, config, board, code, stores, agenda, log, delays);
        }
    }

    /** What KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) answered. If it failed, the machine must not be started. */
    public EnableCapResult enableCap() {
        return board.enableCap();
    }

    /** The mode that the flags left the VM in before it started. */
    public SuppressEoiBroadcastMode firstSuppressMode() {
        return firstMode;
    }

    /**
     * Boots or resumes the guest, and lets devices and vCPUs go.
     *
     * @throws IllegalStateException if KVM_ENABLE_CAP failed
     */
    public void start() {
        if (!enableCap().isOk()) {
            throw new IllegalStateException(
                    "KVM_ENABLE_CAP failed: " + enableCap().reason());
        }
        log.moment(0, 0);
        int[] beliefs = new int[vcpus.length];
        for (int i = 0; i < vcpus.length; i++) {
            board.resetLapic(i);
            if (config.guest().start() instanceof GuestStart.Resumed resumed) {
                board.restoreLapic(i, resumed.spiv());
                beliefs[i] = resumed.beliefs();
            } else {
                beliefs[i] = code.boot(i);
            }
        }
        board.idleLines();
        code.programPins();
        for (int i = 0; i < vcpus.length; i++) {
            log.moment(0, 0);
            vcpus[i].start(beliefs[i]);
        }
        devices.start();
        hazards.start(agenda);
    }

    /** Whoever did not survive, the machine stops with: nothing happens to it any more. */
    private void stop(FatalModelError error) {
        int fatal = error.fatal().ordinal();
        state.set(over, state.get(over) | (1L + fatal) << STOPPED_SHIFT);
        switch (error.fatal().victim()) {
            case VMM -> log.record(Actor.VMM, EventKind.VMM_STOPPED, 0, fatal, 0);
            case GUEST -> log.record(Actor.L0_KVM, EventKind.GUEST_KILLED, 0, fatal, 0);
            case HOST -> log.record(Actor.L0_KVM, EventKind.HOST_DOWN, 0, fatal, 0);
        }
    }

    /** Whether the VM was destroyed. */
    public boolean isDestroyed() {
        return (state.get(over) & DESTROYED) != 0;
    }

    /** What was fatal, or null if the machine runs. */
    public FatalModelError.@Nullable Cause stoppedAt() {
        int stopped = (int) (state.get(over) >>> STOPPED_SHIFT);
        return stopped == 0 ? null : FatalModelError.Cause.values()[stopped - 1];
    }

    /** No device has another cause from now on; what is under way runs its course. */
    public void silenceDevices() {
        devices.stop();
    }

    /** One event happens, unless the machine has stopped. */
    public void apply(long timeNanos, long payload, long cause) {
        long ended = state.get(over);
        if (ended > DESTROYED) {
            return;
        }
        log.moment(timeNanos, cause);
        try {
            if (ended == DESTROYED) {
                applyAfterTheEnd(payload);
                return;
            }
            apply(payload);
            if (hazards.isAnyWaiting() && hazards.happen(board, code, log)) {
                state.set(over, DESTROYED);
            }
        } catch (FatalModelError error) {
            stop(error);
        }
    }

    /** Of a VM that was destroyed nothing is left but the throttle's timer, where nobody cancelled it. */
    private void applyAfterTheEnd(long payload) {
        if (Payload.kind(payload) == Payload.THROTTLE_EXPIRED && board.throttleOutlivesVm()) {
            throw new FatalModelError(
                    FatalModelError.Cause.TIMER_AFTER_VM, "the throttle's timer fires after the VM was freed");
        }
    }

    private void apply(long payload) {
        int argument = Payload.argument(payload);
        switch (Payload.kind(payload)) {
            case Payload.VCPU_ADVANCE -> vcpus[argument].advance(Payload.arrival(payload));
            case Payload.VCPU_KICK -> vcpus[argument].kick();
            case Payload.MESSAGE -> board.messageArrives(Payload.message(payload), Payload.thread(payload));
            case Payload.LINE_AT_KERNEL ->
                board.lineAtKernel(argument >>> 1, (argument & 1) != 0, Payload.thread(payload));
            case Payload.DEVICE_ARRIVAL -> devices.arrive(argument);
            case Payload.THROTTLE_EXPIRED -> board.throttleExpired();
            case Payload.HAZARD -> hazards.due(argument);
            case Payload.DEVICE_TIMER -> lines.timerExpired(argument);
            default -> lines.resample(argument);
        }
    }

    @Override
    public void accepted(int vcpu) {
        vcpus[vcpu].accepted();
    }

    @Override
    public void acknowledged(int pin) {
        lines.acknowledged(pin);
    }

    @Override
    public void ioctlBegun(int vcpu) {
        vcpus[vcpu].ioctlBegun();
    }

    @Override
    public void ioctlDone(int vcpu) {
        vcpus[vcpu].ioctlDone();
    }

    // --- questions of checkers
    // ----------------------------------------------------------------------------------------------------

    /** The configuration. */
    public MachineConfig config() {
        return config;
    }

    /** The I/O APIC that the guest sees now. */
    public IoApicProfile ioApic() {
        return board.ioApic().profile();
    }

    /** Whether the I/O APIC sees the line of {@code gsi} high. */
    public boolean isLineHigh(int gsi) {
        return board.ioApic().isLineHigh(gsi);
    }

    /** The redirection entry of {@code gsi}. */
    public long entry(int gsi) {
        return board.ioApic().entry(gsi);
    }

    /**
     * Whether the pin of {@code gsi} can never deliver again by what is under way: it waits for an EOI, and nobody owes one. No local
     * APIC has the vector, no message or EOI exit carries it, and no guest is handling it.
     */
    public boolean isStuck(int gsi) {
        return waitsForEoi(gsi) && !isEoiOwed(RedirectionEntry.vector(entry(gsi)));
    }

    /**
     * Whether only an EOI lets the pin of {@code gsi} deliver again: its Remote IRR is set and gates, or a source of its line is masked
     * until an EOI unmasks it, and the pin is not.
     */
    public boolean waitsForEoi(int gsi) {
        return isHeldByRemoteIrr(gsi) || !RedirectionEntry.isMasked(entry(gsi)) && lines.awaitsEoi(gsi);
    }

    /** Whether the pin of {@code gsi} is level-triggered and its Remote IRR, which is set, keeps it from being delivered again. */
    public boolean isHeldByRemoteIrr(int gsi) {
        IoApic chip = board.ioApic();
        long entry = chip.entry(gsi);
        return chip.profile().remoteIrrGates() == RemoteIrrGates.ALWAYS
                && RedirectionEntry.isLevel(entry)
                && RedirectionEntry.hasRemoteIrr(entry);
    }

    /** The highest vector below {@code limit}, 0 to 256, that is in service in the local APIC of {@code vcpu}, or {@link VectorSet#NONE}. */
    public int inServiceBelow(int vcpu, int limit) {
        return board.apic(vcpu).inService().highestBelow(limit);
    }

    /** Whether an EOI for {@code vector} is still to come. */
    public boolean isEoiOwed(int vector) {
        if (board.isInFlight(vector)) {
            return true;
        }
        for (Vcpu vcpu : vcpus) {
            if (vcpu.isHandling(vector)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code vcpu} runs its system's background program, with interrupts on. */
    boolean isIdle(int vcpu) {
        return vcpus[vcpu].isIdle();
    }

    /** Whether the I/O APIC has postponed deliveries. */
    public boolean isThrottled() {
        return board.isThrottled();
    }

    /** How long all vCPUs together have run guest level {@code level} (1 or 2), nanoseconds. */
    public long guestNanos(int level) {
        long nanos = 0;
        for (Vcpu vcpu : vcpus) {
            nanos += vcpu.guestNanos(level);
        }
        return nanos;
    }

    /** Where its state is. */
    Stores stores() {
        return stores;
    }

    /** Who records its events. */
    EventLog log() {
        return log;
    }

    /** Its durations. */
    Delays delays() {
        return delays;
    }

    /** The number of events recorded so far. */
    public long eventCount() {
        return log.count();
    }

    /** The fingerprint of the events so far; the same configuration and seed give the same one on every JDK. */
    public long fingerprint() {
        return log.fingerprint();
    }

    /** The fingerprint of the state that decides what happens next, without times. */
    public long stateFingerprint() {
        return state.fingerprint(0);
    }

    /** A copy of the whole state. */
    public Snapshot snapshot() {
        return new Snapshot(stores);
    }

    /** Puts the whole state back. */
    public void restore(Snapshot snapshot) {
        state.restore(snapshot.state);
        stores.times().restore(snapshot.times);
        stores.counts().restore(snapshot.counts);
    }
}
