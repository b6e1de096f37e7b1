// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import irqstorm.apic.FatalModelError;
import irqstorm.apic.TriggerMode;
import irqstorm.apic.VectorSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes of a pending_ioapic_eoi that does not hold the vector that was ended, under each policy. */
class EoiVectorPolicyTest {
    private static final int VECTOR = 0xA1;
    private static final int OTHER = 0x51;

    private static VirtualMachine ended(EoiSlotCheck check, int slot) {
        VirtualMachine vm = VirtualMachine.checking(check);
        vm.route(21, VECTOR, TriggerMode.LEVEL, 0);
        vm.route(17, OTHER, TriggerMode.LEVEL, 0);
        vm.takeInterrupt(0, VECTOR, TriggerMode.LEVEL);
        vm.corruptSlot(slot);
        assertThat(vm.endOfInterrupt(0)).isEqualTo(EoiOutcome.EXIT_REQUESTED);
        return vm;
    }

    private static VirtualMachine ended(EoiVectorPolicy policy, int slot) {
        return ended(new EoiSlotCheck(policy, false), slot);
    }

    private static VirtualMachine withVector255(EoiVectorPolicy policy, int slot) {
        VirtualMachine vm = ended(policy, slot);
        vm.kvm().setRoute(18, VirtualMachine.message(0xFF, TriggerMode.LEVEL, 0));
        vm.kvm().catchUpWithScan(0);
        return vm;
    }

    @ParameterizedTest
    @EnumSource(EoiVectorPolicy.class)
    void aSlotThatHoldsItsVectorIsReportedUnderEveryPolicy(EoiVectorPolicy policy) {
        VirtualMachine vm = ended(policy, VECTOR);
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VECTOR);
        assertThat(vm.notes()).containsExactly("L1 lapic-eoi 0 161 0");
    }

    @ParameterizedTest
    @EnumSource(EoiVectorPolicy.class)
    void anotherLegalVectorIsReportedIfItIsHandledAndNotOtherwise(EoiVectorPolicy policy) {
        VirtualMachine wrong = ended(policy, OTHER);
        assertThat(wrong.kvm().handleRequests(0)).isEqualTo(OTHER);
        assertThat(wrong.notes())
                .containsExactly(
                        "L1 lapic-eoi 0 161 0", "L0 eoi-slot-corrupted 0 161 81", "L0 eoi-exit-misreported 0 161 81");

        VirtualMachine lost = ended(policy, 0x52);
        assertThat(lost.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
        assertThat(lost.notes()).last().isEqualTo("L0 eoi-exit-lost 0 161 82");
    }

    @Test
    void bugOnPanicsAbove255() {
        VirtualMachine vm = ended(EoiVectorPolicy.BUG_ON, 256);
        assertThatExceptionOfType(FatalModelError.class)
                .isThrownBy(() -> vm.kvm().handleRequests(0))
                .withMessageContaining("256")
                .satisfies(error -> {
                    assertThat(error.fatal()).isEqualTo(FatalModelError.Cause.HOST_BUG);
                    assertThat(error.fatal().victim()).isEqualTo(FatalModelError.Victim.HOST);
                });
    }

    @Test
    void bugOnLetsANegativeValueThroughToABitThatBelongsToSomethingElse() {
        assertThat(ended(new EoiSlotCheck(EoiVectorPolicy.BUG_ON, false), -1)
                        .kvm()
                        .handleRequests(0))
                .isEqualTo(VectorSet.NONE);
        assertThat(ended(new EoiSlotCheck(EoiVectorPolicy.BUG_ON, true), -2)
                        .kvm()
                        .handleRequests(0))
                .as("kvm_run has one byte for it")
                .isEqualTo(0xFE);
    }

    @ParameterizedTest
    @CsvSource({"256", "-1", "2147483647", "-2147483648"})
    void clampingReports255OnlyWhere255IsHandled(int slot) {
        assertThat(ended(EoiVectorPolicy.CLAMP_255, slot).kvm().handleRequests(0))
                .isEqualTo(VectorSet.NONE);
        assertThat(withVector255(EoiVectorPolicy.CLAMP_255, slot).kvm().handleRequests(0))
                .isEqualTo(0xFF);
    }

    @ParameterizedTest
    @CsvSource({"256", "-1"})
    void reportingZeroExitsThoughNothingHandlesVectorZero(int slot) {
        VirtualMachine vm = ended(EoiVectorPolicy.REPORT_ZERO, slot);
        assertThat(vm.kvm().handleRequests(0)).isZero();
        assertThat(vm.notes()).last().isEqualTo("L0 eoi-exit-misreported 0 161 0");
    }

    @ParameterizedTest
    @CsvSource({"256", "-1"})
    void droppingTheExitLosesTheEoiAndNothingElse(int slot) {
        VirtualMachine vm = ended(EoiVectorPolicy.DROP_EXIT, slot);
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(VectorSet.NONE);
        assertThat(vm.notes()).last().isEqualTo("L0 eoi-exit-lost 0 161 " + slot);
    }

    @Test
    void killingTheGuestIsNotTheHostsEnd() {
        VirtualMachine vm = ended(EoiVectorPolicy.KILL_GUEST, -1);
        assertThatExceptionOfType(FatalModelError.class)
                .isThrownBy(() -> vm.kvm().handleRequests(0))
                .withMessageContaining("-1")
                .satisfies(error -> {
                    assertThat(error.fatal()).isEqualTo(FatalModelError.Cause.VM_BUGGED);
                    assertThat(error.fatal().victim()).isEqualTo(FatalModelError.Victim.GUEST);
                });
    }

    @ParameterizedTest
    @CsvSource({"256, 0", "-1, 255", "-2, 254", "337, 81"})
    void aByteKeepsTheLowEightBits(int stored, int kept) {
        VirtualMachine vm = ended(EoiVectorPolicy.U8, stored);
        assertThat(vm.notes()).contains("L0 eoi-slot-corrupted 0 161 " + kept);
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(kept == OTHER ? OTHER : VectorSet.NONE);
    }

    /** The argument against 255, that it would block others for good: the slot is one word, which the next EOI overwrites. */
    @ParameterizedTest
    @EnumSource(
            value = EoiVectorPolicy.class,
            names = {"BUG_ON", "KILL_GUEST"},
            mode = EnumSource.Mode.EXCLUDE)
    void whateverTheSlotHeldTheNextEoiIsReported(EoiVectorPolicy policy) {
        VirtualMachine vm = withVector255(policy, 256);
        vm.kvm().handleRequests(0);

        vm.takeInterrupt(0, OTHER, TriggerMode.LEVEL);
        vm.endOfInterrupt(0);
        assertThat(vm.kvm().handleRequests(0)).isEqualTo(OTHER);
    }

    @Test
    void untilItIsReportedTheVectorThatWasEndedIsOwed() {
        VirtualMachine vm = ended(EoiVectorPolicy.DROP_EXIT, 256);
        assertThat(vm.kvm().isEoiExitPending(VECTOR)).isTrue();
        assertThat(vm.kvm().isEoiExitPending(0)).isFalse();
        vm.kvm().handleRequests(0);
        assertThat(vm.kvm().isEoiExitPending(VECTOR)).isFalse();
    }
}
