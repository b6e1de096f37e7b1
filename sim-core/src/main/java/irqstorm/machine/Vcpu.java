// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.LocalApic;
import irqstorm.apic.VectorSet;
import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.event.UserspaceExitReason;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.Guest;
import irqstorm.guest.GuestContext;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;

/**
 * One vCPU and its thread: the guest levels that run on it, its exits, and its way through L0, L1 and the VMM.
 *
 * <p>The rules follow {@code vcpu_enter_guest} and {@code vmx_check_nested_events}: requests are handled and interrupts are looked for
 * before each entry; an interrupt for L1 that finds L2 running makes L2 exit; an injected event is completed before that. What takes
 * time is a way to an {@link Arrival}; what a guest does at an instant is done at once.
 */
final class Vcpu {
    private static final int PHASE = 0;
    private static final int ARRIVAL = 1;
    private static final int LEVEL = 2;
    private static final int ACCESS = 3;
    private static final int ACCESS_ARGUMENT = 4;
    private static final int L1_ROLE = 5;
    private static final int L1_VECTOR = 6;
    private static final int INJECTED = 7;
    private static final int IOCTLS = 8;
    private static final int KICKED = 9;
    private static final int BELIEFS = 10;
    private static final int WORDS = 11;

    private static final int ACTIVITY = 0;
    private static final int GUEST_SINCE = 1;
    private static final int GUEST_NANOS = 2;
    private static final int TIME_WORDS = 4;

    private static final int L1 = 1;
    private static final int L2 = 2;

    private static final Phase[] PHASES = Phase.values();
    private static final Arrival[] ARRIVALS = Arrival.values();
    private static final Access[] ACCESSES = Access.values();
    private static final ProgramRole[] ROLES = ProgramRole.values();
    private static final EoiMechanism[] MECHANISMS = EoiMechanism.values();

    private final int index;
    private final MachineConfig config;
    private final Guest.Nested nested;
    private final Board board;
    private final LocalApic apic;
    private final Agenda agenda;
    private final EventLog log;
    private final Latencies latencies;
    private final GuestCode code;
    private final StateStore store;
    private final int base;
    private final StateStore times;
    private final int timesBase;
    private final GuestContext l1;
    private final GuestContext l2;
    private final VirtualApic virtualApic;

    Vcpu(
            int index,
            MachineConfig config,
            Board board,
            GuestCode code,
            StateStore store,
            StateStore times,
            Agenda agenda,
            EventLog log,
            Delays delays) {
        this.index = index;
        this.config = config;
        this.nested = config.guest().nested();
        this.board = board;
        this.apic = board.apic(index);
        this.agenda = agenda;
        this.log = log;
        this.latencies = new Latencies(delays, config.latencies(), "vcpu" + index);
        this.code = code;
        this.store = store;
        this.base = store.reserve(WORDS);
        this.times = times;
        this.timesBase = times.reserve(TIME_WORDS);
        this.l1 = new GuestContext(store, times);
        this.l2 = new GuestContext(store, times);
        this.virtualApic = new VirtualApic(store);
    }

    /** The guest is loaded: the system's background program runs as soon as time starts. */
    void start(int beliefs) {
        set(BELIEFS, beliefs);
        set(LEVEL, nested.present() ? L2 : L1);
        set(INJECTED, VectorSet.NONE);
        context().begin(ProgramRole.BACKGROUND, VectorSet.NONE);
        set(PHASE, Phase.ON_THE_WAY.ordinal());
        enterGuest();
    }

    /** What this vCPU was busy with is finished. */
    void advance() {
        switch (ARRIVALS[(int) get(ARRIVAL)]) {
            case STEP_DONE -> {
                context().goTo(context().step() + 1);
                runGuest();
            }
            case GUEST_ENTRY -> enterGuest();
            case NESTED_INTERRUPT -> nestedInterrupt();
            case L1_ENTRY -> enterL1();
            case MMIO_DECODED -> mmioDecoded();
            case USERSPACE -> inUserspace();
            case VMM_ACTION -> act();
        }
    }

    // --- interrupts
    // ---------------------------------------------------------------------------------------------------------------

    /** The local APIC took an interrupt. A vCPU in guest mode notices after a while; any other looks before its next entry. */
    void accepted() {
        Phase phase = phase();
        if ((phase == Phase.GUEST || phase == Phase.HALTED) && get(KICKED) == 0) {
            set(KICKED, 1);
            agenda.schedule(
                    latencies.draw(LatencyKind.INTERRUPT_KICK),
                    Priority.REACTION,
                    Payload.of(Payload.VCPU_KICK, index),
                    log.cause());
        }
    }

    /** The notification reaches the vCPU. */
    void kick() {
        set(KICKED, 0);
        Phase phase = phase();
        if (phase != Phase.GUEST && phase != Phase.HALTED || !takesInterrupt()) {
            return;
        }
        if (phase == Phase.HALTED) {
            context().goTo(context().step() + 1);
            go(Arrival.GUEST_ENTRY, latencies.draw(LatencyKind.KERNEL_EXIT));
        } else if (exitsOnInterrupt()) {
            interrupted();
            exit(ExitReason.EXTERNAL_INTERRUPT);
            go(Arrival.NESTED_INTERRUPT, latencies.draw(LatencyKind.EXTERNAL_INTERRUPT_EXIT));
        } else if (config.apicv()) {
            interrupted();
            runGuest();
        } else {
            interrupted();
            exit(ExitReason.EXTERNAL_INTERRUPT);
            injectBySoftware();
        }
    }

    /** Without APICv an interrupt is injected at the next entry, by KVM or, if it has no local APIC, by the VMM. */
    private void injectBySoftware() {
        long handling = latencies.draw(LatencyKind.EXTERNAL_INTERRUPT_EXIT);
        if (board.lapicsInUserspace()) {
            toUserspace(Access.INJECTION, 0, handling);
        } else {
            go(Arrival.GUEST_ENTRY, handling + latencies.draw(LatencyKind.ENTRY_INJECTION));
        }
    }

    /** Whether the local APIC has an interrupt that the running level would take or exit on now. */
    private boolean takesInterrupt() {
        return apic.deliverable() != VectorSet.NONE
                && (exitsOnInterrupt() || context().interruptFlag());
    }

    private boolean exitsOnInterrupt() {
        return level() == L2 && nested.externalInterruptExiting();
    }

    /** The step that is running stops here and keeps the rest of its time. */
    private void interrupted() {
        GuestContext context = context();
        if (context.hasBegun()) {
            long activity = time(ACTIVITY);
            context.keepRemaining(agenda.remainingNanos(activity));
            agenda.cancel(activity);
        }
    }

    /** L2 exited on an interrupt for L1: with acknowledge-on-exit L0 takes it from L1's local APIC now. */
    private void nestedInterrupt() {
        int vector = apic.deliverable();
        if (vector == VectorSet.NONE) {
            go(Arrival.GUEST_ENTRY, 0);
            return;
        }
        if (nested.acknowledgeOnExit()) {
            apic.acknowledge(vector);
        } else {
            vector = VectorSet.NONE;
        }
        reflect(ExitReason.EXTERNAL_INTERRUPT, ProgramRole.L1_ON_EXTERNAL_INTERRUPT, vector);
    }

    /** L0 gives an exit of L2 to L1. */
    private void reflect(ExitReason reason, ProgramRole role, int vector) {
        log.record(Actor.L0_KVM, EventKind.NESTED_EXIT, index, reason.ordinal(), vector);
        set(L1_ROLE, role.ordinal());
        set(L1_VECTOR, vector);
        go(Arrival.L1_ENTRY, latencies.draw(LatencyKind.NESTED_EXIT));
    }

    private void enterL1() {
        ProgramRole role = ROLES[(int) get(L1_ROLE)];
        int vector = (int) get(L1_VECTOR);
        set(LEVEL, L1);
        l1.begin(role, vector);
        if (role == ProgramRole.L1_ON_EXTERNAL_INTERRUPT && vector != VectorSet.NONE) {
            virtualApic.request(vector);
        } else if (role == ProgramRole.L1_ON_L2_EOI) {
            virtualApic.endOfInterrupt();
        }
        enterGuest();
    }

    // --- entries
    // ------------------------------------------------------------------------------------------------------------------

    /** L0 handles requests and looks for interrupts, and then enters the running level. */
    private void enterGuest() {
        int eoi = board.kvm().handleRequests(index);
        if (eoi != VectorSet.NONE) {
            toUserspace(Access.IOAPIC_EOI, eoi, 0);
            return;
        }
        int injected = (int) get(INJECTED);
        if (injected != VectorSet.NONE) {
            set(INJECTED, VectorSet.NONE);
            log.record(Actor.L0_KVM, EventKind.VM_ENTRY, index, level(), 0);
            take(injected);
            if (exitsOnInterrupt() && takesInterrupt()) {
                // The injected event is completed first: L2 is entered and exits before its first instruction.
                exit(ExitReason.EXTERNAL_INTERRUPT);
                go(Arrival.NESTED_INTERRUPT, latencies.draw(LatencyKind.EXTERNAL_INTERRUPT_EXIT));
                return;
            }
        } else if (exitsOnInterrupt() && takesInterrupt()) {
            nestedInterrupt();
            return;
        } else {
            log.record(Actor.L0_KVM, EventKind.VM_ENTRY, index, level(), 0);
        }
        times.set(timesBase + GUEST_SINCE, agenda.now());
        set(PHASE, Phase.GUEST.ordinal());
        runGuest();
    }

    private void take(int vector) {
        log.record(guest(), EventKind.INTERRUPT_TAKEN, index, vector, level());
        boolean hypervisor = nested.present() && level() == L1;
        context().begin(hypervisor ? ProgramRole.L1_ON_INTERRUPT : ProgramRole.ON_INTERRUPT, vector);
        if (hypervisor) {
            virtualApic.request(vector);
        }
    }

    /** The running level executes until something takes time or leaves guest mode. */
    private void runGuest() {
        while (phase() == Phase.GUEST) {
            if (!exitsOnInterrupt() && takesInterrupt()) {
                int vector = apic.deliverable();
                apic.acknowledge(vector);
                take(vector);
            } else if (opensWindow()) {
                l2.setWindowWanted(false);
                exit(ExitReason.INTERRUPT_WINDOW);
                reflect(ExitReason.INTERRUPT_WINDOW, ProgramRole.L1_ON_INTERRUPT_WINDOW, VectorSet.NONE);
            } else if (context().hasBegun()) {
                busy(context().remainingNanos());
                return;
            } else if (atEnd()) {
                endProgram();
            } else if (doStep(code.step(context()))) {
                return;
            }
        }
    }

    private boolean opensWindow() {
        return level() == L2 && l2.windowWanted() && l2.interruptFlag() && virtualApic.deliverable() != VectorSet.NONE;
    }

    private boolean atEnd() {
        return context().step() >= code.length(context().role());
    }

    private void endProgram() {
        if (context().role() == ProgramRole.BACKGROUND) {
            context().goTo(0);
        } else {
            context().end();
        }
    }

    /** Does one step; whether the guest is busy or gone after it. */
    private boolean doStep(GuestStep step) {
        GuestContext context = context();
        if (!step.applies(conditions())) {
            context.goTo(context.step() + 1);
            return false;
        }
        switch (step.kind()) {
            case RUN -> {
                busy(code.drawDuration(index, context));
                return true;
            }
            case RUN_FOREVER -> {
                return true;
            }
            case HALT -> {
                leaveGuest(Phase.HALTED);
                return true;
            }
            case SERVICE -> {
                return serviceNext(step);
            }
            default -> {
                context.goTo(context.step() + 1);
                return doInstant(step);
            }
        }
    }

    /** Does a step that is one instruction; the program is past it already. */
    private boolean doInstant(GuestStep step) {
        GuestContext context = context();
        switch (step.kind()) {
            case STI -> context.setInterruptFlag(true);
            case CLI -> context.setInterruptFlag(false);
            case LAPIC_EOI -> endOfInterrupt(MECHANISMS[(int) step.operand()]);
            case IOAPIC_EOI -> mmio(Access.EOI_REGISTER, context.vector());
            case MASK_PIN -> changeMask(true);
            case UNMASK_PIN -> changeMask(false);
            case RESUME_L2 -> resumeL2();
            default -> set(BELIEFS, code.registerStep(step, index, (int) get(BELIEFS)));
        }
        return phase() != Phase.GUEST || context.hasBegun();
    }

    /** Accesses the next of the devices wired to the vector being handled. */
    private boolean serviceNext(GuestStep step) {
        GuestContext context = context();
        int device = code.device(step, context.vector(), context.part());
        if (device < 0) {
            context.goTo(context.step() + 1);
            return false;
        }
        context.nextPart();
        mmio(Access.DEVICE, device);
        return true;
    }

    private void changeMask(boolean masked) {
        int pin = code.pinOf(context().vector());
        if (pin >= 0) {
            mmio(Access.PIN_MASK, 2 * pin + (masked ? 1 : 0));
        }
    }

    private int conditions() {
        return (int) get(BELIEFS) | code.levelCondition(context().vector());
    }

    // --- the end of an interrupt
    // --------------------------------------------------------------------------------------------------

    private void endOfInterrupt(EoiMechanism mechanism) {
        if (level() == L2 && nested.interceptsEoi()) {
            exit(ExitReason.MSR_WRITE);
            log.record(Actor.L2, EventKind.L2_EOI, index, virtualApic.highestInService(), 0);
            reflect(ExitReason.MSR_WRITE, ProgramRole.L1_ON_L2_EOI, virtualApic.highestInService());
            return;
        }
        int vector = apic.inService().highest();
        boolean virtualised = config.apicv() && mechanism != EoiMechanism.HYPERV_MSR && !board.lapicsInUserspace();
        if (virtualised && (vector == VectorSet.NONE || !board.kvm().isHandled(index, vector))) {
            board.kvm().endOfInterrupt(index, guest());
            busyWithInstruction(latencies.draw(LatencyKind.EOI_WITHOUT_EXIT));
            return;
        }
        exit(virtualised ? ExitReason.EOI_INDUCED : exitOf(mechanism));
        long handling = latencies.draw(LatencyKind.LAPIC_EOI_EXIT);
        if (board.lapicsInUserspace()) {
            toUserspace(Access.LAPIC_EOI, 0, handling);
        } else {
            board.kvm().endOfInterrupt(index, guest());
            go(Arrival.GUEST_ENTRY, handling);
        }
    }

    private static ExitReason exitOf(EoiMechanism mechanism) {
        return mechanism == EoiMechanism.MMIO ? ExitReason.APIC_ACCESS : ExitReason.MSR_WRITE;
    }

    /** L1 executes VMRESUME and injects what its emulated local APIC for L2 has, if L2 takes interrupts. */
    private void resumeL2() {
        int vector = virtualApic.deliverable();
        if (vector != VectorSet.NONE && !l2.interruptFlag()) {
            l2.setWindowWanted(true);
            vector = VectorSet.NONE;
        }
        if (vector != VectorSet.NONE) {
            virtualApic.acknowledge(vector);
        }
        exit(ExitReason.VMRESUME);
        l1.end();
        log.record(Actor.L0_KVM, EventKind.NESTED_ENTRY, index, vector, 0);
        set(LEVEL, L2);
        set(INJECTED, vector);
        go(Arrival.GUEST_ENTRY, latencies.draw(LatencyKind.NESTED_ENTRY));
    }

    // --- MMIO and the VMM
    // ---------------------------------------------------------------------------------------------------------

    private void mmio(Access access, int argument) {
        exit(ExitReason.EPT_VIOLATION);
        set(ACCESS, access.ordinal());
        set(ACCESS_ARGUMENT, argument);
        go(Arrival.MMIO_DECODED, latencies.draw(LatencyKind.MMIO_EXIT));
    }

    private void mmioDecoded() {
        Access access = access();
        if (access == Access.EOI_REGISTER) {
            log.record(guest(), EventKind.MMIO_WRITE, index, GuestCode.EOI_REGISTER_ADDRESS, get(ACCESS_ARGUMENT));
        }
        if (access != Access.DEVICE && board.ioApicInKernel()) {
            perform();
            go(Arrival.GUEST_ENTRY, 0);
        } else {
            go(Arrival.USERSPACE, latencies.draw(LatencyKind.USERSPACE_EXIT));
        }
    }

    private void toUserspace(Access access, int argument, long handlingNanos) {
        set(ACCESS, access.ordinal());
        set(ACCESS_ARGUMENT, argument);
        go(Arrival.USERSPACE, handlingNanos + latencies.draw(LatencyKind.USERSPACE_EXIT));
    }

    private void inUserspace() {
        UserspaceExitReason reason = access() == Access.IOAPIC_EOI
                ? UserspaceExitReason.KVM_EXIT_IOAPIC_EOI
                : UserspaceExitReason.KVM_EXIT_MMIO;
        log.record(Actor.L0_KVM, EventKind.USERSPACE_EXIT, index, reason.ordinal(), get(ACCESS_ARGUMENT));
        go(Arrival.VMM_ACTION, latencies.draw(LatencyKind.VMM_HANDLING));
    }

    /** The VMM acts, and runs the vCPU again when the ioctls of its action are done. */
    private void act() {
        set(PHASE, Phase.VMM.ordinal());
        board.runAs(index);
        perform();
        board.runAs(Payload.NO_THREAD);
        runAgain();
    }

    private void perform() {
        int argument = (int) get(ACCESS_ARGUMENT);
        switch (access()) {
            case DEVICE -> code.accessDevice(argument);
            case EOI_REGISTER -> board.directedEoi(index, argument);
            case PIN_MASK -> code.writeMask(argument >>> 1, (argument & 1) != 0);
            case IOAPIC_EOI -> board.ioApicEoiExit(index, argument);
            case LAPIC_EOI -> board.userspaceEoi(index, guest());
            case INJECTION, NONE -> {}
        }
        set(ACCESS, Access.NONE.ordinal());
    }

    /** The thread waits for an ioctl. */
    void ioctlBegun() {
        set(IOCTLS, get(IOCTLS) + 1);
    }

    /** An ioctl of this thread is done. */
    void ioctlDone() {
        set(IOCTLS, get(IOCTLS) - 1);
        runAgain();
    }

    private void runAgain() {
        if (get(IOCTLS) == 0 && phase() == Phase.VMM) {
            go(Arrival.GUEST_ENTRY, latencies.draw(LatencyKind.USERSPACE_ENTRY));
        }
    }

    // --- what the machine asks
    // ----------------------------------------------------------------------------------------------------

    /** Whether this vCPU is in the middle of handling {@code vector} at any level, or L1 has yet to give it to L2. */
    boolean isHandling(int vector) {
        boolean exiting = phase() == Phase.ON_THE_WAY && arrival() == Arrival.L1_ENTRY && get(L1_VECTOR) == vector;
        boolean ending = access() == Access.IOAPIC_EOI && get(ACCESS_ARGUMENT) == vector;
        return exiting
                || ending
                || get(INJECTED) == vector
                || l1.isHandling(vector)
                || l2.isHandling(vector)
                || virtualApic.holds(vector);
    }

    /** How long {@code level} (1 or 2) has run, nanoseconds. */
    long guestNanos(int level) {
        long nanos = time(GUEST_NANOS + level - 1);
        return phase() == Phase.GUEST && level() == level ? nanos + agenda.now() - time(GUEST_SINCE) : nanos;
    }

    // --- moves
    // --------------------------------------------------------------------------------------------------------------------

    private void exit(ExitReason reason) {
        log.record(guest(), EventKind.VM_EXIT, index, reason.ordinal(), level());
    }

    /** Leaves guest mode, if the vCPU is in it, and arrives after {@code nanos}. */
    private void go(Arrival arrival, long nanos) {
        leaveGuest(Phase.ON_THE_WAY);
        set(ARRIVAL, arrival.ordinal());
        times.set(timesBase + ACTIVITY, schedule(nanos));
    }

    private void leaveGuest(Phase next) {
        if (phase() == Phase.GUEST) {
            times.add(timesBase + GUEST_NANOS + level() - 1, agenda.now() - time(GUEST_SINCE));
        }
        set(PHASE, next.ordinal());
    }

    /** The current step takes {@code nanos} from now; it stays in guest mode. */
    private void busy(long nanos) {
        context().keepRemaining(nanos);
        set(ARRIVAL, Arrival.STEP_DONE.ordinal());
        times.set(timesBase + ACTIVITY, schedule(nanos));
    }

    /** The instruction before the program's current step takes {@code nanos}: the step is found not begun afterwards. */
    private void busyWithInstruction(long nanos) {
        context().goTo(context().step() - 1);
        busy(nanos);
    }

    private long schedule(long nanos) {
        return agenda.schedule(nanos, Priority.COMPLETION, Payload.of(Payload.VCPU_ADVANCE, index), log.cause());
    }

    private Actor guest() {
        return level() == L2 ? Actor.L2 : Actor.L1;
    }

    private GuestContext context() {
        return level() == L2 ? l2 : l1;
    }

    private int level() {
        return (int) get(LEVEL);
    }

    private Phase phase() {
        return PHASES[(int) get(PHASE)];
    }

    private Arrival arrival() {
        return ARRIVALS[(int) get(ARRIVAL)];
    }

    private Access access() {
        return ACCESSES[(int) get(ACCESS)];
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
