// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.ApicMode;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.Profiles;
import irqstorm.apic.TriggerMode;
import irqstorm.check.Findings;
import irqstorm.check.Happening;
import irqstorm.check.Judge;
import irqstorm.check.RunMeter;
import irqstorm.engine.RunLimits;
import irqstorm.engine.StopReason;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.Guest;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStart;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.kvm.EoiSlotCheck;
import irqstorm.kvm.EoiVectorPolicy;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.random.DelayTable;
import irqstorm.trace.TraceEvent;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds small machines for tests: by default one vCPU, split irqchip, QEMU's I/O APIC 0x20, a Hyper-V-like nested guest. */
public final class MachineFixture {
    public static final int GSI = 21;
    public static final int VECTOR = 0xa1;
    public static final long ENABLE = X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST.mask();
    public static final long DISABLE = X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST.mask();

    /** SPIV with software enable and bit 12, as a guest that trusts directed EOI leaves it. */
    public static final int SPIV_SUPPRESSING = 0x11ff;

    private static final SplitRoutes QEMU_ROUTES = new SplitRoutes(
            SplitRoutes.EoiExits.RESERVED, SplitRoutes.MaskedRoute.KEPT, SplitRoutes.VectorZero.IGNORED);

    private SplitRoutes split = QEMU_ROUTES;
    private LapicModel lapic = ownLapic(LapicModel.Suppression.NOT_ADVERTISED);

    private IrqchipMode irqchip = IrqchipMode.SPLIT;
    private UapiRevision uapi = UapiRevision.MERGED;
    private long flags;
    private boolean flagsBeforeIrqchip;
    private boolean apicv = true;
    private ApicMode apicMode = ApicMode.XAPIC;
    private boolean guestHasX2Apic = true;
    private int vcpus = 1;
    private IoApicProfile ioApic = Profiles.qemu20();
    private IoApicProfile kernelIoApic = Profiles.kvmInKernel();
    private Guest.Nested nested = Guest.Nested.HYPERV;
    private GuestStart start = new GuestStart.Fresh();
    private long seed = 1;
    private EoiSlotCheck slotCheck = EoiSlotCheck.AS_TODAY;
    private final List<Hazard> hazards = new ArrayList<>();
    private final Map<ProgramRole, GuestProgram> programs = TracedGuest.programs(EoiMechanism.MMIO);
    private final Map<LatencyKind, DelayTable> latencies = TracedGuest.latencies();
    private final List<Pin> pins = new ArrayList<>(List.of(levelPin(GSI, VECTOR)));
    private final List<Device> devices = new ArrayList<>();

    /** What a run left behind. */
    public record Outcome(TimedMachine timed, Findings findings, List<TraceEvent> events) {
        public List<EventKind> kinds() {
            return events.stream().map(TraceEvent::kind).toList();
        }

        /** The first event of this kind. */
        public TraceEvent first(EventKind kind) {
            return events.stream()
                    .filter(event -> event.kind() == kind)
                    .findFirst()
                    .orElseThrow();
        }

        public long count(EventKind kind) {
            return events.stream().filter(event -> event.kind() == kind).count();
        }

        /** What happened to interrupts on the vCPUs, in sentences. */
        List<String> story() {
            return story(Story.vcpuKinds());
        }

        /** The events of these kinds, in sentences. */
        List<String> story(EventKind... kinds) {
            return Story.of(all(kinds));
        }

        /** When {@code sentence} was told, nanoseconds. */
        List<Long> when(String sentence) {
            return events.stream()
                    .filter(event -> Story.sentence(event).equals(sentence))
                    .map(TraceEvent::timeNanos)
                    .toList();
        }

        /** The events of these kinds, in their order. */
        public List<TraceEvent> all(EventKind... kinds) {
            List<EventKind> wanted = List.of(kinds);
            return events.stream()
                    .filter(event -> wanted.contains(event.kind()))
                    .toList();
        }

        /** When the events of this kind happened, nanoseconds. */
        public List<Long> times(EventKind kind) {
            return all(kind).stream().map(TraceEvent::timeNanos).toList();
        }

        /** The exits to this reason, in their order. */
        public List<TraceEvent> exits(ExitReason reason) {
            return all(EventKind.VM_EXIT).stream()
                    .filter(event -> event.b() == reason.ordinal())
                    .toList();
        }

        /** What hazards did, in sentences. */
        public List<String> happenings() {
            return findings.happenings().stream().map(Happening::text).toList();
        }

        /** Where in the run the event stands, from 0. */
        public int indexOf(TraceEvent event) {
            return events.indexOf(event);
        }
    }

    /** One with a plain guest that services a device 5 microseconds after it took the interrupt, and ends it 2 microseconds later. */
    public static MachineFixture plain() {
        return new MachineFixture().plainGuest(run(5), service(), run(2), lapicEoi(EoiMechanism.MMIO));
    }

    /** One with a plain guest that ends its interrupt 60 microseconds before it services the device. */
    public static MachineFixture early() {
        return new MachineFixture().plainGuest(run(5), lapicEoi(EoiMechanism.MMIO), run(60), service());
    }

    /** A VMM's own local APIC of version 0x14, with this much of directed EOI. */
    public static LapicModel ownLapic(LapicModel.Suppression suppression) {
        return new LapicModel(
                LapicModel.Place.VMM,
                0x14,
                suppression,
                LapicModel.Broadcasts.LEVEL,
                LapicModel.IllegalVectors.REFUSED,
                LapicModel.RepeatedVector.ACCEPTED);
    }

    /** Routes like QEMU's, of a VMM that takes an EOI exit with vector 0 for an error. */
    static SplitRoutes strictRoutes() {
        return new SplitRoutes(
                SplitRoutes.EoiExits.RESERVED, SplitRoutes.MaskedRoute.KEPT, SplitRoutes.VectorZero.ERROR);
    }

    /** A VMM with this I/O APIC and QEMU's routes. */
    static VmmProfile qemuVmm(IoApicProfile ioApic) {
        return vmm(ioApic, LapicModel.Suppression.NOT_ADVERTISED);
    }

    /** A VMM with this I/O APIC, QEMU's routes under split irqchip and local APICs of its own without irqchip. */
    static VmmProfile vmm(IoApicProfile ioApic, LapicModel.Suppression suppression) {
        return new VmmProfile(ioApic, false, QEMU_ROUTES, ownLapic(suppression));
    }

    public static Pin levelPin(int gsi, int vector) {
        return levelPin(gsi, vector, 0);
    }

    public static Pin levelPin(int gsi, int vector, int vcpu) {
        return pinTo(vcpu, gsi, vector, TriggerMode.LEVEL);
    }

    public static Pin edgePin(int gsi, int vector) {
        return pinTo(0, gsi, vector, TriggerMode.EDGE);
    }

    private static Pin pinTo(int vcpu, int gsi, int vector, TriggerMode trigger) {
        return new Pin(gsi, vector, trigger, false, false, DeliveryMode.FIXED, false, vcpu);
    }

    public static Pin maskedPin(int gsi, int vector) {
        return new Pin(gsi, vector, TriggerMode.LEVEL, false, true, DeliveryMode.FIXED, false, 0);
    }

    public static DelayTable micros(double micros) {
        return DelayTable.fixed((long) (micros * 1000));
    }

    public static GuestStep run(double micros) {
        return GuestStep.run(micros(micros));
    }

    public static GuestStep step(StepKind kind) {
        return GuestStep.of(kind, 0);
    }

    public static GuestStep lapicEoi(EoiMechanism mechanism) {
        return GuestStep.of(StepKind.LAPIC_EOI, mechanism.ordinal());
    }

    public static GuestStep service() {
        return GuestStep.of(StepKind.SERVICE, GuestCode.ALL_DEVICES);
    }

    public MachineFixture irqchip(IrqchipMode mode) {
        irqchip = mode;
        return this;
    }

    public MachineFixture flags(long args0) {
        flags = args0;
        return this;
    }

    /** The flags are set before the irqchip mode is chosen. */
    public MachineFixture flagsBeforeIrqchip() {
        flagsBeforeIrqchip = true;
        return this;
    }

    public MachineFixture uapi(UapiRevision revision) {
        uapi = revision;
        return this;
    }

    public MachineFixture withoutX2ApicInCpuid() {
        guestHasX2Apic = false;
        return this;
    }

    public MachineFixture withoutApicv() {
        apicv = false;
        return this;
    }

    public MachineFixture apicMode(ApicMode mode) {
        apicMode = mode;
        return this;
    }

    public MachineFixture vcpus(int count) {
        vcpus = count;
        return this;
    }

    /** The VMM keeps its routes so. */
    public MachineFixture split(SplitRoutes routes) {
        split = routes;
        return this;
    }

    /** Where KVM has no local APICs, they are like this. */
    public MachineFixture lapic(LapicModel model) {
        lapic = model;
        return this;
    }

    public MachineFixture ioApic(IoApicProfile profile) {
        ioApic = profile;
        return this;
    }

    public MachineFixture kernelIoApic(IoApicProfile profile) {
        kernelIoApic = profile;
        return this;
    }

    public MachineFixture nested(Guest.Nested settings) {
        nested = settings;
        return this;
    }

    /** A guest that is not nested, with these steps as its interrupt handler, and never sets SPIV bit 12. */
    public MachineFixture plainGuest(GuestStep... handler) {
        nested = Guest.Nested.NONE;
        programs.clear();
        programs.put(ProgramRole.BOOT, GuestProgram.of(GuestStep.of(StepKind.WRITE_SPIV, 0x1ff)));
        programs.put(ProgramRole.BACKGROUND, GuestProgram.of(step(StepKind.RUN_FOREVER)));
        programs.put(ProgramRole.ON_INTERRUPT, GuestProgram.of(handler));
        return this;
    }

    public MachineFixture program(ProgramRole role, GuestStep... steps) {
        programs.put(role, GuestProgram.of(steps));
        return this;
    }

    public MachineFixture resumedWithSuppressBit() {
        return resumed(SPIV_SUPPRESSING, true);
    }

    public MachineFixture resumed(int spiv, boolean usesDirectedEoi) {
        start = new GuestStart.Resumed(spiv, usesDirectedEoi);
        return this;
    }

    /** What KVM makes of a pending_ioapic_eoi that holds no vector. */
    public MachineFixture eoiVectorPolicy(EoiVectorPolicy policy) {
        return slotCheck(new EoiSlotCheck(policy, false));
    }

    public MachineFixture slotCheck(EoiSlotCheck check) {
        slotCheck = check;
        return this;
    }

    /** At {@code micros} microseconds this happens. */
    public MachineFixture hazard(double micros, Hazard.Deed deed) {
        return hazard(micros, new Hazard.When.AtOnce(), deed);
    }

    /** From {@code micros} microseconds on this waits to happen. */
    public MachineFixture hazard(double micros, Hazard.When when, Hazard.Deed deed) {
        hazards.add(new Hazard(Math.round(micros * 1000), when, deed));
        return this;
    }

    public MachineFixture seed(long value) {
        seed = value;
        return this;
    }

    public MachineFixture latency(LatencyKind kind, DelayTable table) {
        latencies.put(kind, table);
        return this;
    }

    public MachineFixture latency(LatencyKind kind, double micros) {
        return latency(kind, micros(micros));
    }

    public MachineFixture pin(Pin pin) {
        pins.removeIf(old -> old.gsi() == pin.gsi());
        pins.add(pin);
        return this;
    }

    /** The guest leaves every pin as reset left it. */
    public MachineFixture withoutPins() {
        pins.clear();
        return this;
    }

    public MachineFixture device(String name, Wire wire, Arrivals arrivals) {
        devices.add(new Device(name, wire, arrivals));
        return this;
    }

    /** A level device on the default pin with causes at these times. */
    public MachineFixture causesAt(double... micros) {
        return levelDevice("uhci", GSI, micros);
    }

    /** A device that holds its line until it is serviced, with causes at these times. */
    public MachineFixture levelDevice(String name, int gsi, double... micros) {
        return device(name, new Wire.Line(gsi, TriggerMode.LEVEL), at(micros));
    }

    /** A source of events on the default pin that an EOI unmasks in 10 us, with causes at these times. */
    public MachineFixture sourceUnmaskedByEoi(double... micros) {
        return source(Signalling.Unmask.EOI, 1, micros);
    }

    /** A source of events on the default pin that this unmasks in 10 us, with causes at these times. */
    public MachineFixture source(Signalling.Unmask unmask, int accesses, double... micros) {
        Signalling events = new Signalling.EventPerUnmask(accesses, unmask, 10_000);
        return device("gpu", new Wire.Line(GSI, events), at(micros));
    }

    /** A device that pulses its line, with causes at these times. */
    public MachineFixture edgeDevice(String name, int gsi, double... micros) {
        return device(name, new Wire.Line(gsi, TriggerMode.EDGE), at(micros));
    }

    /** A device that sends messages to vCPU 0 at these times. */
    public MachineFixture messageDevice(String name, int vector, double... micros) {
        return device(name, new Wire.Message(vector, 0), at(micros));
    }

    /** Arrivals at these times. */
    public static Arrivals at(double... micros) {
        List<Long> times = new ArrayList<>();
        for (double time : micros) {
            times.add(Math.round(time * 1000));
        }
        return new Arrivals.Times(times);
    }

    public MachineConfig config() {
        return new MachineConfig(
                irqchip,
                uapi,
                new MachineConfig.X2ApicApiCall(flags, flagsBeforeIrqchip),
                apicv,
                apicMode,
                guestHasX2Apic,
                vcpus,
                new VmmProfile(ioApic, false, split, lapic),
                kernelIoApic,
                pins,
                devices,
                new Guest(nested, start, programs),
                latencies,
                new Hazards(slotCheck, hazards),
                seed,
                0);
    }

    /** What can be said at {@code micros} microseconds, in the middle of the run. */
    public Findings findingsAt(double micros) {
        MachineConfig config = config();
        RunMeter meter = new RunMeter(config);
        TimedMachine timed = new TimedMachine(config, new RunLimits(60_000_000_000L, 50_000_000, 100_000), meter);
        timed.machine().start();
        timed.runUntil(Math.round(micros * 1000));
        return new Judge(timed.machine(), meter).judge(timed.now(), false);
    }

    /** Runs for {@code micros} microseconds and then until the machine is at rest, or a second more. */
    public Outcome runFor(double micros) {
        long nanos = (long) (micros * 1000);
        MachineConfig config = config();
        RunMeter meter = new RunMeter(config);
        List<TraceEvent> events = new ArrayList<>();
        TimedMachine timed = new TimedMachine(
                config,
                new RunLimits(nanos + 1_000_000_000L, 50_000_000, 100_000),
                meter,
                (sequence, time, actor, kind, a, b, c, cause) -> {
                    if (events.size() < 200_000) {
                        events.add(new TraceEvent(sequence, time, actor, kind, a, b, c, cause));
                    }
                });
        timed.machine().start();
        timed.runUntil(nanos);
        timed.machine().silenceDevices();
        StopReason stop = timed.run();
        Findings findings = new Judge(timed.machine(), meter).judge(timed.now(), stop == StopReason.DRAINED);
        return new Outcome(timed, findings, events);
    }
}
