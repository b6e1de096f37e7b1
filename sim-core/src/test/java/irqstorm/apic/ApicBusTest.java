// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a message finds its local APICs. */
class ApicBusTest implements ApicBus.Listener {
    private static final int EVERYBODY = 0xFF;

    private final LocalApic[] apics = new LocalApic[4];
    private final List<String> heard = new ArrayList<>();
    private final ApicBus bus;

    ApicBusTest() {
        StateStore store = new StateStore();
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            apics[vcpu] = new LocalApic(store, LapicTraits.KVM, vcpu);
            enable(vcpu, true);
            apics[vcpu].write(LapicRegister.LDR.offset(), 1L << 24 + vcpu);
        }
        bus = new ApicBus(apics, this);
    }

    @Test
    void aFixedMessageReachesItsPhysicalDestination() {
        assertThat(bus.send(fixed(0xA1, false, true, 2))).isTrue();
        assertThat(heard).containsExactly("2 accepted a1 level");
        assertThat(apics[2].requested().contains(0xA1)).isTrue();
        assertThat(apics[2].triggerModes().contains(0xA1)).isTrue();
        assertThat(apics[0].requested().isEmpty()).isTrue();
    }

    @Test
    void anEdgeMessageLeavesTmrClear() {
        bus.send(fixed(0x51, false, false, 0));
        assertThat(heard).containsExactly("0 accepted 51 edge");
        assertThat(apics[0].triggerModes().contains(0x51)).isFalse();
    }

    @Test
    void aFixedMessageToALogicalSetReachesAllOfIt() {
        assertThat(bus.send(fixed(0x51, true, false, 0b1010))).isTrue();
        assertThat(heard).containsExactly("1 accepted 51 edge", "3 accepted 51 edge");
    }

    @Test
    void aBroadcastReachesEverybodyInOrder() {
        bus.send(fixed(0x51, false, false, EVERYBODY));
        assertThat(heard)
                .containsExactly(
                        "0 accepted 51 edge", "1 accepted 51 edge", "2 accepted 51 edge", "3 accepted 51 edge");
    }

    @Test
    void aMessageForNobodyIsNotAccepted() {
        assertThat(bus.send(fixed(0x51, false, false, 9))).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void aDisabledApicRefusesAFixedMessage() {
        enable(1, false);
        assertThat(bus.send(fixed(0x51, false, true, 1))).isFalse();
        assertThat(heard).containsExactly("1 refused 51 level");
    }

    @Test
    void aFixedMessageIsAcceptedIfAnyOfItsDestinationsTakesIt() {
        enable(3, false);
        assertThat(bus.send(fixed(0x51, true, false, 0b1010))).isTrue();
        assertThat(heard).containsExactly("1 accepted 51 edge", "3 refused 51 edge");

        heard.clear();
        enable(3, true);
        enable(1, false);
        assertThat(bus.send(fixed(0x51, true, false, 0b1010))).isTrue();
        assertThat(heard).containsExactly("1 refused 51 edge", "3 accepted 51 edge");
    }

    @Test
    void lowestPriorityIsResolvedByVectorModuloTheNumberOfCandidates() {
        for (int vector = 0x40; vector < 0x4C; vector++) {
            heard.clear();
            assertThat(bus.send(lowest(vector, EVERYBODY))).isTrue();
            assertThat(heard).containsExactly(vector % 4 + " accepted " + Integer.toHexString(vector) + " edge");
        }
    }

    @Test
    void vectorHashingCountsOnlyDestinationsThatAreEnabled() {
        enable(1, false);
        List<Integer> chosen = new ArrayList<>();
        for (int vector = 0x42; vector < 0x48; vector++) {
            heard.clear();
            bus.send(lowest(vector, 0b1111));
            chosen.add(Integer.parseInt(heard.get(0).substring(0, 1)));
        }
        assertThat(chosen).containsExactly(0, 2, 3, 0, 2, 3);

        heard.clear();
        bus.send(lowest(0x43, 0b1100));
        assertThat(heard).containsExactly("3 accepted 43 edge");
    }

    @Test
    void lowestPriorityReachesNobodyIfNoDestinationIsEnabled() {
        enable(2, false);
        assertThat(bus.send(lowest(0x51, 0b0100))).isFalse();
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DeliveryMode.class)
    void onlyModesThatCarryAVectorReachAnIrr(DeliveryMode mode) {
        boolean accepted = bus.send(InterruptMessage.of(0x51, mode, false, false, 0));
        assertThat(accepted).isEqualTo(mode == DeliveryMode.FIXED || mode == DeliveryMode.LOWEST_PRIORITY);
        assertThat(apics[0].requested().contains(0x51)).isEqualTo(accepted);
    }

    @Test
    void beingMeantDoesNotDependOnBeingEnabled() {
        enable(1, false);
        assertThat(bus.isMeant(1, fixed(0x51, false, false, 1))).isTrue();
        assertThat(bus.isMeant(1, fixed(0x51, true, false, 0b10))).isTrue();
        assertThat(bus.isMeant(1, fixed(0x51, true, false, 0b01))).isFalse();
        assertThat(bus.isMeant(0, fixed(0x51, false, false, 1))).isFalse();
    }

    @Test
    void theBusKeepsItsOwnListOfApics() {
        LocalApic first = apics[0];
        apics[0] = apics[3];
        bus.send(fixed(0x51, false, false, 0));
        assertThat(first.requested().contains(0x51)).isTrue();
    }

    private void enable(int vcpu, boolean enabled) {
        apics[vcpu].write(LapicRegister.SPIV.offset(), enabled ? 0x1FF : 0xFF);
    }

    private static long fixed(int vector, boolean logical, boolean level, int destination) {
        return InterruptMessage.of(vector, DeliveryMode.FIXED, logical, level, destination);
    }

    private static long lowest(int vector, int destination) {
        return InterruptMessage.of(vector, DeliveryMode.LOWEST_PRIORITY, true, false, destination);
    }

    @Override
    public void accepted(int vcpu, int vector, boolean level) {
        heard.add(vcpu + " accepted " + Integer.toHexString(vector) + (level ? " level" : " edge"));
    }

    @Override
    public void refused(int vcpu, int vector, boolean level) {
        heard.add(vcpu + " refused " + Integer.toHexString(vector) + (level ? " level" : " edge"));
    }
}
