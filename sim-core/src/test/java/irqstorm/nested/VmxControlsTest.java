// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import static irqstorm.nested.VmxControl.ACKNOWLEDGE_INTERRUPT_ON_EXIT;
import static irqstorm.nested.VmxControl.APIC_REGISTER_VIRTUALIZATION;
import static irqstorm.nested.VmxControl.EXTERNAL_INTERRUPT_EXITING;
import static irqstorm.nested.VmxControl.NMI_EXITING;
import static irqstorm.nested.VmxControl.NMI_WINDOW_EXITING;
import static irqstorm.nested.VmxControl.POSTED_INTERRUPTS;
import static irqstorm.nested.VmxControl.SECONDARY_CONTROLS;
import static irqstorm.nested.VmxControl.TPR_SHADOW;
import static irqstorm.nested.VmxControl.VIRTUALIZE_APIC_ACCESSES;
import static irqstorm.nested.VmxControl.VIRTUALIZE_X2APIC_MODE;
import static irqstorm.nested.VmxControl.VIRTUAL_INTERRUPT_DELIVERY;
import static irqstorm.nested.VmxControl.VIRTUAL_NMIS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which controls may be combined. */
class VmxControlsTest {
    private static VmxControls with(VmxControl... controls) {
        VmxControls all = VmxControls.NONE.with(SECONDARY_CONTROLS, true);
        for (VmxControl control : controls) {
            all = all.with(control, true);
        }
        return all;
    }

    private static boolean isValid(VmxControls controls) {
        return controls.invalid(0).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(VmxControl.class)
    void aControlIsSetAndClearedAlone(VmxControl control) {
        VmxControls set = with(control);
        assertThat(set.has(control)).isTrue();
        assertThat(set.with(control, false).has(control)).isFalse();
        assertThat(set.with(SECONDARY_CONTROLS, false).has(control))
                .isEqualTo(!control.isSecondary() && control != SECONDARY_CONTROLS);
    }

    @ParameterizedTest
    @EnumSource(
            value = VmxControl.class,
            names = {
                "VIRTUALIZE_APIC_ACCESSES",
                "VIRTUALIZE_X2APIC_MODE",
                "APIC_REGISTER_VIRTUALIZATION",
                "VIRTUAL_INTERRUPT_DELIVERY"
            })
    void fourControlsAreSecondary(VmxControl control) {
        assertThat(control.isSecondary()).isTrue();
        long others = java.util.Arrays.stream(VmxControl.values())
                .filter(VmxControl::isSecondary)
                .count();
        assertThat(others).isEqualTo(4);
    }

    @Test
    void virtualNmisNeedNmiExitingAndTheWindowNeedsVirtualNmis() {
        assertThat(isValid(with(VIRTUAL_NMIS))).isFalse();
        assertThat(isValid(with(VIRTUAL_NMIS, NMI_EXITING))).isTrue();
        assertThat(isValid(with(NMI_WINDOW_EXITING, NMI_EXITING))).isFalse();
        assertThat(isValid(with(NMI_WINDOW_EXITING, VIRTUAL_NMIS, NMI_EXITING))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = VmxControl.class,
            names = {"VIRTUALIZE_X2APIC_MODE", "APIC_REGISTER_VIRTUALIZATION", "VIRTUAL_INTERRUPT_DELIVERY"})
    void apicVirtualizationNeedsTheTprShadow(VmxControl control) {
        assertThat(isValid(with(control, EXTERNAL_INTERRUPT_EXITING))).isFalse();
        assertThat(isValid(with(control, EXTERNAL_INTERRUPT_EXITING, TPR_SHADOW)))
                .isTrue();
        assertThat(isValid(with(control).with(SECONDARY_CONTROLS, false)))
                .as("inactive")
                .isTrue();
    }

    @Test
    void x2ApicModeExcludesTheAccessPage() {
        assertThat(isValid(with(TPR_SHADOW, VIRTUALIZE_X2APIC_MODE, VIRTUALIZE_APIC_ACCESSES)))
                .isFalse();
        assertThat(isValid(with(TPR_SHADOW, VIRTUALIZE_APIC_ACCESSES, APIC_REGISTER_VIRTUALIZATION)))
                .isTrue();
    }

    @Test
    void virtualInterruptsNeedExternalInterruptExiting() {
        assertThat(isValid(with(TPR_SHADOW, VIRTUAL_INTERRUPT_DELIVERY))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0,0,true", "5,0x50,true", "5,0x5f,true", "6,0x5f,false", "15,0xff,true", "16,0xff,false"})
    void theTprThresholdIsAtMostTheTaskPriority(int threshold, String priority, boolean valid) {
        VmxControls controls = with(TPR_SHADOW).withTprThreshold(threshold);
        assertThat(controls.invalid(Integer.decode(priority)).isEmpty()).isEqualTo(valid);
        assertThat(controls.tprThreshold()).isEqualTo(threshold);
        assertThat(controls.with(TPR_SHADOW, false).invalid(0)).as("no shadow").isEmpty();
        assertThat(controls.with(VIRTUAL_INTERRUPT_DELIVERY, true)
                        .with(EXTERNAL_INTERRUPT_EXITING, true)
                        .invalid(0))
                .as("with virtual interrupts")
                .isEmpty();
    }

    @Test
    void withTheAccessPageTheThresholdIsNotComparedButItsReservedBitsAreZero() {
        VmxControls controls = with(TPR_SHADOW, VIRTUALIZE_APIC_ACCESSES);
        assertThat(controls.withTprThreshold(15).invalid(0)).isEmpty();
        assertThat(controls.withTprThreshold(0x10).invalid(0xFF)).isPresent();
    }

    @Test
    void postedInterruptsNeedMuch() {
        VmxControls whole = with(
                        POSTED_INTERRUPTS,
                        VIRTUAL_INTERRUPT_DELIVERY,
                        EXTERNAL_INTERRUPT_EXITING,
                        TPR_SHADOW,
                        ACKNOWLEDGE_INTERRUPT_ON_EXIT)
                .withPosting(0xFF, 0x1040);
        assertThat(whole.invalid(0)).isEmpty();
        assertThat(whole.notificationVector()).isEqualTo(0xFF);
        assertThat(whole.postedDescriptor()).isEqualTo(0x1040);
        assertThat(whole.with(ACKNOWLEDGE_INTERRUPT_ON_EXIT, false).invalid(0))
                .hasValueSatisfying(reason -> assertThat(reason).contains("acknowledge"));
        assertThat(whole.with(VIRTUAL_INTERRUPT_DELIVERY, false).invalid(0))
                .hasValueSatisfying(reason -> assertThat(reason).contains("virtual-interrupt"));
        assertThat(whole.withPosting(0x100, 0x1040).invalid(0)).isPresent();
        assertThat(whole.withPosting(0xFF, 0x1020).invalid(0)).isPresent();
        assertThat(whole.withPosting(0x100, 0x1020)
                        .with(POSTED_INTERRUPTS, false)
                        .invalid(0))
                .isEmpty();
    }
}
