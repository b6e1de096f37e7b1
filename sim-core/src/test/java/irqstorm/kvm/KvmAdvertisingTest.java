// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import static irqstorm.kvm.X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST;
import static irqstorm.kvm.X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.LocalApic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When the guest sees LVR bit 24, and when its SPIV bit 12 counts. */
class KvmAdvertisingTest {
    private static final int ADVERTISED = 0x0105_0014;
    private static final int HIDDEN = 0x0005_0014;

    @Test
    void quirkedAdvertisesToASplitVmAndNotToOneWithTheIoApicInTheKernel() {
        assertThat(VirtualMachine.booted(IrqchipMode.SPLIT, 1).apic(0).lvr()).isEqualTo(ADVERTISED);
        assertThat(VirtualMachine.booted(IrqchipMode.KERNEL, 1).apic(0).lvr()).isEqualTo(HIDDEN);
    }

    @Test
    void enableAdvertisesAndDisableDoesNot() {
        assertThat(VirtualMachine.booted(IrqchipMode.SPLIT, 1, KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST)
                        .apic(0)
                        .lvr())
                .isEqualTo(ADVERTISED);
        assertThat(VirtualMachine.booted(IrqchipMode.SPLIT, 1, KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST)
                        .apic(0)
                        .lvr())
                .isEqualTo(HIDDEN);
        assertThat(VirtualMachine.booted(IrqchipMode.KERNEL, 1, KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST)
                        .apic(0)
                        .lvr())
                .isEqualTo(HIDDEN);
    }

    @Test
    void nothingIsAdvertisedToAGuestWhoseCpuidLacksX2Apic() {
        VirtualMachine vm = new VirtualMachine(IrqchipMode.SPLIT, 1, UapiRevision.MERGED, false);
        vm.enableCap(KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST);
        vm.kvm().resetLapic(0);
        assertThat(vm.apic(0).lvr()).isEqualTo(HIDDEN);
        assertThat(vm.kvm().advertisesSuppression()).isFalse();
    }

    @Test
    void theAdvertisementIsLatchedUntilTheVersionIsComputedAgain() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 2);
        vm.enableCap(KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST);
        assertThat(vm.kvm().advertisesSuppression()).isFalse();
        assertThat(vm.apic(0).lvr()).as("a running guest sees no change").isEqualTo(ADVERTISED);

        vm.kvm().resetLapic(0);
        assertThat(vm.apic(0).lvr()).as("a reset computes it").isEqualTo(HIDDEN);
        vm.kvm().restoreLapic(1, VirtualMachine.ENABLED);
        assertThat(vm.apic(1).lvr()).as("so does KVM_SET_LAPIC").isEqualTo(HIDDEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = IrqchipMode.class,
            names = {"KERNEL", "SPLIT"})
    void setLapicBringsSpivBit12InEvenWhereLvrBit24IsClear(IrqchipMode irqchip) {
        VirtualMachine vm = VirtualMachine.booted(irqchip, 1, KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST);
        vm.writeSpiv(0, VirtualMachine.SUPPRESSING);
        assertThat(vm.apic(0).suppressBit()).as("the guest cannot set it").isFalse();

        vm.kvm().restoreLapic(0, VirtualMachine.SUPPRESSING);
        assertThat(vm.apic(0).spiv()).isEqualTo(VirtualMachine.SUPPRESSING);
        assertThat(vm.apic(0).lvr() & LocalApic.LVR_SUPPRESS_EOI_BROADCAST).isZero();
        assertThat(vm.notes()).containsExactly("L0 lapic-restored 0 4607 " + HIDDEN);
    }

    @Test
    void aResetClearsABitThatWasRestored() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 1);
        vm.kvm().restoreLapic(0, VirtualMachine.SUPPRESSING);
        vm.kvm().resetLapic(0);
        assertThat(vm.apic(0).spiv()).isEqualTo(0xFF);
        assertThat(vm.apic(0).lvr()).isEqualTo(ADVERTISED);
    }

    @Test
    void aBitThatIsNotSetIsNeverHonoured() {
        for (IrqchipMode irqchip : new IrqchipMode[] {IrqchipMode.KERNEL, IrqchipMode.SPLIT}) {
            VirtualMachine vm = VirtualMachine.booted(irqchip, 1);
            assertThat(vm.kvm().suppressesEoi(0)).isFalse();
        }
    }

    @Test
    void whetherABitIsHonouredIsDecidedByTheModeOfThisMoment() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, 2);
        vm.writeSpiv(0, VirtualMachine.SUPPRESSING);
        assertThat(vm.kvm().suppressesEoi(0)).as("quirked").isFalse();
        vm.enableCap(KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST);
        assertThat(vm.kvm().suppressesEoi(0)).as("enabled").isTrue();
        assertThat(vm.kvm().suppressesEoi(1)).as("the bit is each vCPU's own").isFalse();
        vm.enableCap(KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST);
        assertThat(vm.kvm().suppressesEoi(0)).as("disabled").isFalse();
        assertThat(vm.apic(0).suppressBit()).as("and the bit is still there").isTrue();
    }

    @Test
    void theInKernelQuirkHonoursARestoredBit() {
        VirtualMachine vm = VirtualMachine.booted(IrqchipMode.KERNEL, 1);
        vm.kvm().restoreLapic(0, VirtualMachine.SUPPRESSING);
        assertThat(vm.kvm().suppressesEoi(0)).isTrue();
    }

    @Test
    void bothFlagsOfV3HideTheFeatureAndHonourARestoredBit() {
        VirtualMachine vm = new VirtualMachine(IrqchipMode.SPLIT, 1, UapiRevision.V3, true);
        assertThat(vm.enableCap(KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST, KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST)
                        .isOk())
                .isTrue();
        vm.kvm().restoreLapic(0, VirtualMachine.SUPPRESSING);
        assertThat(vm.apic(0).lvr()).isEqualTo(HIDDEN);
        assertThat(vm.kvm().suppressesEoi(0)).isTrue();
    }
}
