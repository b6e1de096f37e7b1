// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.ApicBus;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LapicTraits;
import irqstorm.apic.LocalApic;
import irqstorm.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of KVM's interface beside the interrupt controllers: irqfds, the bus clock, the paravirtual IPI. */
class HostInterfacesTest {
    @Test
    void anEventfdLeadsToOnePlaceOnly() {
        Irqfds irqfds = new Irqfds();
        assertThat(irqfds.assign(1, 10, 7)).isEmpty();
        assertThat(irqfds.assign(1, 11, 7)).contains(Errno.EBUSY);
        assertThat(irqfds.assign(2, 10, 7)).contains(Errno.EBUSY);
        assertThat(irqfds.assign(1, 10, 8)).isEmpty();
        assertThat(irqfds.target(7)).contains(new Irqfds.Assignment(1, 10));
        assertThat(irqfds.target(9)).isEmpty();
    }

    @Test
    void takingAnEventfdAwayFromWhereItDoesNotLeadSucceedsWithoutEffect() {
        Irqfds irqfds = new Irqfds();
        irqfds.assign(1, 10, 7);
        assertThat(irqfds.deassign(1, 11, 7)).isEmpty();
        assertThat(irqfds.target(7)).isPresent();
        assertThat(irqfds.deassign(1, 10, 7)).isEmpty();
        assertThat(irqfds.target(7)).isEmpty();
        assertThat(irqfds.assign(2, 5, 7)).isEmpty();
    }

    @Test
    void theBusClockCanBeSetUntilThereIsAVcpu() {
        ApicBusClock clock = new ApicBusClock(new StateStore());
        assertThat(clock.cycleNanos()).isEqualTo(1);
        assertThat(clock.setCycle(0, IrqchipMode.KERNEL)).contains(Errno.EINVAL);
        assertThat(clock.setCycle(40, IrqchipMode.NONE)).contains(Errno.ENXIO);
        assertThat(clock.setCycle(40, IrqchipMode.SPLIT)).isEmpty();
        assertThat(clock.cycleNanos()).isEqualTo(40);
        clock.vcpuCreated();
        assertThat(clock.setCycle(20, IrqchipMode.KERNEL)).contains(Errno.EINVAL);
        assertThat(clock.cycleNanos()).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource({
        "0x00,KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST",
        "0x11,KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST",
        "0x1f,KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST",
        "0x20,KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST",
        "0x21,KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST"
    })
    void theFlagFollowsTheVersionThatHasAnEoiRegister(String version, X2ApicApiFlag flag) {
        assertThat(SuppressionPolicy.forVersion(Integer.decode(version))).isEqualTo(flag);
    }

    private final List<String> heard = new ArrayList<>();

    private ParavirtIpi ipi(int vcpus) {
        StateStore store = new StateStore();
        LocalApic[] apics = new LocalApic[vcpus];
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            apics[vcpu] = new LocalApic(store, LapicTraits.KVM, vcpu);
            apics[vcpu].write(LapicRegister.SPIV.offset(), 0x1FF);
        }
        ApicBus bus = new ApicBus(apics, new ApicBus.Listener() {
            @Override
            public void accepted(int vcpu, int vector, boolean level) {
                heard.add(vcpu + ":" + Integer.toHexString(vector) + (level ? "L" : ""));
            }

            @Override
            public void refused(int vcpu, int vector, boolean level) {}

            @Override
            public boolean signalled(int vcpu, DeliveryMode mode, int vector) {
                heard.add(vcpu + ":" + mode);
                return true;
            }
        });
        return new ParavirtIpi(bus, vcpus - 1);
    }

    @Test
    void everyBitIsAVcpuFromTheFirstId() {
        assertThat(ipi(8).send(0b1011, 0, 2, 0x51)).isEqualTo(3);
        assertThat(heard).containsExactly("2:51", "3:51", "5:51");
    }

    @Test
    void theSecondWordBeginsAtTheSixtyFifthId() {
        assertThat(ipi(70).send(1L << 63, 0b10001, 1, 0x51)).isEqualTo(3);
        assertThat(heard).containsExactly("64:51", "65:51", "69:51");
    }

    @Test
    void bitsOfVcpusThatDoNotExistAreNothing() {
        assertThat(ipi(2).send(-1, -1, 1, 0x51)).isEqualTo(1);
        assertThat(ipi(2).send(0xFFFF_FFFFL, 0, -1, 0x51)).isZero();
        assertThat(heard).containsExactly("1:51");
    }

    @Test
    void theDeliveryModeIsInTheCommand() {
        assertThat(ipi(2).send(0b11, 0, 0, 0x400)).isEqualTo(2);
        assertThat(heard).containsExactly("0:NMI", "1:NMI");
    }

    @ParameterizedTest
    @ValueSource(longs = {0x800, 0x4051, 0x4_0051, 1L << 32})
    void anythingElseInTheCommandIsInvalid(long icr) {
        assertThat(ipi(2).send(0b11, 0, 0, icr)).isEqualTo(-22);
        assertThat(heard).isEmpty();
    }
}
