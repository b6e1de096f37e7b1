// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.LocalApic;
import irqstorm.apic.VectorSet;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.Guest;
import irqstorm.guest.GuestContext;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;

/** What a vCPU does in guest mode: it takes interrupts and does the steps of its programs, until one takes time or exits. */
final class GuestExecution {
    private static final EoiMechanism[] MECHANISMS = EoiMechanism.values();

    private final VcpuPlace place;
    private final HostPath host;
    private final Board board;
    private final LocalApic apic;
    private final VirtualApic virtualApic;
    private final GuestCode code;
    private final EventLog log;
    private final Guest.Nested nested;
    private final boolean apicv;
    private final StateStore store;
    private final int beliefs;

    GuestExecution(
            MachineConfig config,
            VcpuPlace place,
            HostPath host,
            Board board,
            VirtualApic virtualApic,
            GuestCode code,
            EventLog log,
            StateStore store) {
        this.place = place;
        this.host = host;
        this.board = board;
        this.apic = board.apic(place.index());
        this.virtualApic = virtualApic;
        this.code = code;
        this.log = log;
        this.nested = config.guest().nested();
        this.apicv = config.usesApicv();
        this.store = store;
        this.beliefs = store.reserve(1);
    }

    /** What the guest believes from now on, as a set of conditions. */
    void believe(int conditions) {
        store.set(beliefs, conditions);
    }

    /** The vector in the local APIC that the running level would take or exit on now, or {@link VectorSet#NONE}. */
    int interrupt() {
        return exitsOnInterrupt() || place.context().interruptFlag() ? apic.deliverable() : VectorSet.NONE;
    }

    /** Whether an interrupt makes the running level exit to its hypervisor. */
    boolean exitsOnInterrupt() {
        return place.level() == VcpuPlace.L2 && nested.externalInterruptExiting();
    }

    /**
     * Whether the processor delivers and ends interrupts of the running level without exits: with APICv, in L1 or the only guest. L2
     * runs without it, so that an interrupt for it, and its accesses to L1's local APIC, exit to L0.
     */
    boolean isVirtualised() {
        return apicv && place.level() == VcpuPlace.L1;
    }

    /** The running level takes {@code vector} through its IDT. */
    void take(int vector) {
        log.record(place.guest(), EventKind.INTERRUPT_TAKEN, place.index(), vector, place.level());
        boolean hypervisor = nested.present() && place.level() == VcpuPlace.L1;
        place.context().begin(hypervisor ? ProgramRole.L1_ON_INTERRUPT : ProgramRole.ON_INTERRUPT, vector);
        if (hypervisor) {
            virtualApic.request(vector);
        }
    }

    /** The running level takes {@code vector}, which its local APIC has for it. */
    void takeFromLapic(int vector) {
        apic.acknowledge(vector);
        take(vector);
    }

    /** An interrupt that had to wait can be taken now: by the processor with APICv, by way of an interrupt window without. */
    private void letIn(int vector) {
        if (isVirtualised()) {
            takeFromLapic(vector);
            return;
        }
        place.recordExit(ExitReason.INTERRUPT_WINDOW);
        long handling = place.draw(LatencyKind.KERNEL_EXIT);
        if (board.lapicsInVmm()) {
            host.leave(Access.INJECTION, 0, handling);
        } else {
            place.go(Arrival.GUEST_ENTRY, handling + place.draw(LatencyKind.ENTRY_INJECTION));
        }
    }

    /** The running level executes until something takes time or leaves guest mode. */
    void run() {
        while (place.isInGuest()) {
            GuestContext context = place.context();
            int vector = exitsOnInterrupt() ? VectorSet.NONE : interrupt();
            if (vector != VectorSet.NONE) {
                letIn(vector);
            } else if (opensWindow()) {
                place.l2().setWindowWanted(false);
                place.recordExit(ExitReason.INTERRUPT_WINDOW);
                place.reflect(ExitReason.INTERRUPT_WINDOW, ProgramRole.L1_ON_INTERRUPT_WINDOW, VectorSet.NONE);
            } else if (context.hasBegun()) {
                place.busy(context.remainingNanos());
                return;
            } else if (nextStep(context)) {
                return;
            }
        }
    }

    private boolean opensWindow() {
        return place.level() == VcpuPlace.L2
                && place.l2().windowWanted()
                && place.l2().interruptFlag()
                && virtualApic.deliverable() != VectorSet.NONE;
    }

    /** Goes on with the innermost program, or ends it; whether the guest is busy or gone after it. */
    private boolean nextStep(GuestContext context) {
        int at = code.place(context);
        GuestStep step = code.step(at);
        if (step != null) {
            return doStep(context, step, at);
        }
        if (context.role() == ProgramRole.BACKGROUND) {
            context.goTo(0);
        } else {
            context.end();
        }
        return false;
    }

    /** Does one step; whether the guest is busy or gone after it. */
    private boolean doStep(GuestContext context, GuestStep step, int at) {
        if (step.isConditional() && !step.applies((int) store.get(beliefs) | code.levelCondition(context.vector()))) {
            context.goOn();
            return false;
        }
        switch (step.kind()) {
            case RUN -> {
                place.busy(code.drawDuration(place.index(), at));
                return true;
            }
            case RUN_FOREVER -> {
                return true;
            }
            case HALT -> {
                place.recordExit(ExitReason.HLT);
                place.leaveGuest(Phase.HALTED);
                return true;
            }
            case SERVICE -> {
                return serviceNext(step);
            }
            default -> {
                context.goOn();
                return doInstruction(step);
            }
        }
    }

    /** Does a step that is one instruction; the program is past it already. */
    private boolean doInstruction(GuestStep step) {
        GuestContext context = place.context();
        switch (step.kind()) {
            case STI -> context.setInterruptFlag(true);
            case CLI -> context.setInterruptFlag(false);
            case LAPIC_EOI -> endOfInterrupt(MECHANISMS[(int) step.operand()]);
            case IOAPIC_EOI -> host.mmio(Access.EOI_REGISTER, context.vector());
            case MASK_PIN -> changeMask(true);
            case UNMASK_PIN -> changeMask(false);
            case RESUME_L2 -> resumeL2();
            default -> believe(code.registerStep(step, place.index(), (int) store.get(beliefs)));
        }
        return !place.isInGuest() || context.hasBegun();
    }

    /** Accesses the next of the devices wired to the vector being handled; whether there was one. */
    private boolean serviceNext(GuestStep step) {
        GuestContext context = place.context();
        int device = code.device(step, context.vector(), context.part());
        if (device < 0) {
            context.goOn();
            return false;
        }
        context.nextPart();
        host.mmio(Access.DEVICE, device);
        return true;
    }

    private void changeMask(boolean masked) {
        int pin = code.pinOf(place.context().vector());
        if (pin >= 0) {
            host.mmio(Access.PIN_MASK, 2 * pin + (masked ? 1 : 0));
        }
    }

    /** L1 executes VMRESUME: injects what L2 takes now, and asks for an interrupt window for what L2 does not take yet. */
    private void resumeL2() {
        int vector = place.l2().interruptFlag() ? virtualApic.deliverable() : VectorSet.NONE;
        if (vector != VectorSet.NONE && nested.interceptsEoi()) {
            virtualApic.acknowledge(vector);
        } else if (vector != VectorSet.NONE) {
            // L2 will end it in L1's own local APIC.
            virtualApic.withdraw(vector);
        }
        place.l2().setWindowWanted(virtualApic.deliverable() != VectorSet.NONE);
        place.recordExit(ExitReason.VMRESUME);
        place.l1().end();
        place.resumeL2(vector);
    }

    private void endOfInterrupt(EoiMechanism mechanism) {
        if (place.level() == VcpuPlace.L2 && nested.interceptsEoi()) {
            int vector = virtualApic.highestInService();
            place.recordExit(ExitReason.MSR_WRITE);
            log.record(Actor.L2, EventKind.L2_EOI, place.index(), vector, 0);
            place.reflect(ExitReason.MSR_WRITE, ProgramRole.L1_ON_L2_EOI, vector);
            return;
        }
        board.kvm().catchUpWithScan(place.index());
        boolean virtualised = isVirtualised() && mechanism != EoiMechanism.HYPERV_MSR;
        if (virtualised && !isHandled(apic.inService().highest())) {
            board.kvm().endOfInterrupt(place.index(), place.guest());
            busyWithInstruction(place.draw(LatencyKind.EOI_WITHOUT_EXIT));
            return;
        }
        place.recordExit(virtualised ? ExitReason.EOI_INDUCED : exitOf(mechanism));
        long handling = place.draw(LatencyKind.LAPIC_EOI_EXIT);
        if (board.lapicsInVmm()) {
            host.leave(Access.LAPIC_EOI, 0, handling);
            return;
        }
        if (board.lapicsInKernel()) {
            board.kvm().endOfInterrupt(place.index(), place.guest());
        } else {
            board.userspaceEoi(place.index(), place.guest());
        }
        place.go(Arrival.GUEST_ENTRY, handling);
    }

    private boolean isHandled(int vector) {
        return vector != VectorSet.NONE && board.kvm().isHandled(place.index(), vector);
    }

    private static ExitReason exitOf(EoiMechanism mechanism) {
        return mechanism == EoiMechanism.MMIO ? ExitReason.APIC_ACCESS : ExitReason.MSR_WRITE;
    }

    /** The instruction before the program's current step takes {@code nanos}; the current step has not begun afterwards. */
    private void busyWithInstruction(long nanos) {
        place.context().goTo(place.context().step() - 1);
        place.busy(nanos);
    }
}
