// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.ApicBus;
import irqstorm.apic.ApicMode;
import irqstorm.apic.FatalModelError;
import irqstorm.apic.IoApic;
import irqstorm.apic.IoApicClock;
import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.Polarity;
import irqstorm.apic.IoApicWindow;
import irqstorm.apic.LapicTraits;
import irqstorm.apic.LocalApic;
import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.kvm.EnableCapResult;
import irqstorm.kvm.EoiSlotFault;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.KvmL0;
import irqstorm.kvm.X2ApicApi;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import irqstorm.vmm.LapicLink;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import irqstorm.vmm.UserspaceLapics;
import org.jspecify.annotations.Nullable;

/**
 * The interrupt controllers of one machine, wired as its irqchip mode says, and the ioctls between them.
 *
 * <p>An ioctl takes time. One that a vCPU's own thread makes while it is in the VMM holds that thread: {@link #runAs} says whose
 * thread is running, and {@link VcpuThreads} is told when the ioctl begins and ends.
 */
final class Board implements ApicBus.Listener, IoApicClock, LapicLink {
    private final Agenda agenda;
    private final EventLog log;
    private final IrqchipMode irqchip;
    private final Latencies latencies;
    private final VcpuThreads threads;
    private final Lanes lanes;
    private final StateStore store;
    private final ThrottleTimer throttle;
    private final int messagesInFlight;
    private final LocalApic[] apics;
    private final ApicBus bus;
    private final X2ApicApi x2ApicApi;
    private final EnableCapResult enableCap;
    private final KvmL0 kvm;
    private final @Nullable UserspaceLapics userspaceLapics;
    private final IoApics ioApics;
    private final boolean lapicsInVmm;
    private final boolean[] activeLow;
    private int thread = Payload.NO_THREAD;

    /** What vCPUs and devices need to know of what happens on the board. */
    interface VcpuThreads {
        /** The local APIC of {@code vcpu} took an interrupt. */
        void accepted(int vcpu);

        /** The I/O APIC tells the sources of {@code pin} of an EOI; the signals that wait for it end before this returns. */
        void acknowledged(int pin);

        /** The thread of {@code vcpu} waits for one more ioctl. */
        void ioctlBegun(int vcpu);

        /** An ioctl that the thread of {@code vcpu} waited for is done. */
        void ioctlDone(int vcpu);
    }

    Board(
            MachineConfig config,
            StateStore store,
            StateStore times,
            Agenda agenda,
            EventLog log,
            Delays delays,
            EoiSlotFault slotFault,
            VcpuThreads threads) {
        this.agenda = agenda;
        this.log = log;
        this.irqchip = config.irqchip();
        this.threads = threads;
        this.latencies = new Latencies(delays, config.latencies(), "host");
        this.store = store;
        this.throttle = new ThrottleTimer(store, times, agenda);
        this.messagesInFlight = store.reserve(1);
        this.lanes = new Lanes(times, agenda, config.ioApic().pins(), config.vcpus());
        this.apics = new LocalApic[config.vcpus()];
        LapicModel own = irqchip == IrqchipMode.NONE ? config.vmm().lapic() : null;
        LapicTraits traits = own == null ? LapicTraits.KVM : own.traits();
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            apics[vcpu] = new LocalApic(store, traits, vcpu);
        }
        this.bus = new ApicBus(apics, this);
        this.x2ApicApi = new X2ApicApi(store, config.uapi());
        MachineConfig.X2ApicApiCall call = config.x2ApicApi();
        this.enableCap = x2ApicApi.enable(call.args0(), call.beforeIrqchip() ? IrqchipMode.NONE : irqchip);
        this.ioApics = new IoApics(config, store, log, bus, this, () -> requestScan());
        IoApicProfile profile = config.ioApic();
        this.kvm = new KvmL0(
                store,
                log,
                irqchip,
                config.guestHasX2Apic(),
                x2ApicApi,
                apics,
                bus,
                ioApics.inKernel() ? ioApics.chip() : null,
                irqchip == IrqchipMode.SPLIT ? profile.pins() : 0,
                config.hazards().slotCheck(),
                slotFault);
        this.userspaceLapics = own == null ? null : new UserspaceLapics(log, own, apics, ioApics.inVmm());
        this.lapicsInVmm = own != null && own.place() == LapicModel.Place.VMM;
        this.activeLow = new boolean[profile.pins()];
        if (profile.polarity() == Polarity.HONOURED) {
            config.pins().forEach(pin -> activeLow[pin.gsi()] |= pin.activeLow());
        }
        for (LocalApic apic : apics) {
            apic.setMode(config.apicMode());
        }
    }

    /** What KVM_ENABLE_CAP answered; unless it succeeded, there is no machine to run. */
    EnableCapResult enableCap() {
        return enableCap;
    }

    /** Resets the local APIC of {@code vcpu} as the creation of a vCPU does. */
    void resetLapic(int vcpu) {
        ApicMode mode = apics[vcpu].mode();
        if (userspaceLapics != null) {
            userspaceLapics.reset(vcpu);
        } else {
            kvm.resetLapic(vcpu);
        }
        apics[vcpu].setMode(mode);
    }

    /** Puts back a saved SPIV. */
    void restoreLapic(int vcpu, int spiv) {
        if (userspaceLapics != null) {
            userspaceLapics.restore(vcpu, spiv);
        } else {
            kvm.restoreLapic(vcpu, spiv);
        }
    }

    int vcpus() {
        return apics.length;
    }

    LocalApic apic(int vcpu) {
        return apics[vcpu];
    }

    IoApic ioApic() {
        return ioApics.chip();
    }

    IoApicWindow window() {
        return ioApics.window();
    }

    KvmL0 kvm() {
        return kvm;
    }

    X2ApicApi x2ApicApi() {
        return x2ApicApi;
    }

    /** Whether the local APICs are KVM's. */
    boolean lapicsInKernel() {
        return userspaceLapics == null;
    }

    /** Whether the local APICs are the VMM's, so that accesses to them are exits to it. */
    boolean lapicsInVmm() {
        return lapicsInVmm;
    }

    /** Whether accesses to the I/O APIC's page end where the exit is handled: in the kernel, or in another hypervisor. */
    boolean ioApicAtExit() {
        return ioApics.inKernel() || userspaceLapics != null && !lapicsInVmm;
    }

    /** The lines of pins that are asserted when low are high before anything happens. */
    void idleLines() {
        for (int gsi = 0; gsi < activeLow.length; gsi++) {
            if (activeLow[gsi]) {
                ioApic().setIdleLine(gsi, true);
            }
        }
    }

    /** Whether the I/O APIC counts what each source of a line does, so that each has to say so itself. */
    boolean countsSources() {
        return ioApic().profile().line().counts();
    }

    private void requestScan() {
        kvm.requestScan();
    }

    /** What follows is VMM code on the thread of {@code vcpu}, or, for {@link Payload#NO_THREAD}, on one that nothing waits for. */
    void runAs(int vcpu) {
        thread = vcpu;
    }

    /** The guest on {@code vcpu} wrote EOI to a local APIC that the VMM emulates. */
    void userspaceEoi(int vcpu, Actor guest) {
        if (userspaceLapics != null) {
            userspaceLapics.endOfInterrupt(vcpu, guest);
        }
    }

    /** KVM_EXIT_IOAPIC_EOI reached the VMM on the thread of {@code vcpu}. */
    void ioApicEoiExit(int vcpu, int vector) {
        if (vector == 0 && takesVectorZeroForAnError()) {
            throw new FatalModelError(FatalModelError.Cause.VECTOR_ZERO, "The VMM takes vector 0 for an error");
        }
        log.record(Actor.VMM, EventKind.EOI_BROADCAST, vcpu, vector, 1);
        ioApic().broadcastEoi(vector, true);
    }

    private boolean takesVectorZeroForAnError() {
        SplitRoutes split = ioApics.vmm().split();
        return split != null && split.vectorZero() == SplitRoutes.VectorZero.ERROR;
    }

    /** The guest on {@code vcpu} wrote {@code vector} to the I/O APIC's EOI register, four bytes. */
    void directedEoi(int vcpu, int vector) {
        Actor owner = ioApics.inKernel() ? Actor.L0_KVM : Actor.VMM;
        if (ioApic().takesDirectedEoi(Integer.BYTES)) {
            log.record(owner, EventKind.DIRECTED_EOI, vcpu, vector, 0);
        } else {
            log.record(
                    owner,
                    EventKind.DIRECTED_EOI_IGNORED,
                    vcpu,
                    vector,
                    ioApic().profile().version());
        }
        window().write(IoApicWindow.EOI_REGISTER, Integer.BYTES, vector);
    }

    /** The sources of {@code gsi} now assert its line or not. */
    void setGsi(int gsi, boolean asserted) {
        boolean high = asserted != activeLow[gsi];
        if (!ioApics.inKernel()) {
            ioApic().setLine(gsi, high);
            return;
        }
        long delay = lanes.onLine(gsi, latencies.draw(LatencyKind.LINE_TO_ACCEPT));
        schedule(delay, Payload.line(gsi, high, thread));
        beginIoctl();
    }

    /** The line of {@code gsi} is deasserted where the I/O APIC is, in the middle of what the I/O APIC does. */
    void lowerAtOnce(int gsi) {
        ioApic().setLine(gsi, activeLow[gsi]);
    }

    /** The kernel sends {@code message}, and nobody waits for it. */
    void sendFromKernel(long message) {
        send(Payload.message(message, Payload.NO_THREAD));
    }

    /** A device sends a message. */
    void sendEdge(int vector, int destination) {
        send(Payload.edgeMessage(vector, destination));
    }

    @Override
    public Delivery sendMessage(long message) {
        if (userspaceLapics != null) {
            return bus.send(message) ? Delivery.ACCEPTED : Delivery.REFUSED;
        }
        send(Payload.message(message, thread));
        beginIoctl();
        return bus.accepts(message) ? Delivery.ACCEPTED : Delivery.SENT;
    }

    private void send(long payload) {
        store.add(messagesInFlight, 1);
        long delay = lanes.onThread(Payload.thread(payload), latencies.draw(LatencyKind.LINE_TO_ACCEPT));
        schedule(delay, payload);
    }

    @Override
    public void setRoute(int gsi, long message) {
        kvm.setRoute(gsi, message);
    }

    @Override
    public void removeRoute(int gsi) {
        kvm.removeRoute(gsi);
    }

    private void beginIoctl() {
        if (thread != Payload.NO_THREAD) {
            threads.ioctlBegun(thread);
        }
    }

    private void endIoctl(int waiting) {
        if (waiting != Payload.NO_THREAD) {
            threads.ioctlDone(waiting);
        }
    }

    /** KVM_IRQ_LINE takes effect at the in-kernel I/O APIC. */
    void lineAtKernel(int gsi, boolean high, int waiting) {
        ioApic().setLine(gsi, high);
        endIoctl(waiting);
    }

    /** A message reaches the local APICs. */
    void messageArrives(long message, int waiting) {
        store.add(messagesInFlight, -1);
        bus.send(message);
        endIoctl(waiting);
    }

    @Override
    public void startThrottleTimer(long delayNanos) {
        throttle.start(delayNanos, log.cause());
    }

    /** The throttle timer expires. */
    void throttleExpired() {
        throttle.expired();
        log.record(ioApics.inKernel() ? Actor.L0_KVM : Actor.VMM, EventKind.THROTTLE_EXPIRED, 0, 0, 0);
        ioApic().throttleExpired();
    }

    /** The I/O APIC's state moves to {@code destination}; the throttle's timer is not part of it. */
    void moveIoApic(Hazard.Destination destination) {
        throttle.cancel();
        ioApics.move(destination);
    }

    /** Whether nobody cancels the throttle timer when the VM is destroyed. */
    boolean throttleOutlivesVm() {
        return ioApic().profile().onEoiAsserted() instanceof OnEoiAsserted.Throttled throttled
                && throttled.outlivesVm();
    }

    /** Whether the throttle timer is running. */
    boolean isThrottled() {
        return throttle.isRunning();
    }

    @Override
    public void resample(int pin, long latencyNanos) {
        agenda.schedule(latencyNanos, Priority.INPUT, Payload.of(Payload.RESAMPLE, pin), log.cause());
    }

    @Override
    public void acknowledged(int pin) {
        threads.acknowledged(pin);
    }

    @Override
    public void accepted(int vcpu, int vector, boolean level) {
        log.record(Actor.CHIP, EventKind.LAPIC_ACCEPTED, vcpu, vector, level ? 1 : 0);
        threads.accepted(vcpu);
    }

    @Override
    public void refused(int vcpu, int vector, boolean level) {
        log.record(Actor.CHIP, EventKind.LAPIC_REFUSED, vcpu, vector, level ? 1 : 0);
    }

    private void schedule(long delayNanos, long payload) {
        agenda.schedule(delayNanos, Priority.PROPAGATION, payload, log.cause());
    }

    /** Whether a message is under way, a local APIC has {@code vector} in IRR or ISR, or an EOI of it has not reached the VMM. */
    boolean isInFlight(int vector) {
        if (store.get(messagesInFlight) != 0) {
            return true;
        }
        for (LocalApic apic : apics) {
            if (apic.requested().contains(vector) || apic.inService().contains(vector)) {
                return true;
            }
        }
        return kvm.isEoiExitPending(vector);
    }
}
