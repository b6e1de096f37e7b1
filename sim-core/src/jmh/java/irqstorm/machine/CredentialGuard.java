// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.ApicMode;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.Broadcast;
import irqstorm.apic.IoApicProfile.Edge;
import irqstorm.apic.IoApicProfile.EoiMatch;
import irqstorm.apic.IoApicProfile.EoiRegister;
import irqstorm.apic.IoApicProfile.EventSources;
import irqstorm.apic.IoApicProfile.Level;
import irqstorm.apic.IoApicProfile.LevelTriggered;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.MaskedEdge;
import irqstorm.apic.IoApicProfile.MaskedLevel;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.Polarity;
import irqstorm.apic.IoApicProfile.PowerOnEntry;
import irqstorm.apic.IoApicProfile.RemoteIrrGates;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.apic.IoApicProfile.RteWrite;
import irqstorm.apic.IoApicProfile.Save;
import irqstorm.apic.IoApicProfile.Service;
import irqstorm.apic.TriggerMode;
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
import irqstorm.vmm.SplitRoutes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The machine of the scenario credential-guard in two of its configurations, in code: benchmarks of the core do not read files.
 */
public final class CredentialGuard {
    private static final int GSI = 19;
    private static final DelayTable SOME_TIME = DelayTable.fixed(2000);
    private static final long ENABLE = X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST.mask();
    private static final IoApicProfile QEMU_0X20 = new IoApicProfile(
            "qemu-ioapic-0x20",
            0x20,
            24,
            PowerOnEntry.MASKED,
            EoiRegister.DWORD_ONLY,
            new EoiMatch(true, true, false, EoiMatch.Scope.ALL_PINS),
            Broadcast.HONOURED,
            new OnEoiAsserted.Throttled(10_000, 10_000_000, true, false),
            new EventSources(EventSources.Told.LEVEL, true, true),
            RemoteIrrSet.BEFORE_DELIVERY,
            RemoteIrrGates.ALWAYS,
            new RteWrite(RteWrite.RemoteIrrOnWrite.PRESERVE, true, RteWrite.ReEvaluate.LEVEL, false),
            Service.ALL_PINS,
            LevelTriggered.SUPPORTED,
            MaskedLevel.KEPT,
            MaskedEdge.LOST,
            Level.PER_CALL,
            Edge.PER_CALL,
            Polarity.IGNORED,
            LineModel.LEVEL_OR,
            new Save(true, true, false));

    /** How long what the guest does takes, and what happens to it on the way. */
    private record Times(
            DelayTable arrivals,
            DelayTable beforeService,
            DelayTable afterService,
            DelayTable hypervisor,
            Map<LatencyKind, DelayTable> latencies) {}

    private CredentialGuard() {}

    /**
     * Configuration 9-split-enable, where durations do not matter: for explorations. With two devices and three interrupts each it has
     * 7,037 states, like the scenario and like the Promela model.
     */
    public static MachineConfig machine(int deviceCount) {
        Map<LatencyKind, DelayTable> latencies =
                Arrays.stream(LatencyKind.values()).collect(Collectors.toMap(Function.identity(), kind -> SOME_TIME));
        Times times = new Times(SOME_TIME, SOME_TIME, SOME_TIME, SOME_TIME, latencies);
        return machine(deviceCount, ENABLE, QEMU_0X20, times);
    }

    /** Configuration 6-split-quirked without the I/O APIC's throttle: a storm from the first interrupt on, as long as it is let run. */
    public static MachineConfig storm() {
        Map<LatencyKind, DelayTable> latencies = new EnumMap<>(LatencyKind.class);
        for (LatencyKind kind : LatencyKind.values()) {
            latencies.put(
                    kind,
                    switch (kind) {
                        case INTERRUPT_KICK, EXTERNAL_INTERRUPT_EXIT, LAPIC_EOI_EXIT -> LogNormalDelays.of(1000, 1500);
                        case MMIO_EXIT -> LogNormalDelays.of(4000, 5000);
                        case VMM_HANDLING -> LogNormalDelays.of(3000, 4000);
                        case USERSPACE_ENTRY -> LogNormalDelays.of(9000, 12_000);
                        default -> LogNormalDelays.of(2000, 3000);
                    });
        }
        Times times = new Times(
                DelayTable.uniform(0, 4_000_000),
                LogNormalDelays.of(20_000, 30_000),
                LogNormalDelays.of(12_000, 18_000),
                SOME_TIME,
                latencies);
        return machine(1, 0, QEMU_0X20.withOnEoiAsserted(new OnEoiAsserted.Immediate()), times);
    }

    private static MachineConfig machine(int deviceCount, long flags, IoApicProfile ioApic, Times times) {
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < deviceCount; i++) {
            devices.add(new Device(
                    "uhci" + i,
                    new Wire.Line(GSI, TriggerMode.LEVEL),
                    new Arrivals.Open(times.arrivals(), Arrivals.UNLIMITED)));
        }
        VmmProfile qemu = new VmmProfile(
                ioApic,
                false,
                new SplitRoutes(
                        SplitRoutes.EoiExits.RESERVED, SplitRoutes.MaskedRoute.KEPT, SplitRoutes.VectorZero.IGNORED),
                null);
        return new MachineConfig(
                IrqchipMode.SPLIT,
                UapiRevision.MERGED,
                new MachineConfig.X2ApicApiCall(flags, false),
                true,
                ApicMode.XAPIC,
                true,
                1,
                qemu,
                ioApic,
                List.of(new Pin(GSI, 0x81, TriggerMode.LEVEL, false, false, DeliveryMode.FIXED, false, 0)),
                devices,
                new Guest(Guest.Nested.HYPERV, new GuestStart.Fresh(), programs(times)),
                times.latencies(),
                Hazards.NONE,
                1,
                0);
    }

    private static Map<ProgramRole, GuestProgram> programs(Times times) {
        GuestStep eoi = GuestStep.of(StepKind.LAPIC_EOI, EoiMechanism.HYPERV_MSR.ordinal());
        GuestStep run = GuestStep.run(times.hypervisor());
        GuestStep resume = GuestStep.of(StepKind.RESUME_L2, 0);
        Map<ProgramRole, GuestProgram> programs = new EnumMap<>(ProgramRole.class);
        programs.put(
                ProgramRole.BOOT,
                GuestProgram.of(
                        GuestStep.of(StepKind.READ_LVR, 0),
                        GuestStep.of(StepKind.WRITE_SPIV, 0x1ff),
                        GuestStep.of(StepKind.WRITE_SPIV, 0x11ff).when(Condition.SUPPRESSION_ADVERTISED),
                        GuestStep.of(StepKind.READ_SPIV, 0)));
        programs.put(ProgramRole.BACKGROUND, GuestProgram.of(GuestStep.of(StepKind.RUN_FOREVER, 0)));
        programs.put(
                ProgramRole.ON_INTERRUPT,
                GuestProgram.of(
                        GuestStep.run(times.beforeService()),
                        GuestStep.of(StepKind.SERVICE, -1),
                        GuestStep.run(times.afterService()),
                        eoi));
        programs.put(
                ProgramRole.L1_ON_EXTERNAL_INTERRUPT,
                GuestProgram.of(
                        run,
                        eoi.when(Condition.DIRECTED_EOI),
                        GuestStep.of(StepKind.STI, 0).when(Condition.DIRECTED_EOI),
                        run,
                        resume));
        programs.put(ProgramRole.L1_ON_INTERRUPT, GuestProgram.of(run, eoi, run));
        programs.put(ProgramRole.L1_ON_INTERRUPT_WINDOW, GuestProgram.of(run, resume));
        programs.put(
                ProgramRole.L1_ON_L2_EOI,
                GuestProgram.of(
                        run,
                        eoi.unless(Condition.DIRECTED_EOI),
                        GuestStep.of(StepKind.IOAPIC_EOI, 0)
                                .when(Condition.DIRECTED_EOI)
                                .when(Condition.LEVEL),
                        run,
                        resume));
        return programs;
    }
}
