// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The timer behind its registers; the bus clock ticks every two nanoseconds. */
class LapicTimerTest {
    private static final long PERIODIC = 1 << 17;
    private static final long DEADLINE = 2 << 17;
    private static final long MASKED = 1 << 16;

    private final StateStore store = new StateStore();
    private final LocalApic apic = new LocalApic(store, LapicTraits.KVM, 0);
    private final LapicTimer timer = new LapicTimer(store, apic, 2);
    private final LapicAccess access = new LapicAccess(apic, timer, new ApicBase(store, apic, true, true, 40));

    @BeforeEach
    void enable() {
        write(LapicRegister.SPIV, 0x1FF, 0);
        write(LapicRegister.TIMER_DIVIDE, 0xB, 0);
    }

    private RegisterWrite write(LapicRegister register, long value, long now) {
        return access.write(ApicBase.DEFAULT_ADDRESS + register.offset(), 4, value, now);
    }

    @ParameterizedTest
    @CsvSource({"0,2", "1,4", "2,8", "3,16", "8,32", "9,64", "10,128", "11,1"})
    void theDividerIsThatOfTheManual(int code, int divider) {
        write(LapicRegister.TIMER_DIVIDE, code, 0);
        assertThat(timer.tickNanos()).isEqualTo(2L * divider);
    }

    @Test
    void oneShotExpiresOnceAfterItsCount() {
        write(LapicRegister.LVT_TIMER, 0x40, 0);
        write(LapicRegister.TIMER_INITIAL, 100, 1000);
        assertThat(timer.mode()).isEqualTo(LapicTimer.Mode.ONE_SHOT);
        assertThat(timer.expiry()).isEqualTo(1200);
        assertThat(timer.currentCount(1000)).isEqualTo(100);
        assertThat(timer.currentCount(1100)).isEqualTo(50);
        assertThat(timer.currentCount(1199)).isZero();
        timer.expire();
        assertThat(apic.requested().contains(0x40)).isTrue();
        assertThat(apic.triggerModes().contains(0x40)).isFalse();
        assertThat(timer.expiry()).isEqualTo(LapicTimer.NEVER);
        assertThat(timer.currentCount(1200)).isZero();
    }

    @Test
    void periodicStartsOver() {
        write(LapicRegister.LVT_TIMER, PERIODIC | 0x40, 0);
        write(LapicRegister.TIMER_INITIAL, 100, 0);
        timer.expire();
        assertThat(timer.expiry()).isEqualTo(400);
        assertThat(timer.currentCount(250)).isEqualTo(75);
    }

    @Test
    void aMaskedEntryKeepsTheInterruptBackButNotTheCount() {
        write(LapicRegister.LVT_TIMER, PERIODIC | MASKED | 0x40, 0);
        write(LapicRegister.TIMER_INITIAL, 100, 0);
        timer.expire();
        assertThat(apic.requested().isEmpty()).isTrue();
        assertThat(timer.expiry()).isEqualTo(400);
    }

    @Test
    void aCountOfZeroStops() {
        write(LapicRegister.TIMER_INITIAL, 100, 0);
        write(LapicRegister.TIMER_INITIAL, 0, 10);
        assertThat(timer.expiry()).isEqualTo(LapicTimer.NEVER);
        assertThat(timer.currentCount(10)).isZero();
    }

    @Test
    void switchingBetweenOneShotAndPeriodicKeepsCounting() {
        write(LapicRegister.LVT_TIMER, 0x40, 0);
        write(LapicRegister.TIMER_INITIAL, 100, 0);
        write(LapicRegister.LVT_TIMER, PERIODIC | 0x40, 50);
        assertThat(timer.expiry()).isEqualTo(200);
        assertThat(access.read(ApicBase.DEFAULT_ADDRESS + 0x380, 4, 50)).isEqualTo(100);
        timer.expire();
        assertThat(timer.expiry()).isEqualTo(400);
    }

    @Test
    void switchingToOrFromTheDeadlineStops() {
        write(LapicRegister.TIMER_INITIAL, 100, 0);
        write(LapicRegister.LVT_TIMER, DEADLINE | 0x40, 50);
        assertThat(timer.expiry()).isEqualTo(LapicTimer.NEVER);
        assertThat(apic.read(LapicRegister.TIMER_INITIAL.offset())).isZero();
        access.writeMsr(LapicAccess.TSC_DEADLINE_MSR, 5000, 60);
        assertThat(timer.expiry()).isEqualTo(5000);
        write(LapicRegister.LVT_TIMER, 0x40, 70);
        assertThat(timer.expiry()).isEqualTo(LapicTimer.NEVER);
        assertThat(timer.deadline()).isZero();
    }

    @Test
    void theDeadlineIsReadUntilItPassesAndZeroDisarms() {
        write(LapicRegister.LVT_TIMER, DEADLINE | 0x41, 0);
        access.writeMsr(LapicAccess.TSC_DEADLINE_MSR, 5000, 0);
        assertThat(access.readMsr(LapicAccess.TSC_DEADLINE_MSR, 1)).hasValue(5000);
        assertThat(timer.currentCount(1)).isZero();
        timer.expire();
        assertThat(apic.requested().contains(0x41)).isTrue();
        assertThat(access.readMsr(LapicAccess.TSC_DEADLINE_MSR, 5000)).hasValue(0);
        access.writeMsr(LapicAccess.TSC_DEADLINE_MSR, 9000, 5000);
        access.writeMsr(LapicAccess.TSC_DEADLINE_MSR, 0, 5000);
        assertThat(timer.expiry()).isEqualTo(LapicTimer.NEVER);
    }

    @Test
    void outsideDeadlineModeTheMsrIsDroppedAndInsideItTheCountIs() {
        access.writeMsr(LapicAccess.TSC_DEADLINE_MSR, 5000, 0);
        assertThat(timer.deadline()).isZero();
        write(LapicRegister.LVT_TIMER, DEADLINE | 0x40, 0);
        assertThat(write(LapicRegister.TIMER_INITIAL, 100, 0)).isEqualTo(RegisterWrite.IGNORED);
        assertThat(timer.expiry()).isEqualTo(LapicTimer.NEVER);
    }

    @Test
    void anotherDividerGivesTheRestOfTheCountAnotherTime() {
        write(LapicRegister.LVT_TIMER, PERIODIC | 0x40, 0);
        write(LapicRegister.TIMER_INITIAL, 100, 0);
        write(LapicRegister.TIMER_DIVIDE, 0, 100);
        assertThat(timer.expiry()).isEqualTo(100 + 50 * 4);
        assertThat(timer.currentCount(100)).isEqualTo(50);
        timer.expire();
        assertThat(timer.expiry()).isEqualTo(300 + 400);
    }

    @Test
    void aRestoredExpiryBeyondTheCountReadsAsTheWholeCount() {
        apic.restore(LapicRegister.TIMER_INITIAL, 0x1_0000);
        timer.restore(100_000_000_000L);
        assertThat(timer.currentCount(1)).isEqualTo(0x1_0000);
        assertThat(timer.expiry()).isEqualTo(100_000_000_000L);
    }

    @Test
    void aResetStopsIt() {
        write(LapicRegister.TIMER_INITIAL, 100, 0);
        timer.reset();
        assertThat(timer.expiry()).isEqualTo(LapicTimer.NEVER);
    }
}
