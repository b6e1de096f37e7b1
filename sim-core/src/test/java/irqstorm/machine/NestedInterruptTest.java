// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.DISABLE;
import static irqstorm.machine.MachineFixture.ENABLE;
import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.levelPin;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.Profiles;
import irqstorm.check.Verdict;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.Guest;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.trace.TraceEvent;
import org.junit.jupiter.api.Test;

/** How an interrupt for L1 gets past L2 (kernel {@code vmx_check_nested_events}), as stories of small machines. */
class NestedInterruptTest {
    private static final Guest.Nested NO_ACKNOWLEDGE = new Guest.Nested(true, true, false, true);
    private static final Guest.Nested NO_EXITING = new Guest.Nested(true, false, false, false);
    private static final Guest.Nested SHARED_LAPIC = new Guest.Nested(true, true, true, false);

    @Test
    void withAcknowledgeOnExitTheVectorIsInServiceInL1WithoutItsIdt() {
        MachineFixture.Outcome run =
                new MachineFixture().flags(DISABLE).causesAt(0).runFor(1000);

        assertThat(run.story())
                .containsExactly(
                        "enter L2",
                        "IRR 0xa1",
                        "exit L2 EXTERNAL_INTERRUPT",
                        "reflect EXTERNAL_INTERRUPT 0xa1",
                        "enter L1",
                        "exit L1 VMRESUME",
                        "resume L2 injecting 0xa1",
                        "enter L2",
                        "L2 takes 0xa1",
                        "exit L2 EPT_VIOLATION",
                        "enter L2",
                        "exit L2 MSR_WRITE",
                        "L2 ends 0xa1",
                        "reflect MSR_WRITE 0xa1",
                        "enter L1",
                        "exit L1 EOI_INDUCED",
                        "L1 EOIs 0xa1",
                        "enter L1",
                        "exit L1 VMRESUME",
                        "resume L2",
                        "enter L2");
    }

    @Test
    void anInterruptFoundBeforeTheEntryToL2IsReflectedWithoutEnteringL2() {
        double justBeforeTheEoiExitIsHandled = 57;
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .pin(levelPin(GSI + 1, 0xb1))
                .causesAt(0)
                .levelDevice("ehci", GSI + 1, justBeforeTheEoiExitIsHandled)
                .runFor(1000);

        assertThat(run.story())
                .containsSubsequence(
                        "L1 EOIs 0xa1",
                        "enter L1",
                        "exit L1 VMRESUME",
                        "resume L2",
                        "reflect EXTERNAL_INTERRUPT 0xb1",
                        "enter L1",
                        "exit L1 VMRESUME",
                        "resume L2 injecting 0xb1",
                        "enter L2",
                        "L2 takes 0xb1");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void withoutAcknowledgeOnExitTheVectorStaysInIrrAndL1TakesItThroughItsIdtAfterSti() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .nested(NO_ACKNOWLEDGE)
                .program(
                        ProgramRole.L1_ON_EXTERNAL_INTERRUPT,
                        run(3),
                        step(StepKind.STI),
                        run(2),
                        step(StepKind.RESUME_L2))
                .program(ProgramRole.L1_ON_INTERRUPT, run(1))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.story())
                .containsSubsequence(
                        "IRR 0xa1",
                        "exit L2 EXTERNAL_INTERRUPT",
                        "reflect EXTERNAL_INTERRUPT",
                        "enter L1",
                        "L1 takes 0xa1",
                        "exit L1 VMRESUME",
                        "resume L2 injecting 0xa1",
                        "enter L2",
                        "L2 takes 0xa1",
                        "L2 ends 0xa1",
                        "L1 EOIs 0xa1");
        long entry = run.when("enter L1").get(0);
        assertThat(run.when("L1 takes 0xa1")).containsExactly(entry + 3_000);
        assertThat(run.when("exit L1 VMRESUME").get(0)).isEqualTo(entry + 3_000 + 1_000 + 2_000);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void withoutExternalInterruptExitingTheInterruptIsInjectedStraightIntoL2() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .nested(NO_EXITING)
                .causesAt(0)
                .runFor(1000);

        // L2 runs on vmcs02: the notification of the posted interrupt is an exit, and so is L2's EOI to L1's local
        // APIC.
        assertThat(run.story())
                .containsExactly(
                        "enter L2",
                        "IRR 0xa1",
                        "exit L2 EXTERNAL_INTERRUPT",
                        "enter L2",
                        "L2 takes 0xa1",
                        "exit L2 EPT_VIOLATION",
                        "enter L2",
                        "exit L2 APIC_ACCESS",
                        "L2 EOIs 0xa1",
                        "enter L2");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void withoutExternalInterruptExitingAnL2WithInterruptsOffTakesItOnlyAfterSti() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .nested(NO_EXITING)
                .program(
                        ProgramRole.BACKGROUND,
                        step(StepKind.CLI),
                        run(50),
                        step(StepKind.STI),
                        run(0.001),
                        step(StepKind.RUN_FOREVER))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.when("exit L2 EXTERNAL_INTERRUPT")).isEmpty();
        assertThat(run.when("exit L2 INTERRUPT_WINDOW")).containsExactly(50_000L);
        assertThat(run.when("L2 takes 0xa1")).containsExactly(50_000L + 500 + 200);
    }

    @Test
    void anL2ThatSharesL1sLapicEndsTheInterruptThereAndGetsTheNextOne() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .nested(SHARED_LAPIC)
                .program(ProgramRole.L1_ON_EXTERNAL_INTERRUPT, run(2), step(StepKind.RESUME_L2))
                .pin(levelPin(GSI + 1, 0xa2))
                .causesAt(0, 500)
                .levelDevice("ehci", GSI + 1, 10)
                .runFor(1000);

        assertThat(run.story(EventKind.NESTED_EXIT, EventKind.INTERRUPT_TAKEN, EventKind.LAPIC_EOI))
                .containsExactly(
                        "reflect EXTERNAL_INTERRUPT 0xa1",
                        "L2 takes 0xa1",
                        "L2 EOIs 0xa1",
                        "reflect EXTERNAL_INTERRUPT 0xa2",
                        "reflect INTERRUPT_WINDOW",
                        "L2 takes 0xa2",
                        "L2 EOIs 0xa2",
                        "reflect EXTERNAL_INTERRUPT 0xa1",
                        "L2 takes 0xa1",
                        "L2 EOIs 0xa1");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anInjectionIsCompletedBeforeAPendingInterruptMakesL2ExitAndNoInstructionOfL2RunsBetween() {
        double whileL1Handles = 5;
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .pin(levelPin(GSI + 1, 0xb1))
                .causesAt(0)
                .levelDevice("ehci", GSI + 1, whileL1Handles)
                .runFor(1000);

        assertThat(run.story())
                .containsSubsequence(
                        "resume L2 injecting 0xa1",
                        "enter L2",
                        "L2 takes 0xa1",
                        "exit L2 EXTERNAL_INTERRUPT",
                        "reflect EXTERNAL_INTERRUPT 0xb1");
        long taken = run.when("L2 takes 0xa1").get(0);
        assertThat(run.when("exit L2 EXTERNAL_INTERRUPT")).contains(taken);
        assertThat(run.indexOf(run.exits(ExitReason.EXTERNAL_INTERRUPT).get(1)))
                .isEqualTo(run.indexOf(run.first(EventKind.INTERRUPT_TAKEN)) + 1);
    }

    @Test
    void aMoreUrgentInterruptPreemptsL2sServiceRoutineWhichKeepsExactlyItsRemainingTime() {
        double serviceNanos = 20_000;
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .pin(levelPin(GSI + 1, 0xb1))
                .program(
                        ProgramRole.ON_INTERRUPT,
                        step(StepKind.STI),
                        run(serviceNanos / 1000),
                        service(),
                        step(StepKind.CLI),
                        lapicEoi(EoiMechanism.MMIO))
                .causesAt(0)
                .levelDevice("ehci", GSI + 1, 20.123)
                .runFor(1000);

        long firstTaken = run.when("L2 takes 0xa1").get(0);
        long preempted = run.when("exit L2 EXTERNAL_INTERRUPT").get(1);
        long firstDone = preempted - firstTaken;
        long resumed = run.all(EventKind.VM_ENTRY).stream()
                .filter(event -> event.b() == 2
                        && event.timeNanos() > run.when("L2 ends 0xb1").get(0))
                .findFirst()
                .orElseThrow()
                .timeNanos();
        long accessed = run.exits(ExitReason.EPT_VIOLATION).stream()
                .filter(event -> event.timeNanos() > resumed && event.c() == 2)
                .findFirst()
                .orElseThrow()
                .timeNanos();

        assertThat(preempted).isEqualTo(20_123 + 2_000 + 1_000);
        assertThat(accessed - resumed).isEqualTo((long) serviceNanos - firstDone);
        assertThat(run.story(EventKind.INTERRUPT_TAKEN, EventKind.L2_EOI))
                .containsExactly("L2 takes 0xa1", "L2 takes 0xb1", "L2 ends 0xb1", "L2 ends 0xa1");
    }

    @Test
    void inTheLateOrderAnInterruptOfTheSameClassWaitsForL1sEoi() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .pin(levelPin(GSI + 1, 0xa7))
                .causesAt(0)
                .levelDevice("ehci", GSI + 1, 20)
                .runFor(1000);

        assertThat(run.story(EventKind.LAPIC_ACCEPTED, EventKind.LAPIC_EOI, EventKind.NESTED_EXIT))
                .containsExactly(
                        "IRR 0xa1",
                        "reflect EXTERNAL_INTERRUPT 0xa1",
                        "IRR 0xa7",
                        "reflect MSR_WRITE 0xa1",
                        "L1 EOIs 0xa1",
                        "reflect EXTERNAL_INTERRUPT 0xa7",
                        "reflect INTERRUPT_WINDOW",
                        "reflect MSR_WRITE 0xa7",
                        "L1 EOIs 0xa7");
    }

    @Test
    void inTheEarlyOrderAnInterruptOfTheSameClassReachesL1WhileL2StillServicesTheFirst() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .pin(levelPin(GSI + 1, 0xa7))
                .causesAt(0)
                .levelDevice("ehci", GSI + 1, 20)
                .runFor(1000);

        assertThat(run.story(EventKind.LAPIC_ACCEPTED, EventKind.LAPIC_EOI, EventKind.NESTED_EXIT))
                .containsExactly(
                        "IRR 0xa1",
                        "reflect EXTERNAL_INTERRUPT 0xa1",
                        "L1 EOIs 0xa1",
                        "IRR 0xa7",
                        "reflect EXTERNAL_INTERRUPT 0xa7",
                        "L1 EOIs 0xa7",
                        "reflect MSR_WRITE 0xa1",
                        "reflect INTERRUPT_WINDOW",
                        "reflect MSR_WRITE 0xa7");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void l2sVirtualApicMergesTheRedundantDeliveriesOfAStormIntoOneSpuriousRunOfItsHandler() {
        OnEoiAsserted fiveAndAPause = new OnEoiAsserted.Throttled(5, 12_000, true, false);
        MachineFixture.Outcome run = new MachineFixture()
                .ioApic(Profiles.qemu20().withOnEoiAsserted(fiveAndAPause))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.count(EventKind.LAPIC_EOI)).isGreaterThan(10);
        assertThat(run.story(
                        EventKind.INTERRUPT_TAKEN, EventKind.DEVICE_SERVICED, EventKind.DEVICE_IDLE, EventKind.L2_EOI))
                .filteredOn(sentence -> !sentence.startsWith("L1"))
                .containsExactly(
                        "L2 takes 0xa1",
                        "device0 device-serviced",
                        "L2 ends 0xa1",
                        "L2 takes 0xa1",
                        "device0 device-idle",
                        "L2 ends 0xa1");
    }

    @Test
    void theTimeOfEachLevelIsWhatItSpentInGuestMode() {
        MachineFixture.Outcome run =
                new MachineFixture().flags(DISABLE).causesAt(0).runFor(1000);

        // L1: 4 us before VMRESUME, 2 us before its EOI, 1 us after it.
        assertThat(run.timed().machine().guestNanos(1)).isEqualTo(7_000);
        long outOfL2 = run.all(EventKind.VM_ENTRY, EventKind.VM_EXIT).stream()
                .mapToLong(event -> level(event) != 2
                        ? 0
                        : event.kind() == EventKind.VM_ENTRY ? -event.timeNanos() : event.timeNanos())
                .sum();
        assertThat(run.timed().machine().guestNanos(2))
                .isEqualTo(outOfL2 + run.timed().now());
    }

    private static long level(TraceEvent event) {
        return event.kind() == EventKind.VM_ENTRY ? event.b() : event.c();
    }
}
