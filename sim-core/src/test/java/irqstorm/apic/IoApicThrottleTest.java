// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static irqstorm.apic.TriggerMode.LEVEL;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The storm throttle of QEMU and KVM: so many EOIs in a row that find the line asserted, and the next delivery waits. */
class IoApicThrottleTest {
    private static final int LIMIT = 5;
    private static final long PAUSE_NANOS = 1_000;

    static Stream<IoApicProfile> throttled() {
        return Stream.of(
                Profiles.with(Profiles.qemu20(), new OnEoiAsserted.Throttled(LIMIT, PAUSE_NANOS, true, false)),
                Profiles.with(Profiles.kvmInKernel(), new OnEoiAsserted.Throttled(LIMIT, PAUSE_NANOS, false, false)));
    }

    static Stream<IoApicProfile> real() {
        return Stream.of(Profiles.qemu20(), Profiles.kvmInKernel());
    }

    @ParameterizedTest
    @MethodSource("real")
    void qemuAndKvmPauseTenMillisecondsAfterTenThousandDeliveries(IoApicProfile profile) {
        WiredIoApic chip = asserted(profile);
        for (int eoi = 1; eoi < 10_000; eoi++) {
            chip.eoi(0xA1);
        }
        assertThat(chip.deliveries()).isEqualTo(10_000);
        assertThat(chip.chip().successiveEois(21)).isEqualTo(9_999);
        chip.notes();

        chip.eoi(0xA1);
        assertThat(chip.notes())
                .containsExactly("pin 21 clears Remote IRR of 0xa1", "pin 21 pauses 0xa1 for 10000000 ns");
    }

    @ParameterizedTest
    @MethodSource("throttled")
    void afterThePauseThePinDeliversAndTheCountStartsAnew(IoApicProfile profile) {
        WiredIoApic chip = asserted(profile);
        for (int round = 0; round < 3; round++) {
            for (int eoi = 1; eoi < LIMIT; eoi++) {
                chip.eoi(0xA1);
                assertThat(chip.chip().successiveEois(21)).isEqualTo(eoi);
            }
            assertThat(chip.deliveries()).isEqualTo(LIMIT);
            chip.eoi(0xA1);
            assertThat(chip.deliveries()).isZero();
            assertThat(chip.chip().successiveEois(21)).isZero();
            assertThat(chip.remoteIrr(21)).isFalse();
            chip.chip().throttleExpired();
            assertThat(chip.remoteIrr(21)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("throttled")
    void aLineThatFellDuringThePauseIsNotDelivered(IoApicProfile profile) {
        WiredIoApic chip = paused(profile);
        chip.lower(21);
        chip.chip().throttleExpired();
        assertThat(chip.deliveries()).isZero();
    }

    @ParameterizedTest
    @MethodSource("throttled")
    void aPinThatWasMaskedDuringThePauseIsDeliveredAtUnmasking(IoApicProfile profile) {
        WiredIoApic chip = paused(profile);
        chip.mask(21);
        chip.chip().throttleExpired();
        assertThat(chip.deliveries()).isZero();
        chip.unmask(21);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("throttled")
    void aFreshCallDuringThePauseDeliversAtOnceAndTheTimerThenFindsNothingToDo(IoApicProfile profile) {
        WiredIoApic chip = paused(profile);
        chip.raise(21);
        assertThat(chip.deliveries()).isEqualTo(1);
        chip.chip().throttleExpired();
        assertThat(chip.deliveries()).isZero();
    }

    @ParameterizedTest
    @MethodSource("throttled")
    void oneTimerServesEveryLevelPinThatIsAssertedAndNotInService(IoApicProfile profile) {
        WiredIoApic chip = paused(profile);
        chip.program(5, 0x51, LEVEL).answering(Delivery.ACCEPTED);
        chip.program(6, 0x52, TriggerMode.EDGE);
        chip.lower(21);
        chip.raise(21);
        chip.raise(5);
        chip.raise(6);
        for (int eoi = 0; eoi < LIMIT; eoi++) {
            chip.eoi(0x51);
            chip.eoi(0xA1);
        }
        assertThat(chip.remoteIrr(5)).isFalse();
        assertThat(chip.remoteIrr(21)).isFalse();
        chip.notes();

        chip.chip().throttleExpired();
        assertThat(chip.notes())
                .contains("pin 5 sends 0x51", "pin 21 sends 0xa1")
                .doesNotContain("pin 6 sends 0x52")
                .hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("throttled")
    void everyPinHasItsOwnCount(IoApicProfile profile) {
        WiredIoApic chip = asserted(profile);
        chip.program(5, 0x51, LEVEL);
        chip.raise(5);
        chip.eoi(0xA1);
        chip.eoi(0xA1);
        chip.eoi(0x51);
        assertThat(chip.chip().successiveEois(21)).isEqualTo(2);
        assertThat(chip.chip().successiveEois(5)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("throttled")
    void anEoiThatFindsTheLineLowSetsTheCountToZero(IoApicProfile profile) {
        WiredIoApic chip = asserted(profile);
        chip.eoi(0xA1);
        chip.eoi(0xA1);
        chip.lower(21);
        assertThat(chip.chip().successiveEois(21)).as("the fall alone does not").isEqualTo(2);
        chip.eoi(0xA1);
        assertThat(chip.chip().successiveEois(21)).isZero();
    }

    @ParameterizedTest
    @MethodSource("throttled")
    void anEoiThatFindsThePinMaskedSetsTheCountToZero(IoApicProfile profile) {
        WiredIoApic chip = asserted(profile);
        chip.eoi(0xA1);
        chip.mask(21);
        chip.eoi(0xA1);
        assertThat(chip.chip().successiveEois(21)).isZero();
        assertThat(chip.chip().isLineHigh(21)).isTrue();
    }

    @Test
    void qemuSetsTheCountToZeroWhenTheEntryIsWrittenEitherHalf() {
        for (boolean high : new boolean[] {true, false}) {
            WiredIoApic chip = asserted(throttled().findFirst().orElseThrow());
            chip.eoi(0xA1);
            chip.eoi(0xA1);
            long entry = chip.chip().entry(21);
            chip.chip().writeEntry(21, high, high ? entry >>> 32 : entry & 0xFFFF_FFFFL);
            assertThat(chip.chip().successiveEois(21)).isZero();
        }
    }

    @Test
    void qemuKeepsTheCountWhenAnotherEntryIsWritten() {
        WiredIoApic chip = asserted(throttled().findFirst().orElseThrow());
        chip.eoi(0xA1);
        chip.program(5, 0x51, LEVEL);
        assertThat(chip.chip().successiveEois(21)).isEqualTo(1);
    }

    @Test
    void kvmKeepsTheCountWhenTheEntryIsWritten() {
        WiredIoApic chip = asserted(throttled().skip(1).findFirst().orElseThrow());
        chip.eoi(0xA1);
        chip.eoi(0xA1);
        chip.unmask(21);
        assertThat(chip.chip().successiveEois(21)).isEqualTo(2);
    }

    @Test
    void qemuDoesNotCountAnEoiThatFindsRemoteIrrClear() {
        WiredIoApic chip = paused(throttled().findFirst().orElseThrow());
        chip.eoi(0xA1);
        chip.eoi(0xA1);
        assertThat(chip.notes()).isEmpty();
        assertThat(chip.chip().successiveEois(21)).isZero();
    }

    @Test
    void kvmCountsAnEoiWhateverRemoteIrrIsAndDeliversSoThePauseLeaks() {
        WiredIoApic chip = paused(throttled().skip(1).findFirst().orElseThrow());
        chip.eoi(0xA1);
        assertThat(chip.notes()).containsExactly("pin 21 sends 0xa1", "pin 21 sets Remote IRR of 0xa1");
        assertThat(chip.chip().successiveEois(21)).isEqualTo(1);
    }

    @Test
    void aLimitOfOneNeverDeliversAtOnce() {
        WiredIoApic chip =
                asserted(Profiles.with(Profiles.qemu20(), new OnEoiAsserted.Throttled(1, PAUSE_NANOS, true, false)));
        chip.deliveries();
        chip.eoi(0xA1);
        assertThat(chip.deliveries()).isZero();
        assertThat(chip.notes()).endsWith("pin 21 pauses 0xa1 for 1000 ns");
    }

    private static WiredIoApic asserted(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.raise(21);
        return chip;
    }

    /** Its line is high, Remote IRR is clear, and it waits for the timer. */
    private static WiredIoApic paused(IoApicProfile profile) {
        WiredIoApic chip = asserted(profile);
        for (int eoi = 0; eoi < LIMIT; eoi++) {
            chip.eoi(0xA1);
        }
        assertThat(chip.notes()).endsWith("pin 21 pauses 0xa1 for 1000 ns");
        chip.deliveries();
        return chip;
    }
}
