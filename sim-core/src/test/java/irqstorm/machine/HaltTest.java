// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.DISABLE;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Verdict;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import org.junit.jupiter.api.Test;

/** A guest that waits in HLT, and what wakes it. */
class HaltTest {
    @Test
    void aHaltedL2IsWokenByTheInterruptAndExitsBeforeItRuns() {
        MachineFixture.Outcome run = new MachineFixture()
                .flags(DISABLE)
                .program(ProgramRole.BACKGROUND, run(1), step(StepKind.HALT))
                .causesAt(100)
                .runFor(1000);

        assertThat(run.story().subList(0, 5))
                .containsExactly("enter L2", "exit L2 HLT", "IRR 0xa1", "reflect EXTERNAL_INTERRUPT 0xa1", "enter L1");
        long kick = 1_000;
        long wakeUp = 500;
        assertThat(run.when("reflect EXTERNAL_INTERRUPT 0xa1")).containsExactly(102_000 + kick + wakeUp);
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aHaltedPlainGuestTakesTheInterruptAndGoesOnAfterTheHalt() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(run(2), service(), lapicEoi(EoiMechanism.MMIO))
                .program(ProgramRole.BACKGROUND, run(1), step(StepKind.HALT), run(7), step(StepKind.HALT))
                .causesAt(100)
                .runFor(1000);

        assertThat(run.when("exit L1 HLT")).hasSize(2).first().isEqualTo(1_000L);
        assertThat(run.when("L1 takes 0xa1")).containsExactly(102_000L + 1_000 + 500);
        long back = run.when("enter L1").get(run.when("enter L1").size() - 1);
        assertThat(run.when("exit L1 HLT").get(1)).isEqualTo(back + 7_000);
    }

    @Test
    void aHaltWithInterruptsOffIsNeverWoken() {
        MachineFixture.Outcome run = new MachineFixture()
                .plainGuest(run(2), service(), lapicEoi(EoiMechanism.MMIO))
                .program(ProgramRole.BACKGROUND, step(StepKind.CLI), step(StepKind.HALT), run(1))
                .causesAt(100)
                .runFor(1000);

        assertThat(run.story()).containsExactly("enter L1", "exit L1 HLT", "IRR 0xa1");
        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
    }
}
