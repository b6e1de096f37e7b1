// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static irqstorm.apic.TriggerMode.EDGE;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicProfile.Edge;
import irqstorm.apic.IoApicProfile.MaskedEdge;
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

/** An edge-triggered pin: which calls count, and what a mask does to them. */
class IoApicEdgeTest {

    static Stream<IoApicProfile> profiles() {
        return Stream.of(Profiles.qemu20(), Profiles.kvmInKernel());
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void everyPulseIsOneInterruptAndNoneSetsRemoteIrr(IoApicProfile profile) {
        WiredIoApic chip = wired(profile);
        chip.pulse(4);
        chip.pulse(4);
        chip.pulse(4);
        assertThat(chip.notes()).containsExactly("pin 4 sends 0x51", "pin 4 sends 0x51", "pin 4 sends 0x51");
        assertThat(chip.remoteIrr(4)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void theMessageOfAnEdgeIsAnEdge(IoApicProfile profile) {
        WiredIoApic chip = wired(profile);
        chip.pulse(4);
        assertThat(InterruptMessage.isLevel(chip.lastMessage())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void anEoiDoesNothingToAnEdgePinThatIsHeldHigh(IoApicProfile profile) {
        WiredIoApic chip = wired(profile);
        chip.raise(4);
        chip.eoi(0x51);
        assertThat(chip.deliveries()).isEqualTo(1);
        assertThat(chip.chip().successiveEois(4)).isZero();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void anEdgeThatNobodyAcceptsIsLost(IoApicProfile profile) {
        WiredIoApic chip = wired(profile).answering(Delivery.REFUSED);
        chip.pulse(4);
        assertThat(chip.notes()).containsExactly("pin 4 sends 0x51", "pin 4 holds 0x51 back: EDGE_LOST");
        chip.answering(Delivery.ACCEPTED).unmask(4);
        assertThat(chip.notes()).containsExactly("pin 4 is written");
    }

    @Test
    void aMessageThatIsOnItsWayIsNotLost() {
        WiredIoApic chip = wired(Profiles.qemu20()).answering(Delivery.SENT);
        chip.pulse(4);
        assertThat(chip.notes()).containsExactly("pin 4 sends 0x51");
    }

    @ParameterizedTest
    @CsvSource({"PER_CALL, 3", "RISING_ONLY, 1"})
    void aCallThatRepeatsAHighLevelCountsUnlessOnlyRisesDo(Edge edge, int deliveries) {
        WiredIoApic chip = wired(Profiles.with(Profiles.qemu20(), edge));
        chip.raise(4);
        chip.raise(4);
        chip.raise(4);
        assertThat(chip.deliveries()).isEqualTo(deliveries);
        chip.lower(4);
        chip.raise(4);
        assertThat(chip.deliveries()).as("after a fall").isEqualTo(1);
    }

    @Test
    void qemuFiresAtEveryCallAndKvmAtRisesOnly() {
        assertThat(Profiles.qemu20().edge()).isEqualTo(Edge.PER_CALL);
        assertThat(Profiles.kvmInKernel().edge()).isEqualTo(Edge.RISING_ONLY);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void anEdgeOnAMaskedPinIsNotReplayedAtUnmasking(IoApicProfile profile) {
        WiredIoApic chip = wired(profile);
        chip.mask(4);
        chip.notes();
        chip.raise(4);
        assertThat(chip.notes()).containsExactly("pin 4 holds 0x51 back: EDGE_LOST");
        chip.unmask(4);
        assertThat(chip.deliveries()).isZero();
    }

    @Test
    void kvmCoalescesACallThatFindsTheEdgeOfAMaskedPinStillHigh() {
        WiredIoApic chip = wired(Profiles.kvmInKernel());
        chip.mask(4);
        chip.raise(4);
        chip.unmask(4);
        chip.raise(4);
        assertThat(chip.deliveries()).isZero();
        chip.lower(4);
        chip.raise(4);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({
        "LOST,              NONE,           0",
        "LOST,              LEVEL,          0",
        "LOST,              LEVEL_AND_EDGE, 1",
        "KEPT_NOT_REPLAYED, NONE,           0",
        "KEPT_NOT_REPLAYED, LEVEL,          0",
        "KEPT_NOT_REPLAYED, LEVEL_AND_EDGE, 1",
        "DEFERRED,          NONE,           0",
        "DEFERRED,          LEVEL,          1",
        "DEFERRED,          LEVEL_AND_EDGE, 1"
    })
    void whatBecomesOfAMaskedEdgeIsTheProfiles(MaskedEdge masked, ReEvaluate again, int deliveries) {
        WiredIoApic chip = wired(Profiles.with(Profiles.qemu20(), masked, rewriting(again)));
        chip.mask(4);
        chip.raise(4);
        chip.raise(4);
        chip.unmask(4);
        assertThat(chip.deliveries()).isEqualTo(deliveries);
        chip.lower(4);
        chip.mask(4);
        chip.unmask(4);
        assertThat(chip.deliveries()).as("a latched edge is delivered once").isZero();
    }

    @ParameterizedTest
    @EnumSource(MaskedEdge.class)
    void anEdgeThatWillComeLaterIsNotReportedAsLost(MaskedEdge masked) {
        WiredIoApic chip = wired(Profiles.with(Profiles.qemu20(), masked));
        chip.mask(4);
        chip.notes();
        chip.raise(4);
        assertThat(chip.notes())
                .containsExactly("pin 4 holds 0x51 back: " + (masked == MaskedEdge.DEFERRED ? "MASKED" : "EDGE_LOST"));
    }

    @ParameterizedTest
    @CsvSource({"KEPT_NOT_REPLAYED, 0", "DEFERRED, 1"})
    void aFallTakesALatchedEdgeBackUnlessItIsDeferred(MaskedEdge masked, int deliveries) {
        WiredIoApic chip = wired(Profiles.with(Profiles.qemu20(), masked));
        chip.mask(4);
        chip.pulse(4);
        chip.unmask(4);
        assertThat(chip.deliveries()).isEqualTo(deliveries);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void aHighPinThatBecomesEdgeTriggeredDoesNotFire(IoApicProfile profile) {
        WiredIoApic chip = wired(profile);
        chip.makeLevel(4);
        chip.mask(4);
        chip.raise(4);
        chip.writeLow(4, 0x51);
        assertThat(chip.deliveries()).isZero();
    }

    @Test
    void aHighPinThatBecomesLevelTriggeredIsAsserted() {
        WiredIoApic chip = wired(Profiles.kvmInKernel());
        chip.raise(4);
        chip.deliveries();
        chip.makeLevel(4);
        assertThat(chip.deliveries()).isEqualTo(1);
        assertThat(chip.remoteIrr(4)).isTrue();
    }

    @Test
    void aLowPinThatBecomesLevelTriggeredIsNotEvenIfAnEdgeWasLatched() {
        WiredIoApic chip = wired(Profiles.with(Profiles.qemu20(), MaskedEdge.DEFERRED));
        chip.mask(4);
        chip.pulse(4);
        chip.writeLow(4, 0x51 | RedirectionEntry.LEVEL);
        assertThat(chip.deliveries()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"IGNORED, true", "HONOURED, false"})
    void anActiveLowEdgeIsAFallWherePolarityIsHonoured(Polarity polarity, boolean onRise) {
        WiredIoApic chip = wired(Profiles.with(Profiles.kvmInKernel(), polarity));
        chip.raise(4);
        chip.deliveries();
        chip.writeLow(4, 0x51 | RedirectionEntry.ACTIVE_LOW);

        chip.lower(4);
        assertThat(chip.deliveries()).as("fall").isEqualTo(onRise ? 0 : 1);
        chip.raise(4);
        assertThat(chip.deliveries()).as("rise").isEqualTo(onRise ? 1 : 0);
        chip.raise(4);
        assertThat(chip.deliveries()).as("no change").isZero();
    }

    private static WiredIoApic wired(IoApicProfile profile) {
        return new WiredIoApic(profile).program(4, 0x51, EDGE);
    }

    private static RteWrite rewriting(ReEvaluate again) {
        return new RteWrite(RemoteIrrOnWrite.PRESERVE, true, again, false);
    }
}
