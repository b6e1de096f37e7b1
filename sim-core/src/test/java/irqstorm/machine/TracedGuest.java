// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.SPIV_SUPPRESSING;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.micros;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;

import irqstorm.guest.Condition;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.GuestProgram;
import irqstorm.guest.GuestStep;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.random.DelayTable;
import java.util.EnumMap;
import java.util.Map;

/** The Hyper-V-like L1 and Windows-like L2 of the root-cause trace, with its durations. */
final class TracedGuest {
    private TracedGuest() {}

    /** The programs; {@code eoi} is how L1 and L2 write EOI. */
    static Map<ProgramRole, GuestProgram> programs(EoiMechanism eoi) {
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

    /** How long each transition takes. */
    static Map<LatencyKind, DelayTable> latencies() {
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
}
