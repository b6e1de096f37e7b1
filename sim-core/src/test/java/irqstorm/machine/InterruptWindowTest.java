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

import irqstorm.check.Verdict;
import irqstorm.event.EventKind;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import org.junit.jupiter.api.Test;

/** An L2 that cannot take an interrupt now: L1 asks for an exit as soon as it can (SDM volume 3, section 25.6.2). */
class InterruptWindowTest {
    @Test
    void anL2WithInterruptsOffRunsOnAndExitsInTheInstantOfItsSti() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .program(
                        ProgramRole.BACKGROUND,
                        step(StepKind.CLI),
                        run(50),
                        step(StepKind.STI),
                        step(StepKind.RUN_FOREVER))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.story())
                .containsSequence(
                        "exit L2 EXTERNAL_INTERRUPT",
                        "reflect EXTERNAL_INTERRUPT 0xa1",
                        "enter L1",
                        "exit L1 VMRESUME",
                        "resume L2",
                        "enter L2",
                        "exit L2 INTERRUPT_WINDOW",
                        "reflect INTERRUPT_WINDOW",
                        "enter L1",
                        "exit L1 VMRESUME",
                        "resume L2 injecting 0xa1",
                        "enter L2",
                        "L2 takes 0xa1");
        long left = run.when("exit L2 EXTERNAL_INTERRUPT").get(0);
        long back = run.when("enter L2").get(1);
        assertThat(run.when("exit L2 INTERRUPT_WINDOW")).containsExactly(50_000 + back - left);
    }

    @Test
    void aHandlerKeepsInterruptsOffUntilItReturns() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .program(ProgramRole.ON_INTERRUPT, run(30), service(), lapicEoi(EoiMechanism.MMIO), run(25))
                .pin(levelPin(GSI + 1, 0xb1))
                .causesAt(0)
                .levelDevice("ehci", GSI + 1, 20)
                .runFor(1000);

        assertThat(run.story(EventKind.INTERRUPT_TAKEN, EventKind.L2_EOI, EventKind.NESTED_EXIT))
                .containsExactly(
                        "reflect EXTERNAL_INTERRUPT 0xa1",
                        "L2 takes 0xa1",
                        "reflect EXTERNAL_INTERRUPT 0xb1",
                        "L2 ends 0xa1",
                        "reflect MSR_WRITE 0xa1",
                        "reflect INTERRUPT_WINDOW",
                        "L2 takes 0xb1",
                        "L2 ends 0xb1",
                        "reflect MSR_WRITE 0xb1");
        long afterItsEoi = run.when("enter L2").get(4);
        assertThat(run.when("exit L2 INTERRUPT_WINDOW")).containsExactly(afterItsEoi + 25_000);
    }

    @Test
    void aHandlerThatLetsInterruptsInIsInterruptedByAMoreUrgentOneOnly() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(ENABLE)
                .program(
                        ProgramRole.ON_INTERRUPT,
                        step(StepKind.STI),
                        run(40),
                        service(),
                        step(StepKind.CLI),
                        lapicEoi(EoiMechanism.MMIO))
                .pin(levelPin(GSI + 1, 0xb1))
                .pin(levelPin(GSI + 2, 0x51))
                .causesAt(0)
                .levelDevice("urgent", GSI + 1, 15)
                .levelDevice("patient", GSI + 2, 15)
                .runFor(1000);

        assertThat(run.story(EventKind.INTERRUPT_TAKEN, EventKind.L2_EOI))
                .filteredOn(sentence -> sentence.startsWith("L2"))
                .containsExactly(
                        "L2 takes 0xa1",
                        "L2 takes 0xb1",
                        "L2 ends 0xb1",
                        "L2 ends 0xa1",
                        "L2 takes 0x51",
                        "L2 ends 0x51");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void withoutApicvAPlainGuestThatLetsInterruptsInExitsOnItsInterruptWindow() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(run(5), service(), lapicEoi(EoiMechanism.MMIO))
                .withoutApicv()
                .program(
                        ProgramRole.BACKGROUND,
                        step(StepKind.CLI),
                        run(50),
                        step(StepKind.STI),
                        step(StepKind.RUN_FOREVER))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.story().subList(0, 5))
                .containsExactly("enter L1", "IRR 0xa1", "exit L1 INTERRUPT_WINDOW", "enter L1", "L1 takes 0xa1");
        assertThat(run.when("exit L1 INTERRUPT_WINDOW")).containsExactly(50_000L);
        assertThat(run.when("L1 takes 0xa1")).containsExactly(50_000L + 500 + 200);
    }

    @Test
    void withApicvItTakesTheInterruptInTheInstantOfItsStiWithoutAnyExit() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(run(5), service(), lapicEoi(EoiMechanism.MMIO))
                .program(
                        ProgramRole.BACKGROUND,
                        step(StepKind.CLI),
                        run(50),
                        step(StepKind.STI),
                        step(StepKind.RUN_FOREVER))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.story().subList(0, 3)).containsExactly("enter L1", "IRR 0xa1", "L1 takes 0xa1");
        assertThat(run.when("L1 takes 0xa1")).containsExactly(50_000L);
    }

    /**
     * L1 ends the highest interrupt in service whenever L2 ends one. If L2 keeps a more urgent interrupt out, that is not the one L2
     * ended: its device is asked again, and the EOI of the other one is never written.
     */
    @Test
    void inTheLateOrderAnL2ThatKeepsAMoreUrgentInterruptOutMakesL1EndTheWrongOne() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .pin(levelPin(GSI + 1, 0xb1))
                .causesAt(0)
                .levelDevice("urgent", GSI + 1, 20)
                .runFor(1000);

        assertThat(run.story(EventKind.NESTED_EXIT, EventKind.L2_EOI, EventKind.LAPIC_EOI))
                .containsExactly(
                        "reflect EXTERNAL_INTERRUPT 0xa1",
                        "reflect EXTERNAL_INTERRUPT 0xb1",
                        "L2 ends 0xa1",
                        "reflect MSR_WRITE 0xa1",
                        "L1 EOIs 0xb1",
                        "reflect EXTERNAL_INTERRUPT 0xb1",
                        "reflect INTERRUPT_WINDOW",
                        "L2 ends 0xb1",
                        "reflect MSR_WRITE 0xb1",
                        "L1 EOIs 0xb1");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
        assertThat(run.findings().reason()).contains("Pin 21", "0xa1", "without ending vector");
    }
}
