// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The xAPIC register page: reset values, what software may write, and the two bits that the flags are about. */
class LocalApicRegistersTest {
    private static final int SUPPRESS = LocalApic.SPIV_SUPPRESS_EOI_BROADCAST;
    private static final int ENABLED = LocalApic.SPIV_ENABLED;
    private static final long LVT_MASK = 1 << 16;

    private final LocalApic apic = new LocalApic(new StateStore(), LapicTraits.KVM, 3);

    @Test
    void afterResetTheApicIsSoftwareDisabledAndHoldsNothing() {
        assertThat(read(LapicRegister.ID)).isEqualTo(0x0300_0000L);
        assertThat(read(LapicRegister.SPIV)).isEqualTo(0xFF);
        assertThat(read(LapicRegister.DFR)).isEqualTo(0xFFFF_FFFFL);
        assertThat(read(LapicRegister.TPR)).isZero();
        assertThat(read(LapicRegister.PPR)).isZero();
        assertThat(read(LapicRegister.LDR)).isZero();
        assertThat(read(LapicRegister.ESR)).isZero();
        assertThat(read(LapicRegister.ICR)).isZero();
        assertThat(apic.requested().isEmpty()).isTrue();
        assertThat(apic.inService().isEmpty()).isTrue();
        assertThat(apic.triggerModes().isEmpty()).isTrue();
        assertThat(apic.isEnabled()).isFalse();
        assertThat(apic.suppressBit()).isFalse();
        everyLocalVectorReads(LVT_MASK);
    }

    @Test
    void aResetUndoesEverythingButTheId() {
        enable();
        write(LapicRegister.TPR, 0x70);
        write(LapicRegister.DFR, 0);
        write(LapicRegister.LDR, 0x0400_0000);
        write(LapicRegister.LVT_TIMER, 0xEF);
        write(LapicRegister.ICR, 0x51);
        apic.accept(0x91, TriggerMode.LEVEL);
        apic.accept(0xA1, TriggerMode.LEVEL);
        apic.acknowledge(0xA1);

        apic.reset(false);

        afterResetTheApicIsSoftwareDisabledAndHoldsNothing();
    }

    @Test
    void theVersionRegisterSaysVersion14SixLvtEntriesAndWhetherSuppressionIsSupported() {
        assertThat(apic.lvr()).isEqualTo(0x0005_0014);
        apic.reset(true);
        assertThat(apic.lvr()).isEqualTo(0x0105_0014);
        assertThat(read(LapicRegister.LVR)).isEqualTo(0x0105_0014L);
        apic.refreshVersion(false);
        assertThat(apic.lvr()).isEqualTo(0x0005_0014);
    }

    @Test
    void theVersionNumberIsTheTraitsAndCannotBeWritten() {
        LocalApic old =
                new LocalApic(new StateStore(), new LapicTraits(0x11, false, false, false, false, false, false), 0);
        assertThat(old.lvr()).isEqualTo(0x0005_0011);
        assertThat(old.write(LapicRegister.LVR.offset(), 0)).isEqualTo(RegisterWrite.IGNORED);
        assertThat(old.lvr()).isEqualTo(0x0005_0011);
    }

    @Test
    void kvmSpivRuleBit12IsDroppedWithoutAFaultWhileLvrBit24IsClear() {
        assertThat(write(LapicRegister.SPIV, SUPPRESS | ENABLED | 0xFF)).isEqualTo(RegisterWrite.DONE);
        assertThat(apic.spiv()).isEqualTo(ENABLED | 0xFF);
        assertThat(apic.suppressBit()).isFalse();
    }

    @Test
    void kvmSpivRuleBit12SticksWhileLvrBit24IsSet() {
        apic.reset(true);
        write(LapicRegister.SPIV, SUPPRESS | ENABLED | 0xFF);
        assertThat(apic.spiv()).isEqualTo(SUPPRESS | ENABLED | 0xFF);
        assertThat(apic.suppressBit()).isTrue();

        write(LapicRegister.SPIV, ENABLED | 0xFF);
        assertThat(apic.suppressBit()).isFalse();
    }

    @Test
    void kvmSpivRuleOnlyBits9To0AndBit12CanBeWritten() {
        apic.reset(true);
        write(LapicRegister.SPIV, 0xFFFF_FFFFL);
        assertThat(apic.spiv()).isEqualTo(0x13FF);
        apic.refreshVersion(false);
        write(LapicRegister.SPIV, 0xFFFF_FFFFL);
        assertThat(apic.spiv()).isEqualTo(0x03FF);
    }

    @Test
    void kvmSetLapicRestoresSpivWithoutSanitisingItSoBit12MayBeSetWhileLvrBit24IsClear() {
        apic.restoreSpiv(SUPPRESS | ENABLED | 0xFF);
        apic.refreshVersion(false);

        assertThat(apic.suppressBit()).isTrue();
        assertThat(apic.isEnabled()).isTrue();
        assertThat(apic.lvr() & LocalApic.LVR_SUPPRESS_EOI_BROADCAST).isZero();

        write(LapicRegister.SPIV, SUPPRESS | ENABLED | 0xFF);
        assertThat(apic.suppressBit())
                .as("the guest's next write loses the bit")
                .isFalse();
    }

    @Test
    void takingTheAdvertisementAwayLeavesABitThatIsSet() {
        apic.reset(true);
        write(LapicRegister.SPIV, SUPPRESS | ENABLED | 0xFF);
        apic.refreshVersion(false);
        assertThat(apic.suppressBit()).isTrue();
    }

    @Test
    void softwareDisablingMasksEveryLocalVectorAndEnablingDoesNotUnmask() {
        enable();
        for (LapicRegister register : LapicRegister.values()) {
            if (register.isLocalVector()) {
                write(register, 0xEF);
            }
        }
        everyLocalVectorReads(0xEF);
        write(LapicRegister.TIMER_INITIAL, 0xEF);
        write(LapicRegister.SPIV, 0xFF);
        everyLocalVectorReads(LVT_MASK | 0xEF);
        enable();
        everyLocalVectorReads(LVT_MASK | 0xEF);
        assertThat(read(LapicRegister.TIMER_INITIAL)).isEqualTo(0xEF);
    }

    @Test
    void whileSoftwareDisabledALocalVectorCannotBeUnmasked() {
        write(LapicRegister.LVT_LINT0, 0x700);
        assertThat(read(LapicRegister.LVT_LINT0)).isEqualTo(LVT_MASK | 0x700);
    }

    @ParameterizedTest
    @EnumSource(
            value = LapicRegister.class,
            names = {"LVR", "PPR", "ISR", "TMR", "IRR", "TIMER_CURRENT"})
    void readOnlyRegistersIgnoreWrites(LapicRegister register) {
        long before = read(register);
        assertThat(write(register, 0xFFFF_FFFFL)).isEqualTo(RegisterWrite.IGNORED);
        assertThat(read(register)).isEqualTo(before);
    }

    @Test
    void absentRegistersReadZeroAndIgnoreWrites() {
        for (int offset : new int[] {0x00, 0x10, 0x40, 0x84, 0xC0, 0x290, 0x3A0, 0x400, -16}) {
            assertThat(apic.write(offset, 0xFFFF_FFFFL)).isEqualTo(RegisterWrite.IGNORED);
            assertThat(apic.read(offset)).isZero();
        }
    }

    @Test
    void selfIpiDoesNotExistInXApicMode() {
        assertThat(write(LapicRegister.SELF_IPI, 0x51)).isEqualTo(RegisterWrite.IGNORED);
        assertThat(read(LapicRegister.SELF_IPI)).isZero();
    }

    @Test
    void kvmTprKeepsEightBits() {
        write(LapicRegister.TPR, 0x1_2345L);
        assertThat(read(LapicRegister.TPR)).isEqualTo(0x45);
    }

    @Test
    void cr8IsTprBits7To4AndWritingItClearsBits3To0() {
        write(LapicRegister.TPR, 0x9F);
        assertThat(apic.cr8()).isEqualTo(9);
        apic.writeCr8(0xC);
        assertThat(read(LapicRegister.TPR)).isEqualTo(0xC0);
        assertThat(apic.cr8()).isEqualTo(0xC);
        apic.writeCr8(0x13);
        assertThat(read(LapicRegister.TPR)).isEqualTo(0x30);
    }

    @Test
    void kvmLetsXApicSoftwareWriteTheIdInBits31To24() {
        write(LapicRegister.ID, 0x0712_3456L);
        assertThat(read(LapicRegister.ID)).isEqualTo(0x0700_0000L);
        assertThat(apic.id()).isEqualTo(7);
    }

    @Test
    void anIdOf255IsNotNegative() {
        LocalApic last = new LocalApic(new StateStore(), LapicTraits.KVM, 255);
        assertThat(last.id()).isEqualTo(255);
        assertThat(last.read(LapicRegister.ID.offset())).isEqualTo(0xFF00_0000L);
    }

    @Test
    void xApicLogicalIdKeepsBits31To24() {
        write(LapicRegister.LDR, 0xFFFF_FFFFL);
        assertThat(read(LapicRegister.LDR)).isEqualTo(0xFF00_0000L);
    }

    @Test
    void dfrLow28BitsAreForcedToOne() {
        write(LapicRegister.DFR, 0);
        assertThat(read(LapicRegister.DFR)).isEqualTo(0x0FFF_FFFFL);
        write(LapicRegister.DFR, 0xF000_0000L);
        assertThat(read(LapicRegister.DFR)).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void theCommandRegisterHasTwoHalvesAndTheLowOneSends() {
        assertThat(write(LapicRegister.ICR2, 0x0200_0000L)).isEqualTo(RegisterWrite.DONE);
        assertThat(write(LapicRegister.ICR, 0x8000_40F1L)).isEqualTo(RegisterWrite.COMMAND);
        assertThat(apic.command()).isEqualTo(0x0200_0000_8000_40F1L);
        assertThat(read(LapicRegister.ICR)).isEqualTo(0x8000_40F1L);
        assertThat(read(LapicRegister.ICR2)).isEqualTo(0x0200_0000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0x51, 0xFFFF_FFFFL})
    void theEoiRegisterTakesAnyValueInXApicModeAndReadsZero(long value) {
        assertThat(write(LapicRegister.EOI, value)).isEqualTo(RegisterWrite.END_OF_INTERRUPT);
        assertThat(read(LapicRegister.EOI)).isZero();
    }

    @Test
    void timerRegistersKeepWhatIsWrittenAndTheCurrentCountReadsZero() {
        write(LapicRegister.TIMER_INITIAL, 1000);
        write(LapicRegister.TIMER_DIVIDE, 0xB);
        assertThat(read(LapicRegister.TIMER_INITIAL)).isEqualTo(1000);
        assertThat(read(LapicRegister.TIMER_DIVIDE)).isEqualTo(0xB);
        assertThat(read(LapicRegister.TIMER_CURRENT)).isZero();
    }

    @Test
    void registersAreThirtyTwoBitsWide() {
        write(LapicRegister.TIMER_INITIAL, 0x1_FFFF_FFFFL);
        assertThat(read(LapicRegister.TIMER_INITIAL)).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void isrTmrAndIrrShowTheVectorsInEightRegisters() {
        enable();
        apic.accept(0x31, TriggerMode.EDGE);
        apic.accept(0xA1, TriggerMode.LEVEL);
        apic.accept(0xFF, TriggerMode.LEVEL);
        apic.acknowledge(0xFF);

        for (int word = 0; word < 8; word++) {
            long irr = word == 1 ? 1L << 0x11 : word == 5 ? 1L << 1 : 0;
            long tmr = word == 5 ? 1L << 1 : word == 7 ? 1L << 31 : 0;
            long isr = word == 7 ? 1L << 31 : 0;
            assertThat(apic.read(0x200 + 16 * word)).as("IRR %d", word).isEqualTo(irr);
            assertThat(apic.read(0x180 + 16 * word)).as("TMR %d", word).isEqualTo(tmr);
            assertThat(apic.read(0x100 + 16 * word)).as("ISR %d", word).isEqualTo(isr);
        }
    }

    private void everyLocalVectorReads(long value) {
        for (LapicRegister register : LapicRegister.values()) {
            if (register.isLocalVector()) {
                assertThat(read(register)).as("%s", register).isEqualTo(value);
            }
        }
    }

    private void enable() {
        write(LapicRegister.SPIV, ENABLED | 0xFF);
    }

    private long read(LapicRegister register) {
        return apic.read(register.offset());
    }

    private RegisterWrite write(LapicRegister register, long value) {
        return apic.write(register.offset(), value);
    }
}
