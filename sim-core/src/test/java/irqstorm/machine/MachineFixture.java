// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.ApicMode;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.Profiles;
import irqstorm.apic.TriggerMode;
import irqstorm.check.Findings;
import irqstorm.check.Judge;
import irqstorm.check.RunMeter;
import irqstorm.engine.RunLimits;
import irqstorm.engine.StopReason;
import irqstorm.event.EventKind;
import irqstorm.guest.Condition;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.Guest;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStart;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.random.DelayTable;
import irqstorm.trace.TraceEvent;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;
import java.util.ArrayList;
import java.util.EnumMap;
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

    private SplitRoutes split = new SplitRoutes(
            SplitRoutes.EoiExits.RESERVED, SplitRoutes.MaskedRoute.KEPT, SplitRoutes.VectorZero.IGNORED);
    private LapicModel lapic = new LapicModel(
            LapicModel.Place.VMM,
            0x14,
            LapicModel.Suppression.NOT_ADVERTISED,
            LapicModel.Broadcasts.LEVEL,
            LapicModel.IllegalVectors.REFUSED,
            LapicModel.RepeatedVector.ACCEPTED);

    private IrqchipMode irqchip = IrqchipMode.SPLIT;
    private long flags;
    private boolean apicv = true;
    private ApicMode apicMode = ApicMode.XAPIC;
    private int vcpus = 1;
    private IoApicProfile ioApic = Profiles.qemu20();
    private IoApicProfile kernelIoApic = Profiles.kvmInKernel();
    private Guest.Nested nested = Guest.Nested.HYPERV;
    private GuestStart start = new GuestStart.Fresh();
    private long seed = 1;
    private final Map<ProgramRole, GuestProgram> programs = hyperV(EoiMechanism.MMIO);
    private final Map<LatencyKind, DelayTable> latencies = traceLatencies();
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
    }

    public static Pin levelPin(int gsi, int vector) {
        return new Pin(gsi, vector, TriggerMode.LEVEL, false, false, DeliveryMode.FIXED, false, 0);
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

    /** The programs of a Hyper-V-like L1 with a Windows-like L2, with the durations of the root-cause trace. */
    public static Map<ProgramRole, GuestProgram> hyperV(EoiMechanism eoi) {
        Map<ProgramRole, GuestProgram> programs = new EnumMap<>(ProgramRole.class);
        programs.put(
                ProgramRole.BOOT,
                GuestProgram.of(
                        step(StepKind.READ_LVR),
                        GuestStep.of(StepKind.WRITE_SPIV, 0x1ff),
                        GuestStep.of(StepKind.WRITE_SPIV, SPIV_SUPPRESSING).when(Condition.SUPPRESSION_ADVERTISED),
                        step(StepKind.READ_SPIV)));
        programs.put(ProgramRole.BACKGROUND, GuestProgram.of(step(StepKind.RUN_FOREVER)));
        programs.put(ProgramRole.ON_INTERRUPT, GuestProgram.of(run(20), service(), run(15), lapicEoi(eoi)));
        programs.put(
                ProgramRole.L1_ON_EXTERNAL_INTERRUPT,
                GuestProgram.of(
                        run(2),
                        lapicEoi(eoi).when(Condition.DIRECTED_EOI),
                        step(StepKind.STI).when(Condition.DIRECTED_EOI),
                        run(2),
                        step(StepKind.RESUME_L2)));
        programs.put(ProgramRole.L1_ON_INTERRUPT, GuestProgram.of(run(2), lapicEoi(eoi)));
        programs.put(ProgramRole.L1_ON_INTERRUPT_WINDOW, GuestProgram.of(run(1), step(StepKind.RESUME_L2)));
        programs.put(
                ProgramRole.L1_ON_L2_EOI,
                GuestProgram.of(
                        run(2),
                        lapicEoi(eoi).unless(Condition.DIRECTED_EOI),
                        step(StepKind.IOAPIC_EOI).when(Condition.DIRECTED_EOI).when(Condition.LEVEL),
                        run(1),
                        step(StepKind.RESUME_L2)));
        return programs;
    }

    private static Map<LatencyKind, DelayTable> traceLatencies() {
        Map<LatencyKind, DelayTable> latencies = new EnumMap<>(LatencyKind.class);
        latencies.put(LatencyKind.LINE_TO_ACCEPT, micros(2));
        latencies.put(LatencyKind.INTERRUPT_KICK, micros(1));
        latencies.put(LatencyKind.EXTERNAL_INTERRUPT_EXIT, micros(1));
        latencies.put(LatencyKind.ENTRY_INJECTION, micros(0.2));
        latencies.put(LatencyKind.KERNEL_EXIT, micros(0.5));
        latencies.put(LatencyKind.LAPIC_EOI_EXIT, micros(1));
        latencies.put(LatencyKind.EOI_WITHOUT_EXIT, micros(0.03));
        latencies.put(LatencyKind.MMIO_EXIT, micros(4));
        latencies.put(LatencyKind.USERSPACE_EXIT, micros(1));
        latencies.put(LatencyKind.VMM_HANDLING, micros(0));
        latencies.put(LatencyKind.USERSPACE_ENTRY, micros(6));
        latencies.put(LatencyKind.NESTED_EXIT, micros(2));
        latencies.put(LatencyKind.NESTED_ENTRY, micros(2));
        return latencies;
    }

    public MachineFixture irqchip(IrqchipMode mode) {
        irqchip = mode;
        return this;
    }

    public MachineFixture flags(long args0) {
        flags = args0;
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
        start = new GuestStart.Resumed(SPIV_SUPPRESSING, true);
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

    public MachineFixture device(String name, Wire wire, Arrivals arrivals) {
        devices.add(new Device(name, wire, arrivals));
        return this;
    }

    /** A level device on the default pin with causes at these times. */
    public MachineFixture causesAt(double... micros) {
        List<Long> times = new ArrayList<>();
        for (double time : micros) {
            times.add((long) (time * 1000));
        }
        return device("uhci", new Wire.Line(GSI, TriggerMode.LEVEL), new Arrivals.Times(times));
    }

    public MachineConfig config() {
        return new MachineConfig(
                irqchip,
                UapiRevision.MERGED,
                new MachineConfig.X2ApicApiCall(flags, false),
                apicv,
                apicMode,
                true,
                vcpus,
                new VmmProfile(ioApic, false, split, lapic),
                kernelIoApic,
                pins,
                devices,
                new Guest(nested, start, programs),
                latencies,
                seed,
                0);
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
