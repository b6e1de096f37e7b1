// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicBase;
import irqstorm.apic.ApicBus;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.IoApic;
import irqstorm.apic.IoApicClock;
import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicPort;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicWindow;
import irqstorm.apic.LapicTraits;
import irqstorm.apic.LocalApic;
import irqstorm.apic.Pic;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.TracedIoApicOutput;
import irqstorm.cpu.Processor;
import irqstorm.event.EventKind;
import irqstorm.kvm.ApicBusClock;
import irqstorm.kvm.EoiSlotCheck;
import irqstorm.kvm.EoiSlotFault;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.Irqfds;
import irqstorm.kvm.KernelIoApic;
import irqstorm.kvm.KvmL0;
import irqstorm.kvm.X2ApicApi;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import irqstorm.vmm.InterruptInjection;
import irqstorm.vmm.LapicLink;
import irqstorm.vmm.UserspaceIoApic;
import irqstorm.vmm.UserspaceLapics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The models of one machine wired together without latencies, for the actors of a case. */
final class Bench implements ApicBus.Listener, IoApicClock, LapicLink {
    static final int PHYSICAL_ADDRESS_BITS = 46;
    static final long LAPIC_ADDRESS = ApicBase.DEFAULT_ADDRESS;

    private final Setup setup;
    private final Scope scope;
    private final History history = new History();
    private final StateStore store = new StateStore();
    private final LocalApic[] apics;
    private final ApicBus bus;
    private final X2ApicApi x2ApicApi;
    private final ApicBusClock busClock;
    private final KvmL0 kvm;
    private final LapicPort lapics;
    private final Clock clock;
    private final Programs programs;
    private final IoApic ioApic;
    private final IoApicWindow window;
    private final Cpu[] cpus;
    private final Pic pic;
    private final InterruptInjection injection;
    private final Irqfds irqfds = new Irqfds();
    private final Map<Integer, Long> msiRoutes = new HashMap<>();
    private final Map<Integer, Integer> pinRoutes = new HashMap<>();
    private final List<Integer> acknowledged = new ArrayList<>();
    private final Memory memory = new Memory();

    Bench(Setup setup, Scope scope) {
        this.setup = setup;
        this.scope = scope;
        EventLog log = new EventLog(new StateStore(), (sequence, time, actor, kind, a, b, c, cause) -> note(kind, a));
        LapicTraits traits = setup.ownLapic() ? ReferenceProfiles.lapic(true).traits() : LapicTraits.KVM;
        this.apics = new LocalApic[setup.vcpus()];
        for (int i = 0; i < apics.length; i++) {
            apics[i] = new LocalApic(store, traits, Preconditions.apicId(setup, i));
        }
        this.bus = new ApicBus(apics, this);
        this.x2ApicApi = new X2ApicApi(store, setup.revision());
        this.busClock = new ApicBusClock(store);
        IoApicProfile profile = ReferenceProfiles.ioApic(
                setup.irqchip(),
                Preconditions.ioApicVersion(setup),
                setup.preconditions().has("resample"));
        KernelIoApic kernel = setup.irqchip() == IrqchipMode.KERNEL && apics.length > 0
                ? new KernelIoApic(store, log, profile, bus, this, () -> requestScan())
                : null;
        UserspaceIoApic userspace = kernel == null && apics.length > 0
                ? new UserspaceIoApic(store, log, profile, ReferenceProfiles.routes(setup.irqchip()), this, this)
                : null;
        if (kernel != null) {
            ioApic = kernel.chip();
            window = kernel.window();
        } else if (userspace != null) {
            ioApic = userspace.chip();
            window = userspace.window();
        } else {
            ioApic = new IoApic(store, profile, new TracedIoApicOutput(log, new Acceptor(), this));
            window = new IoApicWindow(store, ioApic);
        }
        boolean hasX2Apic = !setup.flags().contains("no_cpuid_x2apic");
        this.kvm = new KvmL0(
                store,
                log,
                setup.irqchip(),
                hasX2Apic,
                x2ApicApi,
                apics,
                bus,
                kernel == null ? null : ioApic,
                setup.irqchip() == IrqchipMode.SPLIT ? profile.pins() : 0,
                EoiSlotCheck.AS_TODAY,
                EoiSlotFault.NONE);
        UserspaceLapics userspaceLapics = setup.irqchip() == IrqchipMode.NONE && userspace != null
                ? new UserspaceLapics(log, ReferenceProfiles.lapic(setup.ownLapic()), apics, userspace)
                : null;
        this.lapics = new LapicPort(this, kvm, userspaceLapics);
        this.pic = new Pic(store);
        this.injection = new InterruptInjection(apics, pic);
        this.cpus = new Cpu[apics.length];
        long cycle = Preconditions.busCycleNanos(setup);
        for (int i = 0; i < cpus.length; i++) {
            cpus[i] = new Cpu(this, store, i, apics[i], setup, cycle);
        }
        this.clock = new Clock(cpus, ioApic::throttleExpired);
        this.programs = new Programs(setup, history, memory);
        new Preconditions(this, setup).apply();
    }

    /** A far side that takes every message, for an I/O APIC without local APICs. */
    private static final class Acceptor implements IoApicPort {
        @Override
        public Delivery deliver(int pin, long message) {
            return Delivery.ACCEPTED;
        }

        @Override
        public void entryWritten(int pin, long entry) {}
    }

    private void note(EventKind kind, long pin) {
        if (kind == EventKind.IOAPIC_DELIVERED) {
            history.fired((int) pin, RedirectionEntry.message(ioApic.entry((int) pin)));
        }
    }

    private void requestScan() {
        if (kvm != null) {
            kvm.requestScan();
        }
    }

    Setup setup() {
        return setup;
    }

    Scope scope() {
        return scope;
    }

    History history() {
        return history;
    }

    StateStore store() {
        return store;
    }

    Cpu cpu(int index) {
        if (index < 0 || index >= cpus.length) {
            throw new Unsupported("there is no vCPU " + index);
        }
        return cpus[index];
    }

    Cpu nestedCpu() {
        return cpu(setup.nestedCpu());
    }

    Cpu[] cpus() {
        return cpus;
    }

    ApicBus bus() {
        return bus;
    }

    IoApic ioApic() {
        return ioApic;
    }

    IoApicWindow window() {
        return window;
    }

    KvmL0 kvm() {
        return kvm;
    }

    X2ApicApi x2ApicApi() {
        return x2ApicApi;
    }

    ApicBusClock busClock() {
        return busClock;
    }

    Pic pic() {
        return pic;
    }

    InterruptInjection injection() {
        return injection;
    }

    Irqfds irqfds() {
        return irqfds;
    }

    Memory memory() {
        return memory;
    }

    /** Where GSIs lead that are not the pins of the same number. */
    Map<Integer, Integer> pinRoutes() {
        return pinRoutes;
    }

    Map<Integer, Long> msiRoutes() {
        return msiRoutes;
    }

    LapicPort lapics() {
        return lapics;
    }

    Clock clock() {
        return clock;
    }

    Programs programs() {
        return programs;
    }

    // --- lines and messages
    // ---------------------------------------------------------------------------------------------

    /** The sources of {@code gsi} drive it: an MSI route sends, a pin is driven, and below 16 the PIC sees it too. */
    void setGsi(int gsi, boolean high) {
        if (msiRoutes.containsKey(gsi)) {
            if (high) {
                bus.send(msiRoutes.get(gsi));
            }
            return;
        }
        int pin = pinRoutes.getOrDefault(gsi, gsi);
        if (pin < 0 || pin >= ioApic.profile().pins()) {
            throw new Unsupported("GSI " + gsi + " is neither a pin nor a route");
        }
        ioApic.setLine(pin, high);
        if (gsi < Pic.LINES) {
            pic.setLine(gsi, high);
        }
    }

    @Override
    public Delivery sendMessage(long message) {
        boolean accepted = bus.send(message);
        return lapics.isInUserspace() ? (accepted ? Delivery.ACCEPTED : Delivery.REFUSED) : Delivery.SENT;
    }

    @Override
    public void setRoute(int gsi, long message) {
        history.routed("route gsi " + gsi);
        if (kvm != null) {
            kvm.setRoute(gsi, message);
        }
    }

    @Override
    public void removeRoute(int gsi) {
        history.routed("release gsi " + gsi);
        if (kvm != null) {
            kvm.removeRoute(gsi);
        }
    }

    @Override
    public void startThrottleTimer(long delayNanos) {
        clock.startThrottleTimer(delayNanos);
    }

    /** The lines of a case have no eventfds behind them that would be driven again. */
    @Override
    public void resample(int pin, long latencyNanos) {}

    @Override
    public void acknowledged(int pin) {
        acknowledged.add(pin);
    }

    /** The pins whose sources have been told of an EOI. */
    List<Integer> acknowledged() {
        return acknowledged;
    }

    @Override
    public void accepted(int vcpu, int vector, boolean level) {}

    @Override
    public void refused(int vcpu, int vector, boolean level) {}

    @Override
    public boolean signalled(int vcpu, DeliveryMode mode, int vector) {
        history.signalled(vcpu, mode, vector);
        Processor processor = cpus[vcpu].processor();
        cpus[vcpu].signal(mode, vector);
        if (setup.unit() && processor.next() == Processor.Event.INIT) {
            processor.take(Processor.Event.INIT);
        }
        return true;
    }
}
