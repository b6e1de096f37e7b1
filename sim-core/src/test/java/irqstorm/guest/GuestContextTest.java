// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import irqstorm.apic.VectorSet;
import irqstorm.state.StateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuestContextTest {
    private final StateStore store = new StateStore();
    private final StateStore times = new StateStore();
    private final GuestContext context = new GuestContext(store, store);

    @Test
    void aNewContextDoesNothingWithInterruptsOn() {
        assertThat(context.depth()).isZero();
        assertThat(context.interruptFlag()).isTrue();
        assertThat(context.windowWanted()).isFalse();
        assertThat(context.isHandling(0x51)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ProgramRole.class)
    void aProgramBeginsAtItsFirstStepWithInterruptsOffUnlessItIsTheBackground(ProgramRole role) {
        context.begin(role, 0xA1);

        assertThat(context.depth()).isEqualTo(1);
        assertThat(context.role()).isEqualTo(role);
        assertThat(context.vector()).isEqualTo(0xA1);
        assertThat(context.step()).isZero();
        assertThat(context.part()).isZero();
        assertThat(context.hasBegun()).isFalse();
        assertThat(context.interruptFlag()).isEqualTo(role == ProgramRole.BACKGROUND);
    }

    @Test
    void aProgramMayHandleNoVectorTheFirstOrTheLast() {
        for (int vector : new int[] {VectorSet.NONE, 0, 255}) {
            context.begin(ProgramRole.ON_INTERRUPT, vector);
            assertThat(context.vector()).isEqualTo(vector);
            assertThat(context.isHandling(vector)).isTrue();
            context.end();
        }
    }

    @Test
    void anInterruptedHandlerGoesOnWhereItWasWithTheRestOfItsTime() {
        context.begin(ProgramRole.BACKGROUND, VectorSet.NONE);
        context.goTo(3);
        context.keepRemaining(45_000);

        context.begin(ProgramRole.ON_INTERRUPT, 0x51);
        assertThat(context.hasBegun()).isFalse();
        context.keepRemaining(700);
        context.nextPart();
        context.end();

        assertThat(context.role()).isEqualTo(ProgramRole.BACKGROUND);
        assertThat(context.step()).isEqualTo(3);
        assertThat(context.part()).isZero();
        assertThat(context.hasBegun()).isTrue();
        assertThat(context.remainingNanos()).isEqualTo(45_000);
    }

    @Test
    void theEndOfAHandlerRestoresTheInterruptFlagOfBefore() {
        context.begin(ProgramRole.BACKGROUND, VectorSet.NONE);
        context.begin(ProgramRole.ON_INTERRUPT, 0x51);
        context.begin(ProgramRole.ON_INTERRUPT, 0x61);
        context.end();
        assertThat(context.interruptFlag())
                .as("the outer handler ran with interrupts off")
                .isFalse();
        context.end();
        assertThat(context.interruptFlag())
                .as("the background ran with interrupts on")
                .isTrue();
    }

    @Test
    void aHandlerThatLetsInterruptsInIsFoundSoWhenTheNestedOneEnds() {
        context.begin(ProgramRole.ON_INTERRUPT, 0x51);
        context.setInterruptFlag(true);
        context.begin(ProgramRole.ON_INTERRUPT, 0x61);
        context.end();
        assertThat(context.interruptFlag()).isTrue();
    }

    @Test
    void goingToAStepStartsItAnewAndKeepsTheProgram() {
        context.begin(ProgramRole.L1_ON_INTERRUPT, 0xFF);
        context.nextPart();
        context.nextPart();
        context.keepRemaining(9);
        assertThat(context.part()).isEqualTo(2);

        context.goTo(GuestProgram.MAX_STEPS);

        assertThat(context.step()).isEqualTo(GuestProgram.MAX_STEPS);
        assertThat(context.part()).isZero();
        assertThat(context.hasBegun()).isFalse();
        assertThat(context.role()).isEqualTo(ProgramRole.L1_ON_INTERRUPT);
        assertThat(context.vector()).isEqualTo(0xFF);
        context.end();
        assertThat(context.interruptFlag()).as("the saved flag survived goTo").isTrue();
    }

    @Test
    void goingToAStepKeepsASavedFlagThatWasOff() {
        context.setInterruptFlag(false);
        context.begin(ProgramRole.L1_ON_INTERRUPT, 0x51);
        context.goTo(1);
        context.end();
        assertThat(context.interruptFlag()).isFalse();
    }

    @Test
    void partsAndStepsAreCountedSeparately() {
        context.begin(ProgramRole.ON_INTERRUPT, 0x51);
        context.goTo(7);
        for (int part = 1; part <= 300; part++) {
            context.nextPart();
            assertThat(context.part()).isEqualTo(part);
            assertThat(context.step()).isEqualTo(7);
            assertThat(context.vector()).isEqualTo(0x51);
        }
    }

    @Test
    void everyLevelOfNestingKeepsItsOwnTime() {
        for (int i = 0; i < GuestContext.MAX_DEPTH; i++) {
            context.begin(ProgramRole.ON_INTERRUPT, 16 + i);
            context.keepRemaining(1000 + i);
        }
        for (int i = GuestContext.MAX_DEPTH - 1; i >= 0; i--) {
            assertThat(context.vector()).isEqualTo(16 + i);
            assertThat(context.remainingNanos()).isEqualTo(1000 + i);
            context.end();
        }
        assertThat(context.depth()).isZero();
    }

    @Test
    void nestingBeyondTheLimitIsRefusedAndChangesNothing() {
        for (int i = 0; i < GuestContext.MAX_DEPTH; i++) {
            context.begin(ProgramRole.ON_INTERRUPT, 16 + i);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> context.begin(ProgramRole.ON_INTERRUPT, 0xF0))
                .withMessage("more than 20 interrupt handlers are nested");
        assertThat(context.depth()).isEqualTo(GuestContext.MAX_DEPTH);
        assertThat(context.vector()).isEqualTo(16 + GuestContext.MAX_DEPTH - 1);
    }

    @Test
    void aVectorIsBeingHandledWhileAnyLevelHandlesIt() {
        context.begin(ProgramRole.ON_INTERRUPT, 0x51);
        context.begin(ProgramRole.ON_INTERRUPT, 0x61);
        assertThat(context.isHandling(0x51)).isTrue();
        assertThat(context.isHandling(0x61)).isTrue();
        assertThat(context.isHandling(0x71)).isFalse();
        context.end();
        assertThat(context.isHandling(0x61)).isFalse();
    }

    @Test
    void theWishForAnInterruptWindowCanBeTakenBack() {
        context.setWindowWanted(true);
        assertThat(context.windowWanted()).isTrue();
        context.setWindowWanted(false);
        assertThat(context.windowWanted()).isFalse();
    }

    @Test
    void twoContextsInOneStoreDoNotTouchEachOther() {
        GuestContext other = new GuestContext(store, store);
        for (int i = 0; i < GuestContext.MAX_DEPTH; i++) {
            context.begin(ProgramRole.ON_INTERRUPT, 0x51);
            context.keepRemaining(1);
        }
        context.setWindowWanted(true);

        assertThat(other.depth()).isZero();
        assertThat(other.interruptFlag()).isTrue();
        assertThat(other.windowWanted()).isFalse();
        other.begin(ProgramRole.BACKGROUND, VectorSet.NONE);
        other.keepRemaining(2);
        assertThat(context.remainingNanos()).isEqualTo(1);
        assertThat(other.remainingNanos()).isEqualTo(2);
    }

    @Test
    void anEndedProgramLeavesNoTraceInTheState() {
        long before = store.fingerprint(0);
        context.begin(ProgramRole.ON_INTERRUPT, 0x51);
        context.goTo(2);
        context.nextPart();
        context.end();
        assertThat(store.fingerprint(0)).isEqualTo(before);
    }

    @Test
    void theRestOfAnInterruptedStepIsPartOfTheStateUntilItsProgramEnds() {
        long idle = store.fingerprint(0);
        context.begin(ProgramRole.ON_INTERRUPT, 0x51);
        context.keepRemaining(10);
        long before = store.fingerprint(0);
        context.keepRemaining(20);
        assertThat(store.fingerprint(0)).isNotEqualTo(before);
        assertThat(context.remainingNanos()).isEqualTo(20);
        context.end();
        assertThat(store.fingerprint(0)).isEqualTo(idle);
    }
}
