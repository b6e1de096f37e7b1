// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.LocalApic;
import irqstorm.apic.VectorSet;
import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.guest.Guest;
import irqstorm.guest.ProgramRole;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import java.util.Arrays;

/**
 * One vCPU and its thread, seen from L0: entries, interrupts, and the choice between L1 and L2.
 *
 * <p>The rules follow {@code vcpu_enter_guest} and {@code vmx_check_nested_events}: requests are handled and interrupts are looked for
 * before each entry; an interrupt for L1 that finds L2 running makes L2 exit; an injected event is completed before that.
 */
final class Vcpu {
    private final VcpuPlace place;
    private final HostPath host;
    private final GuestExecution execution;
    private final Board board;
    private final LocalApic apic;
    private final VirtualApic virtualApic;
    private final Agenda agenda;
    private final EventLog log;
    private final Guest.Nested nested;
    private final StateStore store;
    private final int kicked;

    /**
     * What happens at each arrival. Here most events divide; with a switch, all that any of them does would be one method to the
     * compiler, and too much of it.
     */
    private final Runnable[] onArrival;

    Vcpu(
            int index,
            MachineConfig config,
            Board board,
            GuestCode code,
            Stores stores,
            Agenda agenda,
            EventLog log,
            Delays delays) {
        this.nested = config.guest().nested();
        this.board = board;
        this.apic = board.apic(index);
        this.agenda = agenda;
        this.log = log;
        this.store = stores.state();
        this.kicked = store.reserve(1);
        int level = nested.present() ? VcpuPlace.L2 : VcpuPlace.L1;
        Latencies latencies = new Latencies(delays, config.latencies(), "vcpu" + index);
        this.place = new VcpuPlace(index, level, stores, agenda, log, latencies);
        this.virtualApic = new VirtualApic(store);
        this.host = new HostPath(place, board, code, log, store);
        this.execution = new GuestExecution(config, place, host, board, virtualApic, code, log, store);
        this.onArrival = Arrays.stream(Arrival.values()).map(this::onArrival).toArray(Runnable[]::new);
    }

    /** The guest is loaded and believes {@code beliefs}: the system's background program runs as soon as time starts. */
    void start(int beliefs) {
        execution.believe(beliefs);
        place.context().begin(ProgramRole.BACKGROUND, VectorSet.NONE);
        enterGuest();
    }

    /**
     * What this vCPU was busy with is finished.
     *
     * @param arrival what it arrives at, as {@link Payload#arrival} says it
     */
    void advance(int arrival) {
        onArrival[arrival < 0 ? place.arrivalNumber() : arrival].run();
    }

    private Runnable onArrival(Arrival arrival) {
        return switch (arrival) {
            case STEP_DONE -> this::stepDone;
            case GUEST_ENTRY -> this::enterGuest;
            case NESTED_INTERRUPT -> this::nestedInterrupt;
            case L1_ENTRY -> this::enterL1;
            case MMIO_DECODED -> host::decoded;
            case USERSPACE -> host::arrived;
            case VMM_ACTION -> host::act;
        };
    }

    private void stepDone() {
        place.context().goOn();
        execution.run();
    }

    /** The local APIC took an interrupt. A vCPU in guest mode notices after a while; any other looks before its next entry. */
    void accepted() {
        Phase phase = place.phase();
        if ((phase == Phase.GUEST || phase == Phase.HALTED) && store.get(kicked) == 0) {
            store.set(kicked, 1);
            agenda.schedule(
                    place.draw(LatencyKind.INTERRUPT_KICK),
                    Priority.REACTION,
                    Payload.of(Payload.VCPU_KICK, place.index()),
                    log.cause());
        }
    }

    /** The notification reaches the vCPU. */
    void kick() {
        store.set(kicked, 0);
        Phase phase = place.phase();
        if (phase != Phase.GUEST && phase != Phase.HALTED || execution.interrupt() == VectorSet.NONE) {
            return;
        }
        if (phase == Phase.HALTED) {
            place.context().goOn();
            place.go(Arrival.GUEST_ENTRY, place.draw(LatencyKind.KERNEL_EXIT));
            return;
        }
        place.interruptStep();
        if (execution.exitsOnInterrupt()) {
            exitForNestedInterrupt();
        } else if (execution.isVirtualised()) {
            execution.run();
        } else {
            place.recordExit(ExitReason.EXTERNAL_INTERRUPT);
            injectBySoftware();
        }
    }

    /** Without APICv an interrupt is injected at the next entry, by KVM or, if it has no local APIC, by the VMM. */
    private void injectBySoftware() {
        long handling = place.draw(LatencyKind.EXTERNAL_INTERRUPT_EXIT);
        if (board.lapicsInVmm()) {
            host.leave(Access.INJECTION, 0, handling);
        } else {
            place.go(Arrival.GUEST_ENTRY, handling + place.draw(LatencyKind.ENTRY_INJECTION));
        }
    }

    private void exitForNestedInterrupt() {
        place.recordExit(ExitReason.EXTERNAL_INTERRUPT);
        place.go(Arrival.NESTED_INTERRUPT, place.draw(LatencyKind.EXTERNAL_INTERRUPT_EXIT));
    }

    /** L2 exited on an interrupt for L1: with acknowledge-on-exit L0 takes it from L1's local APIC now. */
    private void nestedInterrupt() {
        int vector = apic.deliverable();
        if (vector == VectorSet.NONE) {
            place.go(Arrival.GUEST_ENTRY, 0);
            return;
        }
        if (nested.acknowledgeOnExit()) {
            apic.acknowledge(vector);
        } else {
            vector = VectorSet.NONE;
        }
        place.reflect(ExitReason.EXTERNAL_INTERRUPT, ProgramRole.L1_ON_EXTERNAL_INTERRUPT, vector);
    }

    private void enterL1() {
        ProgramRole role = place.reflectedRole();
        int vector = place.reflectedVector();
        place.switchToL1();
        place.l1().begin(role, vector);
        if (role == ProgramRole.L1_ON_EXTERNAL_INTERRUPT && vector != VectorSet.NONE) {
            virtualApic.request(vector);
        } else if (role == ProgramRole.L1_ON_L2_EOI) {
            virtualApic.endOfInterrupt();
        }
        enterGuest();
    }

    /** L0 handles requests and looks for interrupts, and then enters the running level. */
    private void enterGuest() {
        int eoi = board.kvm().handleRequests(place.index());
        if (eoi != VectorSet.NONE) {
            host.leave(Access.IOAPIC_EOI, eoi, 0);
            return;
        }
        int injected = place.injected();
        int interrupt = execution.interrupt();
        boolean exits = interrupt != VectorSet.NONE && execution.exitsOnInterrupt();
        if (injected == VectorSet.NONE && exits) {
            nestedInterrupt();
            return;
        }
        log.record(Actor.L0_KVM, EventKind.VM_ENTRY, place.index(), place.level(), 0);
        place.enter();
        if (injected != VectorSet.NONE) {
            place.clearInjected();
            execution.take(injected);
        } else if (interrupt != VectorSet.NONE) {
            execution.takeFromLapic(interrupt);
        }
        if (exits) {
            // The injected event was completed first: L2 is entered and exits before its first instruction.
            exitForNestedInterrupt();
        } else {
            execution.run();
        }
    }

    /** The thread waits for an ioctl. */
    void ioctlBegun() {
        host.ioctlBegun();
    }

    /** An ioctl of this thread is done. */
    void ioctlDone() {
        host.ioctlDone();
    }

    /** Whether this vCPU is in the middle of handling {@code vector} at any level, or has yet to give it to one. */
    boolean isHandling(int vector) {
        boolean exiting = place.phase() == Phase.ON_THE_WAY
                && place.arrival() == Arrival.L1_ENTRY
                && place.reflectedVector() == vector;
        return exiting
                || host.carriesEoi(vector)
                || place.injected() == vector
                || place.l1().isHandling(vector)
                || place.l2().isHandling(vector)
                || virtualApic.holds(vector);
    }

    /** Whether the guest runs its background program, with interrupts on. */
    boolean isIdle() {
        return place.phase() == Phase.GUEST
                && place.context().depth() == 1
                && place.context().role() == ProgramRole.BACKGROUND
                && place.context().interruptFlag();
    }

    /** How long {@code level} (1 or 2) has run, nanoseconds. */
    long guestNanos(int level) {
        return place.guestNanos(level);
    }
}
