// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static irqstorm.apic.TriggerMode.LEVEL;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicOutput.Delivery;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A level-triggered pin of QEMU's and KVM's I/O APICs, from its line's rise to its EOI. */
class IoApicLevelTest {

    static Stream<IoApicProfile> profiles() {
        return Stream.of(Profiles.qemu20(), Profiles.qemu11(), Profiles.kvmInKernel());
    }

    @Test
    void qemuSetsRemoteIrrBeforeItSends() {
        WiredIoApic chip = WiredIoApic.level(Profiles.qemu20());
        chip.raise(21);
        assertThat(chip.notes()).containsExactly("pin 21 sets Remote IRR of 0xa1", "pin 21 sends 0xa1");
    }

    @Test
    void kvmSetsRemoteIrrWhenALocalApicHasAccepted() {
        WiredIoApic chip = WiredIoApic.level(Profiles.kvmInKernel());
        chip.raise(21);
        assertThat(chip.notes()).containsExactly("pin 21 sends 0xa1", "pin 21 sets Remote IRR of 0xa1");
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void aLineThatFallsRetractsNothing(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.raise(21);
        chip.notes();
        chip.lower(21);
        assertThat(chip.notes()).isEmpty();
        assertThat(chip.remoteIrr(21)).isTrue();
        assertThat(chip.chip().isLineHigh(21)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void remoteIrrHoldsTheNextDeliveryBackUntilTheEoi(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.raise(21);
        chip.lower(21);
        chip.notes();

        chip.raise(21);
        assertThat(chip.notes()).containsExactly("pin 21 holds 0xa1 back: REMOTE_IRR");

        chip.eoi(0xA1);
        assertThat(chip.deliveries()).as("the first, and the one that waited").isEqualTo(2);
        assertThat(chip.remoteIrr(21)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void oneOfSeveralSourcesThatAssertsAgainIsHeldBackToo(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.raise(21);
        chip.raise(21);
        chip.raise(21);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void anEoiThatFindsTheLineLowEndsTheInterrupt(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.raise(21);
        chip.lower(21);
        chip.notes();
        chip.eoi(0xA1);
        assertThat(chip.notes()).containsExactly("pin 21 clears Remote IRR of 0xa1");
        assertThat(chip.remoteIrr(21)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void anEoiThatFindsTheLineHighDeliversAtOnce(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.raise(21);
        chip.notes();
        chip.eoi(0xA1);
        assertThat(chip.notes())
                .startsWith("pin 21 clears Remote IRR of 0xa1")
                .contains("pin 21 sends 0xa1", "pin 21 sets Remote IRR of 0xa1")
                .hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void aLevelThatRisesOnAMaskedPinIsDeliveredAtUnmasking(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.mask(21);
        chip.notes();
        chip.raise(21);
        assertThat(chip.notes()).containsExactly("pin 21 holds 0xa1 back: MASKED");
        chip.unmask(21);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void aLevelThatIsGoneAtUnmaskingIsNotDelivered(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.mask(21);
        chip.raise(21);
        chip.lower(21);
        chip.unmask(21);
        assertThat(chip.deliveries()).isZero();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void maskingInServiceKeepsRemoteIrrAndTheEoiClearsItWithoutDelivering(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.raise(21);
        chip.mask(21);
        assertThat(chip.remoteIrr(21)).isTrue();
        chip.unmask(21);
        assertThat(chip.deliveries()).as("still in service").isEqualTo(1);

        chip.mask(21);
        chip.eoi(0xA1);
        assertThat(chip.remoteIrr(21)).isFalse();
        assertThat(chip.deliveries()).isZero();
        chip.unmask(21);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    @Test
    void kvmLeavesRemoteIrrClearIfNobodyAcceptsAndTriesAgainAtTheNextCallOrWrite() {
        WiredIoApic chip = WiredIoApic.level(Profiles.kvmInKernel()).answering(Delivery.REFUSED);
        chip.raise(21);
        assertThat(chip.notes()).containsExactly("pin 21 sends 0xa1");
        assertThat(chip.remoteIrr(21)).isFalse();

        chip.raise(21);
        assertThat(chip.notes()).containsExactly("pin 21 sends 0xa1");
        chip.answering(Delivery.ACCEPTED);
        chip.unmask(21);
        assertThat(chip.notes())
                .containsExactly("pin 21 is written", "pin 21 sends 0xa1", "pin 21 sets Remote IRR of 0xa1");
    }

    @Test
    void qemuSetsRemoteIrrEvenIfNobodyAccepts() {
        WiredIoApic chip = WiredIoApic.level(Profiles.qemu20()).answering(Delivery.REFUSED);
        chip.raise(21);
        assertThat(chip.remoteIrr(21)).isTrue();
    }

    @Test
    void qemuEndsAnInterruptAlikeByBroadcastAndByItsEoiRegister() {
        for (boolean asserted : new boolean[] {true, false}) {
            WiredIoApic broadcast = WiredIoApic.level(Profiles.qemu20());
            WiredIoApic directed = WiredIoApic.level(Profiles.qemu20());
            for (WiredIoApic chip : new WiredIoApic[] {broadcast, directed}) {
                chip.raise(21);
                chip.chip().setLine(21, asserted);
                chip.notes();
            }
            broadcast.eoi(0xA1);
            directed.window().write(IoApicWindow.EOI_REGISTER, 4, 0xA1);
            assertThat(directed.notes()).isEqualTo(broadcast.notes()).isNotEmpty();
            assertThat(directed.chip().entry(21)).isEqualTo(broadcast.chip().entry(21));
            assertThat(directed.chip().successiveEois(21))
                    .isEqualTo(broadcast.chip().successiveEois(21));
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void anEoiEndsEveryPinThatSharesTheVectorAndNoOther(IoApicProfile profile) {
        WiredIoApic chip = WiredIoApic.level(profile);
        chip.program(3, 0xA1, LEVEL);
        chip.program(4, 0x51, LEVEL);
        chip.raise(3);
        chip.raise(4);
        chip.raise(21);
        chip.lower(3);
        chip.lower(4);
        chip.lower(21);
        chip.eoi(0xA1);
        assertThat(chip.remoteIrr(3)).isFalse();
        assertThat(chip.remoteIrr(21)).isFalse();
        assertThat(chip.remoteIrr(4)).isTrue();
    }

    @Test
    void kvmDoesNothingAtTheEoiOfAnEdge() {
        WiredIoApic chip = WiredIoApic.level(Profiles.kvmInKernel());
        chip.raise(21);
        chip.notes();
        chip.chip().broadcastEoi(0xA1, false);
        assertThat(chip.notes()).isEmpty();
        assertThat(chip.remoteIrr(21)).isTrue();
    }

    @Test
    void qemuDoesNotKnowTheLocalApicsTriggerMode() {
        WiredIoApic chip = WiredIoApic.level(Profiles.qemu20());
        chip.raise(21);
        chip.chip().broadcastEoi(0xA1, false);
        assertThat(chip.deliveries()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void theMessageIsTheEntrys(IoApicProfile profile) {
        WiredIoApic chip = new WiredIoApic(profile);
        long entry = RedirectionEntry.of(0xA1, DeliveryMode.LOWEST_PRIORITY, true, LEVEL, false, 0x0F);
        chip.window().writeEntry(7, entry);
        chip.raise(7);
        assertThat(chip.lastMessage()).isEqualTo(RedirectionEntry.message(entry));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void theLastOfTheLargestTablesPinsIsServedLikeAnyOther(IoApicProfile profile) {
        int last = IoApicProfile.MAX_PINS - 1;
        WiredIoApic chip =
                new WiredIoApic(Profiles.withPins(profile, IoApicProfile.MAX_PINS)).program(last, 0xA1, LEVEL);
        chip.mask(last);
        chip.raise(last);
        chip.unmask(last);
        chip.eoi(0xA1);
        assertThat(chip.deliveries()).isEqualTo(2);
        assertThat(chip.remoteIrr(last)).isTrue();
    }
}
