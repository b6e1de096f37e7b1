// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways to a local APIC's registers. */
class LapicAccessTest {
    private static final long PAGE = ApicBase.DEFAULT_ADDRESS;

    private final StateStore store = new StateStore();
    private final LocalApic apic = new LocalApic(store, LapicTraits.ARCHITECTURAL, 0x2A);
    private final LapicTimer timer = new LapicTimer(store, apic, 1);
    private final ApicBase base = new ApicBase(store, apic, true, true, 46);
    private final LapicAccess access = new LapicAccess(apic, timer, base);

    @BeforeEach
    void enable() {
        access.write(PAGE + 0xF0, 4, 0x1FF, 0);
    }

    @ParameterizedTest
    @CsvSource({"0x20,4,0x2a000000", "0x23,1,0x2a", "0x22,2,0x2a00", "0x21,1,0", "0x21,4,0", "0x20,5,0", "0x24,4,0"})
    void aReadInsideARegisterReadsItsBytes(String offset, int size, String value) {
        assertThat(access.read(PAGE + Integer.decode(offset), size, 0)).isEqualTo(Long.decode(value));
    }

    @ParameterizedTest
    @CsvSource({"0x310,4,DONE", "0x310,2,IGNORED", "0x311,4,IGNORED", "0x310,8,IGNORED"})
    void onlyAnAligned32BitWriteHasAnEffect(String offset, int size, RegisterWrite result) {
        assertThat(access.write(PAGE + Integer.decode(offset), size, 0xABAD_CAFEL, 0))
                .isEqualTo(result);
        assertThat(access.read(PAGE + 0x310, 4, 0)).isEqualTo(result == RegisterWrite.DONE ? 0xABAD_CAFEL : 0);
    }

    @Test
    void outsideThePageIsAllOnesAndNoRegister() {
        assertThat(access.isMapped(PAGE)).isTrue();
        assertThat(access.isMapped(PAGE + 0xFFF)).isTrue();
        assertThat(access.isMapped(PAGE - 1)).isFalse();
        assertThat(access.isMapped(PAGE + 0x1000)).isFalse();
        assertThat(access.read(PAGE + 0x1000, 4, 0)).isEqualTo(0xFFFF_FFFFL);
        assertThat(access.read(PAGE + 0x1000, 1, 0)).isEqualTo(0xFF);
        assertThat(access.read(PAGE + 0x1000, 8, 0)).isEqualTo(-1);
        assertThat(access.write(PAGE + 0x1000 + 0x80, 4, 0x50, 0)).isEqualTo(RegisterWrite.IGNORED);
    }

    @Test
    void thePageMovesWithItsBase() {
        base.write(0xFED4_0000L | ApicBase.BSP | ApicBase.EN);
        assertThat(access.isMapped(PAGE)).isFalse();
        assertThat(access.read(0xFED4_0020L, 4, 0)).isEqualTo(0x2A00_0000L);
        access.write(0xFED4_0080L, 4, 0x50, 0);
        assertThat(apic.cr8()).isEqualTo(5);
    }

    @Test
    void inX2ApicModeThereAreMsrsInsteadOfThePage() {
        base.write(base.read() | ApicBase.EXTD);
        assertThat(access.read(PAGE + 0x20, 4, 0)).isEqualTo(0xFFFF_FFFFL);
        assertThat(access.write(PAGE + 0x80, 4, 0x50, 0)).isEqualTo(RegisterWrite.IGNORED);
        assertThat(access.readMsr(0x802, 0)).hasValue(0x2A);
        assertThat(access.writeMsr(0x808, 0x50, 0)).isEqualTo(RegisterWrite.DONE);
        assertThat(apic.cr8()).isEqualTo(5);
        assertThat(access.readMsr(0x80E, 0)).isEmpty();
    }

    @Test
    void theBaseIsAnMsrInEveryMode() {
        assertThat(access.readMsr(ApicBase.MSR, 0)).hasValue(0xFEE0_0900L);
        assertThat(access.writeMsr(ApicBase.MSR, PAGE | 1, 0)).isEqualTo(RegisterWrite.FAULT);
        assertThat(access.writeMsr(ApicBase.MSR, PAGE | ApicBase.EN | ApicBase.EXTD, 0))
                .isEqualTo(RegisterWrite.DONE);
        assertThat(apic.mode()).isEqualTo(ApicMode.X2APIC);
    }

    @Test
    void theCurrentCountIsReadFromTheRunningTimerByEitherWay() {
        access.write(PAGE + 0x3E0, 4, 0xB, 0);
        access.write(PAGE + 0x380, 4, 1000, 0);
        assertThat(access.read(PAGE + 0x390, 4, 400)).isEqualTo(600);
        base.write(base.read() | ApicBase.EXTD);
        assertThat(access.readMsr(0x839, 500)).hasValue(500);
        access.writeMsr(0x838, 50, 500);
        assertThat(timer.expiry()).isEqualTo(550);
        access.writeMsr(0x83E, 0, 500);
        assertThat(timer.expiry()).isEqualTo(600);
        assertThat(access.writeMsr(0x838, 1L << 32, 500)).isEqualTo(RegisterWrite.FAULT);
        assertThat(timer.expiry()).isEqualTo(600);
    }

    @Test
    void deadlineModeDropsTheCountInX2ApicModeToo() {
        base.write(base.read() | ApicBase.EXTD);
        access.writeMsr(0x832, 2 << 17 | 0x40, 0);
        assertThat(access.writeMsr(0x838, 50, 0)).isEqualTo(RegisterWrite.IGNORED);
        assertThat(timer.mode()).isEqualTo(LapicTimer.Mode.TSC_DEADLINE);
    }

    @Test
    void aSelfIpiIsKnownByItsVector() {
        base.write(base.read() | ApicBase.EXTD);
        assertThat(access.writeMsr(0x83F, 0xF1, 0)).isEqualTo(RegisterWrite.SELF_IPI);
        assertThat(apic.selfIpiVector()).isEqualTo(0xF1);
        assertThat(access.writeMsr(0x83F, 0x1F1, 0)).isEqualTo(RegisterWrite.FAULT);
        assertThat(apic.selfIpiVector()).isEqualTo(0xF1);
    }

    @Test
    void theTimersRegistersKeepTheBitsTheyHave() {
        access.write(PAGE + 0x320, 4, 0xFFFF_FFFFL, 0);
        assertThat(access.read(PAGE + 0x320, 4, 0)).isEqualTo(0x7_00FF);
        access.write(PAGE + 0x3E0, 4, 0xFFFF_FFFFL, 0);
        assertThat(access.read(PAGE + 0x3E0, 4, 0)).isEqualTo(0xB);
    }

    @Test
    void kvmKeepsOnlyTheDestinationOfIcr2AndNobodyKeepsTheBusyBit() {
        LocalApic kvm = new LocalApic(store, LapicTraits.KVM, 0);
        kvm.write(0x310, 0xABAD_CAFEL);
        assertThat(kvm.read(0x310)).isEqualTo(0xAB00_0000L);
        assertThat(kvm.write(0x300, 0x50FE)).isEqualTo(RegisterWrite.COMMAND);
        assertThat(kvm.read(0x300)).isEqualTo(0x40FE);
        assertThat(kvm.command()).isEqualTo(0xAB00_0000_0000_40FEL);
    }
}
