// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import static irqstorm.apic.TriggerMode.EDGE;
import static irqstorm.apic.TriggerMode.LEVEL;
import static irqstorm.kvm.X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST;
import static irqstorm.kvm.X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.VectorSet;
import org.junit.jupiter.api.Test;

/** What KVM does with a guest's EOI. */
class KvmEoiTest {
    private static final int VECTOR = 0xA1;

    @Test
    void anEoiWithNothingInServiceIsANoOp() {
        VirtualMachine vm = split();
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.SPURIOUS);
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
        assertThat(vm.notes()).containsExactly("L1 lapic-eoi-spurious 0 0 0");
    }

    @Test
    void anEoiOfAVectorThatIsNotHandledStaysInTheLocalApic() {
        VirtualMachine vm = split();
        vm.takeInterrupt(0, 0x51, EDGE);
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.NOT_HANDLED);
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
        assertThat(vm.apic(0).inService().isEmpty()).isTrue();
        assertThat(vm.notes()).containsExactly("L1 lapic-eoi 0 81 0");
    }

    @Test
    void splitTheEoiOfAHandledVectorMakesOneExit() {
        VirtualMachine vm = split();
        vm.takeInterrupt(0, VECTOR, LEVEL);
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.EXIT_REQUESTED);
        assertThat(vm.kvm().isEoiExitPending(VECTOR)).isTrue();
        assertThat(vm.kvm().isEoiExitPending(0x51)).isFalse();

        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VECTOR);
        assertThat(vm.kvm().isEoiExitPending(VECTOR)).isFalse();
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
    }

    @Test
    void anExitBelongsToTheVcpuThatEnded() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 2);
        vm.route(21, VECTOR, LEVEL, 0xFF);
        vm.takeInterrupt(1, VECTOR, LEVEL);
        vm.endOfInterrupt(1);
        assertThat(vm.kvm().isEoiExitPending(VECTOR)).isTrue();
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
        assertThat(vm.kvm().handleRequests(1)).isEqualTo(VECTOR);
    }

    @Test
    void splitQuirkedIgnoresSpivBit12WhichIsTheBug() {
        VirtualMachine vm = split();
        vm.writeSpiv(0, VirtualMachine.SUPPRESSING);
        vm.takeInterrupt(0, VECTOR, LEVEL);
        assertThat(vm.apic(0).suppressBit()).isTrue();
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.EXIT_REQUESTED);
        assertThat(vm.notes()).containsExactly("L1 lapic-eoi 0 161 1");
    }

    @Test
    void splitEnabledHonoursSpivBit12WhichIsTheFix() {
        VirtualMachine vm = split(KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST);
        vm.writeSpiv(0, VirtualMachine.SUPPRESSING);
        vm.takeInterrupt(0, VECTOR, LEVEL);
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.SUPPRESSED);
        assertThat(vm.kvm().isEoiExitPending(VECTOR)).isFalse();
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
        assertThat(vm.apic(0).inService().isEmpty()).isTrue();
        assertThat(vm.notes()).containsExactly("L1 lapic-eoi 0 161 1", "L0 eoi-suppressed 0 161 0");
    }

    @Test
    void splitEnabledChangesNothingForAGuestThatLeavesBit12Clear() {
        VirtualMachine vm = split(KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST);
        vm.takeInterrupt(0, VECTOR, LEVEL);
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.EXIT_REQUESTED);
    }

    @Test
    void splitDisabledIgnoresABitThatWasMigratedIn() {
        VirtualMachine vm = split(KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST);
        vm.kvm().restoreLapic(0, VirtualMachine.SUPPRESSING);
        vm.takeInterrupt(0, VECTOR, LEVEL);
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.EXIT_REQUESTED);
    }

    @Test
    void enablingFixesAGuestThatIsRunningWithoutAReboot() {
        VirtualMachine vm = split();
        vm.writeSpiv(0, VirtualMachine.SUPPRESSING);
        vm.takeInterrupt(0, VECTOR, LEVEL);
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.EXIT_REQUESTED);
        vm.kvm().handleRequests(0);

        vm.enableCap(KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST);
        vm.takeInterrupt(0, VECTOR, LEVEL);
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.SUPPRESSED);
    }

    @Test
    void suppressionIsDecidedWhenTheGuestEndsNotWhenTheExitIsMade() {
        VirtualMachine vm = split();
        vm.writeSpiv(0, VirtualMachine.SUPPRESSING);
        vm.takeInterrupt(0, VECTOR, LEVEL);
        vm.endOfInterrupt(0);
        vm.enableCap(KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST);
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VECTOR);
    }

    @Test
    void splitAnEdgeInterruptThatSharesTheVectorOfALevelRouteExitsToo() {
        VirtualMachine vm = split();
        vm.takeInterrupt(0, VECTOR, EDGE);
        assertThat(vm.apic(0).triggerModes().contains(VECTOR)).isFalse();
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.EXIT_REQUESTED);
    }

    @Test
    void theSlotHoldsOneVectorSoASecondEoiBeforeTheRequestsAreHandledReplacesTheFirst() {
        VirtualMachine vm = split();
        vm.route(20, 0x51, LEVEL, 0);
        vm.takeInterrupt(0, 0x51, LEVEL);
        vm.takeInterrupt(0, VECTOR, LEVEL);
        vm.endOfInterrupt(0);
        vm.endOfInterrupt(0);
        assertThat(vm.kvm().isEoiExitPending(VECTOR)).isFalse();
        assertThat(vm.kvm().isEoiExitPending(0x51)).isTrue();
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(0x51);
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
    }

    @Test
    void theExitIsMadeByTheBitmapOfBeforeTheScanAndTheScanWaitsForTheNextEntry() {
        VirtualMachine vm = split();
        vm.takeInterrupt(0, VECTOR, LEVEL);
        vm.endOfInterrupt(0);
        vm.kvm().setRoute(21, VirtualMachine.message(0xB1, LEVEL, 0));

        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VECTOR);
        assertThat(vm.kvm().isHandled(0, VECTOR)).isTrue();
        assertThat(vm.kvm().isHandled(0, 0xB1)).isFalse();
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
        assertThat(vm.kvm().isHandled(0, VECTOR)).isFalse();
        assertThat(vm.kvm().isHandled(0, 0xB1)).isTrue();
    }

    @Test
    void inKernelTheEoiEndsTheLevelInterruptAtOnce() {
        VirtualMachine vm = inKernel();
        vm.ioApic().chip().setLine(21, true);
        vm.ioApic().chip().setLine(21, false);
        vm.apic(0).acknowledge(VECTOR);
        vm.notes();

        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.ENDED_IN_KERNEL);
        assertThat(remoteIrr(vm)).isFalse();
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
        assertThat(vm.notes())
                .containsExactly(
                        "L1 lapic-eoi 0 161 0", "L0 eoi-broadcast 0 161 1", "chip remote-irr-cleared 21 161 0");
    }

    @Test
    void inKernelAnAssertedLineIsDeliveredAgainWithinTheEoi() {
        VirtualMachine vm = inKernel();
        vm.ioApic().chip().setLine(21, true);
        vm.apic(0).acknowledge(VECTOR);
        vm.endOfInterrupt(0);
        assertThat(vm.apic(0).requested().contains(VECTOR)).isTrue();
        assertThat(remoteIrr(vm)).isTrue();
    }

    @Test
    void inKernelTmrDecidesSoAnEdgeOfTheSameVectorEndsNothing() {
        VirtualMachine vm = inKernel();
        vm.ioApic().chip().setLine(21, true);
        vm.ioApic().chip().setLine(21, false);
        vm.apic(0).withdraw(VECTOR);
        vm.takeInterrupt(0, VECTOR, EDGE);
        vm.notes();

        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.ENDED_IN_KERNEL);
        assertThat(remoteIrr(vm)).isTrue();
        assertThat(vm.notes()).containsExactly("L1 lapic-eoi 0 161 0", "L0 eoi-broadcast 0 161 0");
    }

    @Test
    void inKernelQuirkedHonoursARestoredBit12WhichLeavesRemoteIrrStuck() {
        VirtualMachine vm = inKernel();
        vm.kvm().restoreLapic(0, VirtualMachine.SUPPRESSING);
        vm.ioApic().chip().setLine(21, true);
        vm.apic(0).acknowledge(VECTOR);
        vm.notes();

        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.SUPPRESSED);
        assertThat(remoteIrr(vm)).isTrue();
        assertThat(vm.notes()).containsExactly("L1 lapic-eoi 0 161 1", "L0 eoi-suppressed 0 161 0");
    }

    @Test
    void inKernelDisabledEndsTheInterruptWhateverBit12Says() {
        VirtualMachine vm = inKernel(KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST);
        vm.kvm().restoreLapic(0, VirtualMachine.SUPPRESSING);
        vm.ioApic().chip().setLine(21, true);
        vm.ioApic().chip().setLine(21, false);
        vm.apic(0).acknowledge(VECTOR);
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.ENDED_IN_KERNEL);
        assertThat(remoteIrr(vm)).isFalse();
    }

    @Test
    void inKernelTheThrottleStartsTheTimerAfterTenThousandEois() {
        VirtualMachine vm = inKernel();
        vm.ioApic().chip().setLine(21, true);
        for (int eoi = 1; eoi < 10_000; eoi++) {
            vm.apic(0).acknowledge(VECTOR);
            vm.endOfInterrupt(0);
        }
        assertThat(vm.notes().contains("timer 10000000")).isFalse();
        vm.apic(0).acknowledge(VECTOR);
        vm.endOfInterrupt(0);
        assertThat(vm.notes()).endsWith("chip throttle-armed 21 161 10000000", "timer 10000000");
        assertThat(vm.apic(0).requested().isEmpty()).isTrue();
        vm.ioApic().chip().throttleExpired();
        assertThat(vm.apic(0).requested().contains(VECTOR)).isTrue();
    }

    @Test
    void kvmsIoApicLearnsWhetherAnybodyAccepted() {
        VirtualMachine vm = inKernel();
        vm.writeSpiv(0, 0xFF);
        vm.ioApic().chip().setLine(21, true);
        assertThat(remoteIrr(vm)).isFalse();
        vm.writeSpiv(0, VirtualMachine.ENABLED);
        vm.ioApic().chip().setLine(21, true);
        assertThat(remoteIrr(vm)).isTrue();
    }

    private static boolean remoteIrr(VirtualMachine vm) {
        return RedirectionEntry.hasRemoteIrr(vm.ioApic().chip().entry(21));
    }

    private static VirtualMachine split(X2ApicApiFlag... flags) {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 1, flags);
        vm.route(21, VECTOR, LEVEL, 0);
        return vm;
    }

    private static VirtualMachine inKernel(X2ApicApiFlag... flags) {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.KERNEL, 1, flags);
        vm.ioApic().window().writeEntry(21, RedirectionEntry.LEVEL | VECTOR);
        vm.handleRequests();
        vm.notes();
        return vm;
    }
}
