// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.InterruptCommand.Shorthand;
import irqstorm.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the interrupt command register says, and whom it reaches. */
class InterruptCommandTest implements ApicBus.Listener {
    private final LocalApic[] apics = new LocalApic[3];
    private final List<String> heard = new ArrayList<>();
    private final ApicBus bus;

    InterruptCommandTest() {
        StateStore store = new StateStore();
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            apics[vcpu] = new LocalApic(store, LapicTraits.ARCHITECTURAL, vcpu);
            apics[vcpu].write(LapicRegister.SPIV.offset(), 0x1FF);
        }
        bus = new ApicBus(apics, this);
    }

    @Override
    public void accepted(int vcpu, int vector, boolean level) {
        heard.add(vcpu + " took " + Integer.toHexString(vector) + (level ? " level" : ""));
    }

    @Override
    public void refused(int vcpu, int vector, boolean level) {
        heard.add(vcpu + " refused " + Integer.toHexString(vector));
    }

    @Override
    public boolean signalled(int vcpu, DeliveryMode mode, int vector) {
        heard.add(vcpu + " " + mode + " " + vector);
        return true;
    }

    private static long fixed(int vector, Shorthand shorthand, int destination) {
        return InterruptCommand.of(vector, DeliveryMode.FIXED, false, shorthand, destination, ApicMode.XAPIC);
    }

    @Test
    void theFieldsAreWhereTheManualHasThem() {
        long command = InterruptCommand.of(0x51, DeliveryMode.NMI, true, Shorthand.SELF, 0x1A5, ApicMode.XAPIC);
        assertThat(command).isEqualTo(0xA500_0000_0004_4C51L);
        assertThat(InterruptCommand.of(0x51, DeliveryMode.FIXED, false, Shorthand.NONE, 0x1A5, ApicMode.X2APIC))
                .isEqualTo(0x0000_01A5_0000_4051L);
    }

    @Test
    void theMessageHasTheVectorModeTriggerAndDestinationOfTheCommand() {
        long message = InterruptCommand.message(0xA500_0000_0000_C951L, ApicMode.XAPIC);
        assertThat(message).isEqualTo(InterruptMessage.of(0x51, DeliveryMode.LOWEST_PRIORITY, true, true, 0xA5));
        assertThat(InterruptCommand.destination(0x1234_5678_0000_0000L, ApicMode.X2APIC))
                .isEqualTo(0x1234_5678);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 16, 17, 20, 21, 25, 31})
    void theseBitsMustBeZeroInX2ApicMode(int bit) {
        assertThat(InterruptCommand.hasReservedBits(1L << bit)).isTrue();
        apics[0].setMode(ApicMode.X2APIC);
        assertThat(apics[0].writeMsr(LapicRegister.ICR.msr(), 0x4051L | 1L << bit))
                .isEqualTo(RegisterWrite.FAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 10, 11, 12, 14, 15, 18, 19, 32, 63})
    void theseBitsMayBeSet(int bit) {
        assertThat(InterruptCommand.hasReservedBits(1L << bit)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0x4051,false", "0xC051,false", "0x8051,true", "0x0051,false"})
    void onlyALevelTriggeredCommandWithoutAssertTakesBack(String command, boolean deasserts) {
        assertThat(InterruptCommand.isDeassertion(Long.decode(command))).isEqualTo(deasserts);
        assertThat(InterruptCommand.isAssertion(Long.decode(command))).isEqualTo(command.matches("0x[4C].*"));
        assertThat(bus.command(0, Long.decode(command))).isEqualTo(!deasserts);
        assertThat(heard).hasSize(deasserts ? 0 : 1);
    }

    @Test
    void shorthandsNeedNoDestination() {
        bus.command(1, fixed(0x51, Shorthand.SELF, 0));
        assertThat(heard).containsExactly("1 took 51");
        heard.clear();
        bus.command(1, fixed(0x52, Shorthand.ALL, 0));
        assertThat(heard).containsExactly("0 took 52", "1 took 52", "2 took 52");
        heard.clear();
        bus.command(1, fixed(0x53, Shorthand.ALL_BUT_SELF, 1));
        assertThat(heard).containsExactly("0 took 53", "2 took 53");
    }

    @Test
    void withoutShorthandTheDestinationDecides() {
        assertThat(bus.command(1, fixed(0x51, Shorthand.NONE, 2))).isTrue();
        assertThat(heard).containsExactly("2 took 51");
        assertThat(bus.command(1, fixed(0x51, Shorthand.NONE, 7))).isFalse();
        assertThat(heard).hasSize(1);
    }

    @Test
    void lowestPriorityReachesOneOfThoseThatAShorthandMeans() {
        long command = InterruptCommand.of(
                0x51, DeliveryMode.LOWEST_PRIORITY, false, Shorthand.ALL_BUT_SELF, 0, ApicMode.XAPIC);
        assertThat(bus.command(0, command)).isTrue();
        assertThat(heard).as("0x51 mod 2 is 1: the second of 1 and 2").containsExactly("2 took 51");
    }

    @ParameterizedTest
    @EnumSource(
            value = DeliveryMode.class,
            names = {"SMI", "NMI", "INIT", "STARTUP"})
    void signalsReachTheProcessorEvenBehindADisabledApic(DeliveryMode mode) {
        apics[2].write(LapicRegister.SPIV.offset(), 0xFF);
        assertThat(bus.command(0, InterruptCommand.of(8, mode, false, Shorthand.NONE, 2, ApicMode.XAPIC)))
                .isTrue();
        assertThat(heard).containsExactly("2 " + mode + " 8");
    }

    @Test
    void extIntAndReservedModesReachNobody() {
        assertThat(bus.command(0, InterruptCommand.of(8, DeliveryMode.EXTINT, false, Shorthand.ALL, 0, ApicMode.XAPIC)))
                .isFalse();
        assertThat(bus.command(
                        0, InterruptCommand.of(8, DeliveryMode.RESERVED_3, false, Shorthand.ALL, 0, ApicMode.XAPIC)))
                .isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerWithoutProcessorsTakesNoSignal() {
        ApicBus deaf = new ApicBus(apics, new ApicBus.Listener() {
            @Override
            public void accepted(int vcpu, int vector, boolean level) {}

            @Override
            public void refused(int vcpu, int vector, boolean level) {}
        });
        assertThat(deaf.command(0, InterruptCommand.of(0, DeliveryMode.NMI, false, Shorthand.ALL, 0, ApicMode.XAPIC)))
                .isFalse();
    }

    @Test
    void inX2ApicModeACommandTo255IsForThatIdAloneWhileAPinsMeansEverybody() {
        for (LocalApic apic : apics) {
            apic.setMode(ApicMode.X2APIC);
        }
        assertThat(bus.command(0, 0xFFL << 32 | 0x4051)).isFalse();
        assertThat(bus.command(0, 0xFFFF_FFFFL << 32 | 0x4051)).isTrue();
        assertThat(heard).hasSize(3);
        assertThat(bus.send(InterruptMessage.of(0x52, DeliveryMode.FIXED, false, false, 0xFF)))
                .isTrue();
        assertThat(heard).hasSize(6);
    }

    @Test
    void sendingAnIllegalVectorIsTheSendersError() {
        bus.command(1, fixed(0x0F, Shorthand.NONE, 2));
        assertThat(heard).containsExactly("2 refused f");
        assertThat(errors(1)).isEqualTo(LocalApic.ESR_SEND_ILLEGAL_VECTOR);
        assertThat(errors(2)).isEqualTo(LocalApic.ESR_RECEIVED_ILLEGAL_VECTOR);
        bus.command(1, fixed(0x10, Shorthand.NONE, 2));
        bus.command(1, InterruptCommand.of(8, DeliveryMode.STARTUP, false, Shorthand.NONE, 2, ApicMode.XAPIC));
        assertThat(errors(1)).isZero();
    }

    private long errors(int vcpu) {
        apics[vcpu].write(LapicRegister.ESR.offset(), 0);
        return apics[vcpu].read(LapicRegister.ESR.offset());
    }

    @Test
    void anErrorThatIsNewRequestsTheErrorInterrupt() {
        apics[0].write(LapicRegister.LVT_ERROR.offset(), 0xFE);
        apics[0].noteIllegalSend();
        assertThat(apics[0].requested().contains(0xFE)).isTrue();
        apics[0].withdraw(0xFE);
        apics[0].noteIllegalSend();
        assertThat(apics[0].requested().isEmpty()).as("noted before").isTrue();
        errors(0);
        apics[0].write(LapicRegister.LVT_ERROR.offset(), 0x1_00FE);
        apics[0].noteIllegalSend();
        assertThat(apics[0].requested().isEmpty()).as("masked").isTrue();
    }

    @Test
    void anMsiHasItsDestinationInTheAddressAndTheRestInTheData() {
        assertThat(InterruptMessage.ofMsi(0xFEE5_A004L, 0x8151))
                .isEqualTo(InterruptMessage.of(0x51, DeliveryMode.LOWEST_PRIORITY, true, true, 0x5A));
        assertThat(InterruptMessage.ofMsi(0xFEE0_1000L, 0x0462))
                .isEqualTo(InterruptMessage.of(0x62, DeliveryMode.NMI, false, false, 1));
    }
}
