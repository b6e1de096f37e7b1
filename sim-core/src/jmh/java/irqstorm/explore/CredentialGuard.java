// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

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
import irqstorm.machine.Arrivals;
import irqstorm.machine.Device;
import irqstorm.machine.Hazards;
import irqstorm.machine.LatencyKind;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Pin;
import irqstorm.machine.VmmProfile;
import irqstorm.machine.Wire;
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
 * The machine of the scenario credential-guard in its configuration 9-split-enable, in code: benchmarks of the core do not read files.
 * With two devices and three interrupts each it has 7,037 states, like the scenario and like the Promela model.
 */
final class CredentialGuard {
    private static final int GSI = 19;
    private static final DelayTable SOME_TIME = DelayTable.fixed(2000);
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
    private static final VmmProfile QEMU = new VmmProfile(
            QEMU_0X20,
            false,
            new SplitRoutes(
                    SplitRoutes.EoiExits.RESERVED, SplitRoutes.MaskedRoute.KEPT, SplitRoutes.VectorZero.IGNORED),
            null);

    private CredentialGuard() {}

    static MachineConfig machine(int deviceCount) {
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < deviceCount; i++) {
            devices.add(new Device(
                    "uhci" + i,
                    new Wire.Line(GSI, TriggerMode.LEVEL),
                    new Arrivals.Open(SOME_TIME, Arrivals.UNLIMITED)));
        }
        return new MachineConfig(
                IrqchipMode.SPLIT,
                UapiRevision.MERGED,
                new MachineConfig.X2ApicApiCall(X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST.mask(), false),
                true,
                ApicMode.XAPIC,
                true,
                1,
                QEMU,
                QEMU_0X20,
                List.of(new Pin(GSI, 0x81, TriggerMode.LEVEL, false, false, DeliveryMode.FIXED, false, 0)),
                devices,
                new Guest(Guest.Nested.HYPERV, new GuestStart.Fresh(), programs()),
                Arrays.stream(LatencyKind.values()).collect(Collectors.toMap(Function.identity(), kind -> SOME_TIME)),
                Hazards.NONE,
                1,
                0);
    }

    private static Map<ProgramRole, GuestProgram> programs() {
        GuestStep eoi = GuestStep.of(StepKind.LAPIC_EOI, EoiMechanism.HYPERV_MSR.ordinal());
        GuestStep run = GuestStep.run(SOME_TIME);
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
        programs.put(ProgramRole.ON_INTERRUPT, GuestProgram.of(run, GuestStep.of(StepKind.SERVICE, -1), run, eoi));
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
