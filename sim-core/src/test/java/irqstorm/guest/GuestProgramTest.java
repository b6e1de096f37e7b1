// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import irqstorm.random.DelayTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestProgramTest {
    private static final DelayTable TWO_MICROSECONDS = DelayTable.fixed(2_000);

    @Test
    void exactlyTheTimedKindsHaveADuration() {
        for (StepKind kind : StepKind.values()) {
            DelayTable right = kind.isTimed() ? TWO_MICROSECONDS : null;
            DelayTable wrong = kind.isTimed() ? null : TWO_MICROSECONDS;
            assertThat(new GuestStep(kind, 0, right, 0, 0).duration()).isSameAs(right);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new GuestStep(kind, 0, wrong, 0, 0))
                    .withMessage("step " + kind.label() + (kind.isTimed() ? " needs duration" : " takes no duration"));
        }
    }

    @Test
    void onlyRunTakesATime() {
        assertThat(StepKind.values()).filteredOn(StepKind::isTimed).containsExactly(StepKind.RUN);
        assertThat(GuestStep.run(TWO_MICROSECONDS).kind()).isEqualTo(StepKind.RUN);
        assertThat(GuestStep.run(TWO_MICROSECONDS).duration()).isSameAs(TWO_MICROSECONDS);
    }

    @Test
    void anUnconditionalStepIsAlwaysDone() {
        GuestStep step = GuestStep.of(StepKind.LAPIC_EOI, EoiMechanism.HYPERV_MSR.ordinal());
        assertThat(step.operand()).isEqualTo(EoiMechanism.HYPERV_MSR.ordinal());
        for (int holding = 0; holding < 8; holding++) {
            assertThat(step.applies(holding)).isTrue();
        }
    }

    @Test
    void aStepIsDoneIfAllItsConditionsHoldAndNoneOfThoseThatMustNot() {
        GuestStep step = GuestStep.of(StepKind.IOAPIC_EOI, 0)
                .when(Condition.LEVEL)
                .when(Condition.DIRECTED_EOI)
                .unless(Condition.SUPPRESSION_ADVERTISED);
        for (int holding = 0; holding < 8; holding++) {
            assertThat(step.applies(holding))
                    .as("conditions %s", Integer.toBinaryString(holding))
                    .isEqualTo(holding == (Condition.LEVEL.mask() | Condition.DIRECTED_EOI.mask()));
        }
    }

    @Test
    void oneExclusionIsEnoughToSkipAStep() {
        GuestStep step = GuestStep.of(StepKind.LAPIC_EOI, 0)
                .unless(Condition.DIRECTED_EOI)
                .unless(Condition.LEVEL);
        assertThat(step.applies(0)).isTrue();
        assertThat(step.applies(Condition.DIRECTED_EOI.mask())).isFalse();
        assertThat(step.applies(Condition.LEVEL.mask())).isFalse();
        assertThat(step.applies(Condition.SUPPRESSION_ADVERTISED.mask())).isTrue();
    }

    @Test
    void aConditionKeepsKindOperandAndDurationOfItsStep() {
        GuestStep step = GuestStep.run(TWO_MICROSECONDS).when(Condition.LEVEL).unless(Condition.DIRECTED_EOI);
        assertThat(step)
                .isEqualTo(new GuestStep(
                        StepKind.RUN, 0, TWO_MICROSECONDS, Condition.LEVEL.mask(), Condition.DIRECTED_EOI.mask()));
    }

    @Test
    void conditionsHaveBitsOfTheirOwn() {
        assertThat(Condition.values()).extracting(Condition::mask).containsExactly(1, 2, 4);
        assertThat(Condition.values())
                .extracting(Condition::label)
                .containsExactly("suppression-advertised", "directed-eoi", "level");
    }

    @Test
    void aProgramHasAtMostAThousandSteps() {
        GuestStep step = GuestStep.of(StepKind.STI, 0);
        assertThat(new GuestProgram(Collections.nCopies(1000, step)).steps()).hasSize(1000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GuestProgram(Collections.nCopies(1001, step)))
                .withMessage("1001 steps are more than 1000");
    }

    @Test
    void aProgramDoesNotChangeWithTheListItWasMadeOf() {
        List<GuestStep> steps = new ArrayList<>(List.of(GuestStep.of(StepKind.CLI, 0)));
        GuestProgram program = new GuestProgram(steps);
        steps.clear();
        assertThat(program).isEqualTo(GuestProgram.of(GuestStep.of(StepKind.CLI, 0)));
        assertThat(GuestProgram.EMPTY.steps()).isEmpty();
    }

    @Test
    void aGuestDoesNothingInASituationItHasNoProgramFor() {
        GuestProgram handler = GuestProgram.of(GuestStep.of(StepKind.LAPIC_EOI, 0));
        GuestProgram boot = GuestProgram.of(GuestStep.of(StepKind.READ_LVR, 0));
        Guest guest = new Guest(
                Guest.Nested.NONE,
                new GuestStart.Fresh(),
                Map.of(ProgramRole.ON_INTERRUPT, handler, ProgramRole.BOOT, boot));

        assertThat(guest.program(ProgramRole.ON_INTERRUPT)).isEqualTo(handler);
        assertThat(guest.program(ProgramRole.BACKGROUND)).isEqualTo(GuestProgram.EMPTY);
        assertThat(guest.inOrder().keySet()).containsExactly(ProgramRole.BOOT, ProgramRole.ON_INTERRUPT);
    }

    @Test
    void aResumedGuestBelievesInDirectedEoiOnlyIfItDidWhenItWasSaved() {
        int believer = new GuestStart.Resumed(0x11FF, true).beliefs();
        assertThat(believer).isEqualTo(Condition.SUPPRESSION_ADVERTISED.mask() | Condition.DIRECTED_EOI.mask());
        assertThat(new GuestStart.Resumed(0x11FF, false).beliefs()).isZero();
    }

    @Test
    void rolesSayWhoHasThemAndWhetherTheyHandleAnExit() {
        assertThat(ProgramRole.values())
                .filteredOn(ProgramRole::handlesExit)
                .containsExactly(
                        ProgramRole.L1_ON_EXTERNAL_INTERRUPT,
                        ProgramRole.L1_ON_L2_EOI,
                        ProgramRole.L1_ON_INTERRUPT_WINDOW);
        assertThat(ProgramRole.values())
                .filteredOn(ProgramRole::isNestedOnly)
                .containsExactly(
                        ProgramRole.L1_ON_EXTERNAL_INTERRUPT,
                        ProgramRole.L1_ON_L2_EOI,
                        ProgramRole.L1_ON_INTERRUPT_WINDOW,
                        ProgramRole.L1_ON_INTERRUPT);
    }

    @Test
    void labelsAreTheWordsOfScenarioFiles() {
        assertThat(ProgramRole.L1_ON_EXTERNAL_INTERRUPT.label()).isEqualTo("l1-on-external-interrupt");
        assertThat(StepKind.RESUME_L2.label()).isEqualTo("resume-l2");
        assertThat(EoiMechanism.values())
                .extracting(EoiMechanism::label)
                .containsExactly("mmio", "x2apic-msr", "hyperv-msr");
    }
}
