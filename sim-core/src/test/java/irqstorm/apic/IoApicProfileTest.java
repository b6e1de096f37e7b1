// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static irqstorm.apic.TriggerMode.LEVEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicProfile.Broadcast;
import irqstorm.apic.IoApicProfile.EoiMatch;
import irqstorm.apic.IoApicProfile.EoiMatch.Scope;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.MaskedEdge;
import irqstorm.apic.IoApicProfile.MaskedLevel;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.RemoteIrrGates;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.apic.IoApicProfile.RteWrite;
import irqstorm.apic.IoApicProfile.RteWrite.ReEvaluate;
import irqstorm.apic.IoApicProfile.RteWrite.RemoteIrrOnWrite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each axis of a profile alone: what changes when only it changes. */
class IoApicProfileTest {
    private static final OnEoiAsserted IMMEDIATE = new OnEoiAsserted.Immediate();

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void aVersionHasEightBits(int version) {
        IoApicProfile p = Profiles.qemu20();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withVersionAndPins(p, version, 24))
                .withMessage("version " + version + " does not fit eight bits");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 121})
    void aTableHasOneTo120Pins(int pins) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withVersionAndPins(Profiles.qemu20(), 0x11, pins))
                .withMessage("pins " + pins + " is not from 1 to 120");
    }

    @Test
    void theEndsOfTheRangesAreFine() {
        assertThat(withVersionAndPins(Profiles.qemu20(), 0, 1).pins()).isEqualTo(1);
        assertThat(withVersionAndPins(Profiles.qemu20(), 255, 120).version()).isEqualTo(255);
    }

    @Test
    void aThrottleNeedsALimitOfAtLeastOneAndNoNegativeDelay() {
        assertThat(new OnEoiAsserted.Throttled(1, 0, false, false).limit()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OnEoiAsserted.Throttled(0, 0, false, false))
                .withMessage("throttle of 0 EOIs and 0 ns");
        assertThatIllegalArgumentException().isThrownBy(() -> new OnEoiAsserted.Throttled(1, -1, false, false));
    }

    @Test
    void theReactionToAnAssertedLineCanBeExchangedAlone() {
        OnEoiAsserted throttle = new OnEoiAsserted.Throttled(37, 5, false, false);
        assertThat(Profiles.qemu20().withOnEoiAsserted(throttle))
                .isEqualTo(Profiles.with(Profiles.qemu20(), throttle))
                .isNotEqualTo(Profiles.qemu20());
    }

    // --- broadcast

    @ParameterizedTest(name = "{0}: level {1}, edge {2}")
    @CsvSource({"NONE, false, false", "HONOURED, true, true"})
    void aBroadcastEndsTheInterruptOrNot(Broadcast broadcast, boolean ofLevel, boolean ofEdge) {
        WiredIoApic level = WiredIoApic.inService(Profiles.with(Profiles.qemu20(), broadcast));
        level.chip().broadcastEoi(0xA1, true);
        assertThat(level.remoteIrr(21)).isEqualTo(!ofLevel);

        WiredIoApic edge = WiredIoApic.inService(Profiles.with(Profiles.qemu20(), broadcast));
        edge.chip().broadcastEoi(0xA1, false);
        assertThat(edge.remoteIrr(21)).isEqualTo(!ofEdge);
    }

    @Test
    void aBroadcastMayBeFatal() {
        WiredIoApic chip = WiredIoApic.inService(Profiles.with(Profiles.qemu20(), Broadcast.FATAL));
        assertThatThrownBy(() -> chip.eoi(0xA1))
                .isInstanceOf(FatalModelError.class)
                .hasMessage("qemu-ioapic-0x20 stops on the EOI of vector 161");
    }

    @ParameterizedTest
    @EnumSource(
            value = Broadcast.class,
            names = {"NONE", "FATAL"})
    void theEoiRegisterWorksWhateverABroadcastDoes(Broadcast broadcast) {
        WiredIoApic chip = WiredIoApic.inService(Profiles.with(Profiles.qemu20(), broadcast));
        chip.window().write(IoApicWindow.EOI_REGISTER, 4, 0xA1);
        assertThat(chip.remoteIrr(21)).isFalse();
    }

    // --- which entries an EOI ends

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEoiEndsAnEntryThatBecameEdgeTriggeredUnlessItMustBeLevel(boolean level) {
        WiredIoApic chip = WiredIoApic.inService(Profiles.with(
                Profiles.qemu20(),
                new EoiMatch(level, false, false, Scope.ALL_PINS),
                new RteWrite(RemoteIrrOnWrite.PRESERVE, false, ReEvaluate.LEVEL, false)));
        chip.makeEdge(21);
        chip.eoi(0xA1);
        assertThat(chip.remoteIrr(21)).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEoiThatFindsRemoteIrrClearDeliversAnAssertedLevelUnlessItMustBeSet(boolean remoteIrr) {
        WiredIoApic chip = WiredIoApic.level(Profiles.with(
                        Profiles.kvmInKernel(), new EoiMatch(true, remoteIrr, false, Scope.ALL_PINS), IMMEDIATE))
                .answering(Delivery.REFUSED);
        chip.raise(21);
        chip.deliveries();
        chip.eoi(0xA1);
        assertThat(chip.deliveries()).isEqualTo(remoteIrr ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEoiOfAnEdgeInTheLocalApicEndsALevelPinUnlessTmrMustSayLevel(boolean tmr) {
        WiredIoApic chip =
                WiredIoApic.inService(Profiles.with(Profiles.qemu20(), new EoiMatch(true, true, tmr, Scope.ALL_PINS)));
        chip.chip().broadcastEoi(0xA1, false);
        assertThat(chip.remoteIrr(21)).isEqualTo(tmr);
    }

    @Test
    void anEoiRegisterWriteCountsAsLevelWhereTmrMustSaySo() {
        WiredIoApic chip =
                WiredIoApic.inService(Profiles.with(Profiles.qemu20(), new EoiMatch(true, true, true, Scope.ALL_PINS)));
        chip.window().write(IoApicWindow.EOI_REGISTER, 4, 0xA1);
        assertThat(chip.remoteIrr(21)).isFalse();
    }

    @ParameterizedTest(name = "{0}: first {1}, second {2}")
    @CsvSource({"ALL_PINS, true, true", "FIRST_PIN, true, false", "ALL_PINS_THEN_ACTIVE, true, true"})
    void anEoiEndsAllPinsOfTheVectorOrTheFirst(Scope scope, boolean first, boolean second) {
        WiredIoApic chip = sharing(scope);
        chip.raise(3);
        chip.raise(21);
        chip.lower(3);
        chip.lower(21);
        chip.eoi(0xA1);
        assertThat(chip.remoteIrr(3)).isEqualTo(!first);
        assertThat(chip.remoteIrr(21)).isEqualTo(!second);
    }

    @Test
    void theFirstPinOfTheVectorStopsTheSearchEvenIfItDoesNotMatchOtherwise() {
        WiredIoApic chip = sharing(Scope.FIRST_PIN);
        chip.raise(21);
        chip.eoi(0xA1);
        assertThat(chip.remoteIrr(21))
                .as("pin 3 came first, without Remote IRR")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ALL_PINS, 0", "FIRST_PIN, 0", "ALL_PINS_THEN_ACTIVE, 1"})
    void anEoiMayServiceEveryAssertedPinWhicheverItsVector(Scope scope, int deliveries) {
        WiredIoApic chip = sharing(scope);
        chip.program(8, 0x51, LEVEL).answering(Delivery.REFUSED);
        chip.raise(8);
        chip.deliveries();
        chip.eoi(0xA1);
        assertThat(chip.deliveries()).isEqualTo(deliveries);
    }

    private static WiredIoApic sharing(Scope scope) {
        IoApicProfile profile = Profiles.with(
                Profiles.qemu20(), new EoiMatch(true, true, false, scope), RemoteIrrSet.IF_ACCEPTED, IMMEDIATE);
        return new WiredIoApic(profile).program(3, 0xA1, LEVEL).program(21, 0xA1, LEVEL);
    }

    // --- the line still asserted

    @Test
    void anAssertedLineIsDeliveredAgainAtOnceForEver() {
        WiredIoApic chip = WiredIoApic.level(Profiles.with(Profiles.qemu20(), IMMEDIATE));
        chip.raise(21);
        for (int eoi = 0; eoi < 20_000; eoi++) {
            chip.eoi(0xA1);
        }
        assertThat(chip.deliveries()).isEqualTo(20_001);
        assertThat(chip.chip().successiveEois(21)).isZero();
    }

    @Test
    void anAssertedLineIsNotDeliveredAgainByTheEoiWhereNothingReactsOrAnotherOccasionIsAwaited() {
        OnEoiAsserted[] reactions = {new OnEoiAsserted.None(), new OnEoiAsserted.NextService()};
        for (OnEoiAsserted reaction : reactions) {
            WiredIoApic chip = WiredIoApic.level(Profiles.with(Profiles.qemu20(), reaction));
            chip.raise(21);
            chip.notes();
            chip.eoi(0xA1);
            assertThat(chip.notes()).containsExactly("pin 21 clears Remote IRR of 0xa1");
            chip.unmask(21);
            assertThat(chip.deliveries()).as("the write services the pins").isEqualTo(2);
        }
    }

    @Test
    void anAssertedLineIsForcedLowAndItsDeviceAskedWhereTheLineIsResampled() {
        WiredIoApic chip = WiredIoApic.level(Profiles.with(Profiles.qemu20(), new OnEoiAsserted.Resample(5_000)));
        chip.raise(21);
        chip.notes();
        chip.eoi(0xA1);
        assertThat(chip.notes()).containsExactly("pin 21 clears Remote IRR of 0xa1", "pin 21 is resampled in 5000 ns");
        assertThat(chip.chip().isLineHigh(21)).isFalse();

        chip.unmask(21);
        assertThat(chip.deliveries())
                .as("nothing is pending until the device answers")
                .isEqualTo(1);
        chip.raise(21);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    @Test
    void nothingIsResampledIfTheLineIsLow() {
        WiredIoApic chip = WiredIoApic.inService(Profiles.with(Profiles.qemu20(), new OnEoiAsserted.Resample(5_000)));
        chip.eoi(0xA1);
        assertThat(chip.notes()).containsExactly("pin 21 clears Remote IRR of 0xa1");
    }

    // --- Remote IRR

    @ParameterizedTest(name = "{0}: accepted {1}, sent {2}, refused {3}")
    @CsvSource({
        "NEVER, false, false, false",
        "BEFORE_DELIVERY, true, true, true",
        "IF_DELIVERED, true, true, true",
        "IF_ACCEPTED, true, false, false"
    })
    void remoteIrrIsSetByWhatBecomesOfTheMessage(RemoteIrrSet rule, boolean accepted, boolean sent, boolean refused) {
        assertThat(remoteIrrAfter(rule, Delivery.ACCEPTED)).isEqualTo(accepted);
        assertThat(remoteIrrAfter(rule, Delivery.SENT)).isEqualTo(sent);
        assertThat(remoteIrrAfter(rule, Delivery.REFUSED)).isEqualTo(refused);
    }

    private static boolean remoteIrrAfter(RemoteIrrSet rule, Delivery delivery) {
        WiredIoApic chip =
                WiredIoApic.level(Profiles.with(Profiles.qemu20(), rule)).answering(delivery);
        chip.raise(21);
        assertThat(chip.deliveries()).isEqualTo(1);
        return chip.remoteIrr(21);
    }

    @ParameterizedTest
    @EnumSource(RemoteIrrGates.class)
    void aSetRemoteIrrGatesOrNot(RemoteIrrGates gates) {
        WiredIoApic chip = WiredIoApic.inService(Profiles.with(Profiles.qemu20(), gates));
        chip.raise(21);
        assertThat(chip.notes())
                .containsExactly(
                        gates == RemoteIrrGates.ALWAYS ? "pin 21 holds 0xa1 back: REMOTE_IRR" : "pin 21 sends 0xa1");
    }

    // --- masked levels and lines

    @ParameterizedTest(name = "{0}: still high {1}, fallen {2}")
    @CsvSource({"KEPT, 1, 0", "LOST, 0, 0", "DEFERRED, 1, 1"})
    void aLevelThatRisesOnAMaskedPinIsKeptLostOrDeferred(MaskedLevel rule, int stillHigh, int fallen) {
        for (boolean falls : new boolean[] {false, true}) {
            WiredIoApic chip = WiredIoApic.level(Profiles.with(Profiles.qemu20(), rule));
            chip.mask(21);
            chip.notes();
            chip.raise(21);
            assertThat(chip.notes()).containsExactly("pin 21 holds 0xa1 back: MASKED");
            chip.chip().setLine(21, !falls);
            chip.unmask(21);
            assertThat(chip.deliveries()).isEqualTo(falls ? fallen : stillHigh);
        }
    }

    @Test
    void aLevelLostOnAMaskedPinIsSeenWhenItRisesAgain() {
        WiredIoApic chip = WiredIoApic.level(Profiles.with(Profiles.qemu20(), MaskedLevel.LOST));
        chip.mask(21);
        chip.raise(21);
        chip.unmask(21);
        chip.lower(21);
        chip.raise(21);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}: {1} at the EOI")
    @CsvSource({"LEVEL_OR, 1", "COUNTER, 1", "EVENTFD, 0"})
    void aLineThatIsStillHighIsDeliveredAgainUnlessItIsAnEvent(LineModel line, int deliveries) {
        WiredIoApic chip = WiredIoApic.level(Profiles.with(Profiles.qemu20(), line, IMMEDIATE));
        chip.raise(21);
        chip.deliveries();
        chip.eoi(0xA1);
        assertThat(chip.deliveries()).isEqualTo(deliveries);
    }

    @ParameterizedTest
    @CsvSource({"LEVEL_OR, 0", "COUNTER, 0", "EVENTFD, 1"})
    void anEventOnAMaskedPinStaysEvenIfItsSourceIsQuietAgain(LineModel line, int deliveries) {
        WiredIoApic chip = WiredIoApic.level(Profiles.with(Profiles.qemu20(), line, IMMEDIATE));
        chip.mask(21);
        chip.raise(21);
        chip.raise(21);
        chip.lower(21);
        chip.lower(21);
        chip.unmask(21);
        assertThat(chip.deliveries()).isEqualTo(deliveries);
        chip.eoi(0xA1);
        assertThat(chip.deliveries()).as("several events are one").isZero();
    }

    @Test
    void anEventOutlivesAChangeOfTriggerModeAndALevelDoesNot() {
        for (LineModel line : new LineModel[] {LineModel.EVENTFD, LineModel.LEVEL_OR}) {
            WiredIoApic chip = WiredIoApic.level(Profiles.with(Profiles.qemu20(), line, MaskedEdge.DEFERRED));
            chip.mask(21);
            chip.raise(21);
            chip.writeLow(21, 0xA1);
            assertThat(chip.deliveries()).isEqualTo(line == LineModel.EVENTFD ? 1 : 0);
        }
    }

    @Test
    void anEventThatArrivesInServiceIsDeliveredByTheEoi() {
        WiredIoApic chip = WiredIoApic.level(Profiles.with(Profiles.qemu20(), LineModel.EVENTFD, IMMEDIATE));
        chip.raise(21);
        chip.raise(21);
        chip.lower(21);
        assertThat(chip.deliveries()).isEqualTo(1);
        chip.eoi(0xA1);
        assertThat(chip.deliveries()).isEqualTo(1);
    }

    private static IoApicProfile withVersionAndPins(IoApicProfile p, int version, int pins) {
        return new IoApicProfile(
                p.name(),
                version,
                pins,
                p.powerOnEntry(),
                p.eoiRegister(),
                p.eoiMatch(),
                p.broadcast(),
                p.onEoiAsserted(),
                p.eventSources(),
                p.remoteIrrSet(),
                p.remoteIrrGates(),
                p.rteWrite(),
                p.service(),
                p.levelTriggered(),
                p.maskedLevel(),
                p.maskedEdge(),
                p.level(),
                p.edge(),
                p.polarity(),
                p.line(),
                p.save());
    }
}
