// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import static irqstorm.apic.TriggerMode.EDGE;
import static irqstorm.apic.TriggerMode.LEVEL;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.VectorSet;
import org.junit.jupiter.api.Test;

/** Which EOIs KVM intercepts: {@code ioapic_handled_vectors} and the scan that makes it. */
class KvmHandledVectorsTest {

    @Test
    void splitALevelRouteIsHandledOnTheVcpuItPointsAt() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 2);
        vm.route(21, 0xA1, LEVEL, 1);
        assertThat(vm.kvm().isHandled(1, 0xA1)).isTrue();
        assertThat(vm.kvm().isHandled(0, 0xA1)).isFalse();
        assertThat(vm.kvm().isHandled(1, 0xA2)).isFalse();
    }

    @Test
    void splitAnEdgeRouteIsNotHandled() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 1);
        vm.route(21, 0xA1, EDGE, 0);
        assertThat(vm.kvm().isHandled(0, 0xA1)).isFalse();
    }

    @Test
    void splitABroadcastOrLogicalRouteIsHandledOnEveryVcpuThatIsMeant() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 3);
        vm.route(1, 0x51, LEVEL, 0xFF);
        for (int vcpu = 0; vcpu < 3; vcpu++) {
            assertThat(vm.kvm().isHandled(vcpu, 0x51)).isTrue();
            vm.apic(vcpu).write(LapicRegister.LDR.offset(), 1L << 24 + vcpu);
        }
        vm.kvm().setRoute(2, InterruptMessage.of(0x61, DeliveryMode.LOWEST_PRIORITY, true, true, 0b101));
        vm.handleRequests();
        assertThat(vm.kvm().isHandled(0, 0x61)).isTrue();
        assertThat(vm.kvm().isHandled(1, 0x61)).isFalse();
        assertThat(vm.kvm().isHandled(2, 0x61)).isTrue();
    }

    @Test
    void splitOnlyReservedGsisCount() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 1);
        vm.route(23, 0x51, LEVEL, 0);
        vm.route(24, 0x61, LEVEL, 0);
        assertThat(vm.kvm().isHandled(0, 0x51)).isTrue();
        assertThat(vm.kvm().isHandled(0, 0x61)).isFalse();
    }

    @Test
    void splitWithoutRoutesNothingIsHandled() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 1);
        vm.kvm().requestScan();
        vm.handleRequests();
        for (int vector = 0; vector < VectorSet.VECTORS; vector++) {
            assertThat(vm.kvm().isHandled(0, vector)).isFalse();
        }
    }

    @Test
    void aNewRouteCountsFromTheNextTimeTheVcpuHandlesItsRequests() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 2);
        vm.kvm().setRoute(21, VirtualMachine.message(0xA1, LEVEL, 0xFF));
        assertThat(vm.kvm().isHandled(0, 0xA1)).isFalse();
        vm.kvm().handleRequests(0);
        assertThat(vm.kvm().isHandled(0, 0xA1)).isTrue();
        assertThat(vm.kvm().isHandled(1, 0xA1))
                .as("every vCPU scans for itself")
                .isFalse();
        vm.kvm().handleRequests(1);
        assertThat(vm.kvm().isHandled(1, 0xA1)).isTrue();
    }

    @Test
    void aRouteThatIsReplacedLeavesNothingBehindIfNothingIsInFlight() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 1);
        vm.route(21, 0xA1, LEVEL, 0);
        vm.route(21, 0xB1, LEVEL, 0);
        assertThat(vm.kvm().isHandled(0, 0xA1)).isFalse();
        assertThat(vm.kvm().isHandled(0, 0xB1)).isTrue();
    }

    @Test
    void whatIsInFlightFromAnOlderRoutingStaysHandledWhetherInIrrOrInIsr() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 2);
        vm.route(20, 0x91, LEVEL, 0);
        vm.route(21, 0xA1, LEVEL, 0);
        vm.route(22, 0xB1, LEVEL, 0);
        vm.takeInterrupt(0, 0xA1, LEVEL);
        vm.apic(0).accept(0x91, LEVEL);

        vm.route(20, 0x91, LEVEL, 1);
        vm.route(21, 0xA1, LEVEL, 1);
        vm.route(22, 0xB1, LEVEL, 1);

        assertThat(vm.kvm().isHandled(0, 0x91)).as("in IRR").isTrue();
        assertThat(vm.kvm().isHandled(0, 0xA1)).as("in ISR").isTrue();
        assertThat(vm.kvm().isHandled(0, 0xB1)).as("not in flight").isFalse();
        assertThat(vm.kvm().isHandled(1, 0xA1)).isTrue();
    }

    @Test
    void theEoiOfAStaleVectorMakesOneScanAfterWhichItIsNotHandled() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 2);
        vm.route(21, 0xA1, LEVEL, 0);
        vm.takeInterrupt(0, 0xA1, LEVEL);
        vm.route(21, 0xA1, LEVEL, 1);

        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.EXIT_REQUESTED);
        assertThat(vm.kvm().handleRequests(0))
                .as("the exit comes before the scan")
                .isEqualTo(0xA1);
        assertThat(vm.kvm().isHandled(0, 0xA1)).isTrue();
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
        assertThat(vm.kvm().isHandled(0, 0xA1)).isFalse();
    }

    @Test
    void onlyTheHighestOfSeveralStaleVectorsMakesAScan() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 2);
        vm.route(20, 0x51, LEVEL, 0);
        vm.route(21, 0xA1, LEVEL, 0);
        vm.apic(0).accept(0xA1, LEVEL);
        vm.takeInterrupt(0, 0x51, LEVEL);
        vm.kvm().setRoute(20, VirtualMachine.message(0x51, LEVEL, 1));
        vm.route(21, 0xA1, LEVEL, 1);

        vm.endOfInterrupt(0);
        vm.kvm().handleRequests(0);
        vm.kvm().handleRequests(0);
        assertThat(vm.kvm().isHandled(0, 0x51)).as("0x51 was not the highest").isTrue();

        vm.apic(0).acknowledge(0xA1);
        vm.endOfInterrupt(0);
        vm.kvm().handleRequests(0);
        vm.kvm().handleRequests(0);
        assertThat(vm.kvm().isHandled(0, 0x51)).isFalse();
        assertThat(vm.kvm().isHandled(0, 0xA1)).isFalse();
    }

    @Test
    void theHighestStaleVectorIsFoundWhicheverRouteComesFirst() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 2);
        vm.route(20, 0xA1, LEVEL, 0);
        vm.route(21, 0x51, LEVEL, 0);
        vm.takeInterrupt(0, 0x51, LEVEL);
        vm.takeInterrupt(0, 0xA1, LEVEL);
        vm.kvm().setRoute(20, VirtualMachine.message(0xA1, LEVEL, 1));
        vm.route(21, 0x51, LEVEL, 1);

        vm.endOfInterrupt(0);
        vm.kvm().handleRequests(0);
        vm.kvm().handleRequests(0);
        assertThat(vm.kvm().isHandled(0, 0xA1)).isFalse();
        assertThat(vm.kvm().isHandled(0, 0x51)).as("still in service").isTrue();
    }

    @Test
    void theEoiOfAVectorThatIsRoutedHereMakesNoScan() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 1);
        vm.kvm().setRoute(21, InterruptMessage.of(0xA1, DeliveryMode.FIXED, true, true, 1));
        vm.apic(0).write(LapicRegister.LDR.offset(), 1 << 24);
        vm.handleRequests();
        vm.apic(0).write(LapicRegister.LDR.offset(), 2 << 24);

        vm.takeInterrupt(0, 0xA1, LEVEL);
        vm.endOfInterrupt(0);
        vm.kvm().handleRequests(0);
        vm.kvm().handleRequests(0);
        assertThat(vm.kvm().isHandled(0, 0xA1))
                .as("the bitmap is as old as the last scan")
                .isTrue();
    }

    @Test
    void inKernelALevelEntryIsHandledEvenIfItIsMasked() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.KERNEL, 2);
        vm.ioApic().window().writeEntry(21, entry(0xA1, RedirectionEntry.LEVEL, 1));
        vm.ioApic().window().writeEntry(22, entry(0xB1, RedirectionEntry.LEVEL | RedirectionEntry.MASKED, 1));
        vm.ioApic().window().writeEntry(23, entry(0xC1, 0, 1));
        vm.handleRequests();

        assertThat(vm.kvm().isHandled(1, 0xA1)).isTrue();
        assertThat(vm.kvm().isHandled(0, 0xA1)).isFalse();
        assertThat(vm.kvm().isHandled(1, 0xB1)).as("masked").isTrue();
        assertThat(vm.kvm().isHandled(1, 0xC1)).as("edge").isFalse();
    }

    @Test
    void inKernelTheRtcPinIsHandledThoughItIsEdgeTriggered() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.KERNEL, 1);
        vm.ioApic().window().writeEntry(7, entry(0xC1, 0, 0));
        vm.ioApic().window().writeEntry(8, entry(0xD1, 0, 0));
        vm.ioApic().window().writeEntry(9, entry(0xE1, 0, 0));
        vm.handleRequests();
        assertThat(vm.kvm().isHandled(0, 0xC1)).isFalse();
        assertThat(vm.kvm().isHandled(0, 0xD1)).isTrue();
        assertThat(vm.kvm().isHandled(0, 0xE1)).isFalse();
    }

    @Test
    void inKernelAVectorStaysHandledWhileItIsInFlight() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.KERNEL, 2);
        vm.ioApic().window().writeEntry(21, entry(0xA1, RedirectionEntry.LEVEL, 0));
        vm.handleRequests();
        vm.ioApic().chip().setLine(21, true);
        vm.ioApic().window().writeEntry(21, entry(0xA1, RedirectionEntry.LEVEL, 1));
        vm.handleRequests();
        assertThat(vm.kvm().isHandled(0, 0xA1)).isTrue();
        assertThat(vm.kvm().isHandled(1, 0xA1)).isTrue();
    }

    private static long entry(int vector, long bits, int destination) {
        return vector | bits | (long) destination << 56;
    }
}
