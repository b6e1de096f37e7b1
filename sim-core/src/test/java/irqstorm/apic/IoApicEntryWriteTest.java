// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicProfile.Polarity;
import irqstorm.apic.IoApicProfile.RteWrite;
import irqstorm.apic.IoApicProfile.RteWrite.ReEvaluate;
import irqstorm.apic.IoApicProfile.RteWrite.RemoteIrrOnWrite;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a write to a redirection entry does besides storing it. */
class IoApicEntryWriteTest {
    private static final long REMOTE_IRR = RedirectionEntry.REMOTE_IRR;

    static Stream<IoApicProfile> profiles() {
        return Stream.of(Profiles.qemu20(), Profiles.qemu11(), Profiles.kvmInKernel());
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void remoteIrrAndDeliveryStatusCannotBeWritten(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.writeLow(21, 0xFFFF_FFFFL & ~RedirectionEntry.MASKED);
        assertThat(chip.chip().entry(21) & RedirectionEntry.READ_ONLY).isZero();

        chip = WiredIoApic.inService(profile);
        chip.writeLow(21, RedirectionEntry.LEVEL | 0xA1);
        assertThat(chip.remoteIrr(21)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void becomingEdgeTriggeredClearsRemoteIrrWhichIsThePseudoEoiOfVersion0x11(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.inService(profile);
        chip.raise(21);
        chip.notes();

        chip.writeLow(21, RedirectionEntry.MASKED | 0xA1);
        assertThat(chip.notes()).containsExactly("pin 21 clears Remote IRR of 0xa1", "pin 21 is written");
        chip.writeLow(21, RedirectionEntry.LEVEL | 0xA1);
        assertThat(chip.notes())
                .startsWith("pin 21 is written")
                .contains("pin 21 sends 0xa1")
                .hasSize(3);
    }

    @Test
    void becomingEdgeTriggeredMayKeepRemoteIrr() {
        WiredIoApic chip = WiredIoApic.inService(Profiles.with(
                Profiles.qemu20(), new RteWrite(RemoteIrrOnWrite.PRESERVE, false, ReEvaluate.LEVEL, false)));
        chip.makeEdge(21);
        assertThat(chip.remoteIrr(21)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void theHighHalfLeavesRemoteIrrAndTheLine(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.inService(profile);
        chip.chip().writeEntry(21, true, 0xFFFF_FFFFL);
        assertThat(chip.chip().entry(21)).isEqualTo(0xFFFF_FFFF_0000_C0A1L);
        assertThat(chip.notes()).containsExactly("pin 21 is written");
    }

    @ParameterizedTest(name = "{0}: low half {1}, high half {2}")
    @CsvSource({"PRESERVE, true, true", "ZERO, false, true", "GUEST_WRITABLE, false, true"})
    void remoteIrrIsKeptOrLostByAWriteOfZeroToIt(RemoteIrrOnWrite rule, boolean afterLow, boolean afterHigh) {
        WiredIoApic low = WiredIoApic.inService(rewriting(rule, ReEvaluate.LEVEL));
        low.writeLow(21, RedirectionEntry.LEVEL | 0xA1);
        assertThat(low.remoteIrr(21)).isEqualTo(afterLow);

        WiredIoApic high = WiredIoApic.inService(rewriting(rule, ReEvaluate.LEVEL));
        high.chip().writeEntry(21, true, 0x0100_0000L);
        assertThat(high.remoteIrr(21)).isEqualTo(afterHigh);
    }

    @ParameterizedTest
    @CsvSource({"PRESERVE, false", "ZERO, false", "GUEST_WRITABLE, true"})
    void remoteIrrCanBeSetBySoftwareOnlyWhereItIsWritable(RemoteIrrOnWrite rule, boolean set) {
        WiredIoApic chip = WiredIoApic.level(rewriting(rule, ReEvaluate.LEVEL));
        chip.writeLow(21, RedirectionEntry.LEVEL | REMOTE_IRR | 0xA1);
        assertThat(chip.remoteIrr(21)).isEqualTo(set);
        chip.deliveries();
        chip.raise(21);
        assertThat(chip.deliveries()).isEqualTo(set ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"PRESERVE, true", "ZERO, false", "GUEST_WRITABLE, true"})
    void aWriteOfOneToASetRemoteIrrKeepsItUnlessWritesZeroIt(RemoteIrrOnWrite rule, boolean kept) {
        WiredIoApic chip = WiredIoApic.inService(rewriting(rule, ReEvaluate.LEVEL));
        chip.writeLow(21, RedirectionEntry.LEVEL | REMOTE_IRR | 0xA1);
        assertThat(chip.remoteIrr(21)).isEqualTo(kept);
    }

    @Test
    void anyWriteOfTheLowHalfIsAnEarlyEoiWhereItZeroesRemoteIrr() {
        WiredIoApic chip = WiredIoApic.level(rewriting(RemoteIrrOnWrite.ZERO, ReEvaluate.LEVEL));
        chip.raise(21);
        chip.deliveries();
        chip.writeLow(21, RedirectionEntry.LEVEL | 0xA1);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0", "LEVEL, 1", "LEVEL_AND_EDGE, 1"})
    void anAssertedLevelIsServicedAfterTheWriteUnlessTheModelDoesNotLook(ReEvaluate again, int deliveries) {
        WiredIoApic chip = WiredIoApic.level(rewriting(RemoteIrrOnWrite.PRESERVE, again));
        chip.mask(21);
        chip.raise(21);
        chip.unmask(21);
        assertThat(chip.deliveries()).isEqualTo(deliveries);
    }

    @Test
    void qemuServicesEveryPinAfterAWriteOfOne() {
        WiredIoApic chip = WiredIoApic.level(
                Profiles.with(Profiles.qemu20(), new IoApicProfile.OnEoiAsserted.Throttled(1, 1000, true, false)));
        chip.raise(21);
        chip.eoi(0xA1);
        chip.deliveries();
        chip.unmask(3);
        assertThat(chip.deliveries()).as("the pause of pin 21 is over").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(ReEvaluate.class)
    void aPinInServiceIsNotServicedAgainByAWrite(ReEvaluate again) {
        WiredIoApic chip = WiredIoApic.level(rewriting(RemoteIrrOnWrite.PRESERVE, again));
        chip.raise(21);
        chip.deliveries();
        chip.unmask(21);
        assertThat(chip.deliveries()).isZero();
    }

    @Test
    void theFarSideLearnsTheEntryBeforeItIsServicedByIt() {
        WiredIoApic chip = WiredIoApic.level(Profiles.qemu20());
        chip.mask(21);
        chip.raise(21);
        chip.notes();
        chip.writeLow(21, RedirectionEntry.LEVEL | 0xB1);
        assertThat(chip.notes())
                .containsExactly("pin 21 is written", "pin 21 sets Remote IRR of 0xb1", "pin 21 sends 0xb1");
    }

    @Test
    void anActiveLowLevelIsAssertedWhileTheLineIsLowWherePolarityIsHonoured() {
        WiredIoApic chip = WiredIoApic.level(Profiles.with(Profiles.qemu20(), Polarity.HONOURED));
        chip.mask(21);
        chip.raise(21);
        chip.writeLow(21, RedirectionEntry.LEVEL | RedirectionEntry.ACTIVE_LOW | 0xA1);
        assertThat(chip.deliveries()).as("high is inactive").isZero();
        chip.raise(21);
        assertThat(chip.deliveries()).isZero();
        chip.lower(21);
        assertThat(chip.deliveries()).isEqualTo(1);
        chip.eoi(0xA1);
        assertThat(chip.deliveries()).as("still low").isEqualTo(1);
        chip.raise(21);
        chip.eoi(0xA1);
        assertThat(chip.deliveries()).isZero();
    }

    @Test
    void aLowLineIsAssertedFromTheMomentItsPolarityIsProgrammedWherePolarityIsHonoured() {
        WiredIoApic chip = new WiredIoApic(Profiles.with(Profiles.qemu20(), Polarity.HONOURED));
        chip.writeLow(21, RedirectionEntry.LEVEL | RedirectionEntry.ACTIVE_LOW | 0xA1);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    @Test
    void activeLowChangesNothingWherePolarityIsIgnored() {
        WiredIoApic chip = WiredIoApic.level(Profiles.qemu20());
        chip.writeLow(21, RedirectionEntry.LEVEL | RedirectionEntry.ACTIVE_LOW | 0xA1);
        assertThat(chip.deliveries()).isZero();
        chip.raise(21);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    private static IoApicProfile rewriting(RemoteIrrOnWrite rule, ReEvaluate again) {
        return Profiles.with(Profiles.qemu20(), new RteWrite(rule, true, again, false));
    }
}
