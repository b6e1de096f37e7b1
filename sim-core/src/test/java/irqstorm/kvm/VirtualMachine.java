// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import irqstorm.apic.ApicBus;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.IoApic;
import irqstorm.apic.IoApicClock;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LapicTraits;
import irqstorm.apic.LocalApic;
import irqstorm.apic.Profiles;
import irqstorm.apic.TriggerMode;
import irqstorm.event.Actor;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** KVM with its local APICs and, in kernel mode, its I/O APIC, without a VMM and without time; what is recorded is kept in words. */
final class VirtualMachine implements ApicBus.Listener, IoApicClock {
    static final int SUPPRESSING = 0x11FF;
    static final int ENABLED = 0x1FF;

    private final List<String> notes = new ArrayList<>();
    private final LocalApic[] apics;
    private final X2ApicApi x2ApicApi;
    private final IrqchipMode irqchip;
    private final @Nullable KernelIoApic ioApic;
    private final KvmL0 kvm;
    private EoiSlotFault slotFault = EoiSlotFault.NONE;

    VirtualMachine(IrqchipMode irqchip, int vcpus, UapiRevision revision, boolean guestHasX2Apic) {
        this(irqchip, vcpus, revision, guestHasX2Apic, EoiSlotCheck.AS_TODAY);
    }

    private VirtualMachine(
            IrqchipMode irqchip, int vcpus, UapiRevision revision, boolean guestHasX2Apic, EoiSlotCheck slotCheck) {
        StateStore store = new StateStore();
        EventLog log = new EventLog(
                store,
                (sequence, time, actor, kind, a, b, c, cause) ->
                        notes.add(actor.label() + " " + kind.label() + " " + a + " " + b + " " + c));
        this.irqchip = irqchip;
        this.apics = new LocalApic[vcpus];
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            apics[vcpu] = new LocalApic(store, LapicTraits.KVM, vcpu);
        }
        ApicBus bus = new ApicBus(apics, this);
        this.x2ApicApi = new X2ApicApi(store, revision);
        this.ioApic = irqchip == IrqchipMode.KERNEL
                ? new KernelIoApic(store, log, Profiles.kvmInKernel(), bus, this, this::requestScan)
                : null;
        IoApic chip = ioApic == null ? null : ioApic.chip();
        int routes = irqchip == IrqchipMode.SPLIT ? 24 : 0;
        this.kvm = new KvmL0(
                store,
                log,
                irqchip,
                guestHasX2Apic,
                x2ApicApi,
                apics,
                bus,
                chip,
                routes,
                slotCheck,
                (vcpu, vector) -> slotFault.after(vcpu, vector));
    }

    /** A booted VM with split irqchip and one vCPU, whose kernel makes this of a slot that holds no vector. */
    static VirtualMachine checking(EoiSlotCheck slotCheck) {
        return booted(new VirtualMachine(IrqchipMode.SPLIT, 1, UapiRevision.MERGED, true, slotCheck));
    }

    /** The next EOI that fills the slot leaves {@code value} in it. */
    void corruptSlot(int value) {
        slotFault = (vcpu, vector) -> {
            slotFault = EoiSlotFault.NONE;
            return value;
        };
    }

    /** A merged-kernel VM whose guest has x2APIC, with all local APICs reset and software-enabled. */
    static VirtualMachine booted(IrqchipMode irqchip, int vcpus, X2ApicApiFlag... flags) {
        return booted(new VirtualMachine(irqchip, vcpus, UapiRevision.MERGED, true), flags);
    }

    private static VirtualMachine booted(VirtualMachine vm, X2ApicApiFlag... flags) {
        vm.enableCap(flags);
        for (int vcpu = 0; vcpu < vm.apics.length; vcpu++) {
            vm.kvm.resetLapic(vcpu);
            vm.writeSpiv(vcpu, ENABLED);
        }
        return vm;
    }

    private void requestScan() {
        kvm.requestScan();
    }

    KvmL0 kvm() {
        return kvm;
    }

    LocalApic apic(int vcpu) {
        return apics[vcpu];
    }

    KernelIoApic ioApic() {
        if (ioApic == null) {
            throw new IllegalStateException("irqchip " + irqchip.label() + " has no I/O APIC in the kernel");
        }
        return ioApic;
    }

    EnableCapResult enableCap(X2ApicApiFlag... flags) {
        long args0 = 0;
        for (X2ApicApiFlag flag : flags) {
            args0 |= flag.mask();
        }
        return x2ApicApi.enable(args0, irqchip);
    }

    void writeSpiv(int vcpu, int value) {
        apics[vcpu].write(LapicRegister.SPIV.offset(), value);
    }

    /** The VMM routes {@code gsi} as an MSI to one APIC ID, and every vCPU handles the request to scan. */
    void route(int gsi, int vector, TriggerMode trigger, int destination) {
        kvm.setRoute(gsi, message(vector, trigger, destination));
        handleRequests();
    }

    void handleRequests() {
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            kvm.handleRequests(vcpu);
        }
    }

    static long message(int vector, TriggerMode trigger, int destination) {
        return InterruptMessage.of(vector, DeliveryMode.FIXED, false, trigger == TriggerMode.LEVEL, destination);
    }

    /** The vector reaches the vCPU and is taken into service. */
    void takeInterrupt(int vcpu, int vector, TriggerMode trigger) {
        apics[vcpu].accept(vector, trigger);
        apics[vcpu].acknowledge(vector);
    }

    EoiOutcome endOfInterrupt(int vcpu) {
        return kvm.endOfInterrupt(vcpu, Actor.L1);
    }

    /** What was recorded since this was last asked. */
    List<String> notes() {
        List<String> result = List.copyOf(notes);
        notes.clear();
        return result;
    }

    @Override
    public void accepted(int vcpu, int vector, boolean level) {
        notes.add("vcpu " + vcpu + " accepts " + vector + (level ? " level" : " edge"));
    }

    @Override
    public void refused(int vcpu, int vector, boolean level) {
        notes.add("vcpu " + vcpu + " refuses " + vector);
    }

    @Override
    public void startThrottleTimer(long delayNanos) {
        notes.add("timer " + delayNanos);
    }

    @Override
    public void acknowledged(int pin) {}

    @Override
    public void resample(int pin, long latencyNanos) {
        throw new IllegalStateException("KVM's I/O APIC does not resample");
    }
}
