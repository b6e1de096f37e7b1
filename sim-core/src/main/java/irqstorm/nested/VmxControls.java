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

import java.util.Optional;

/**
 * How L1 runs L2.
 *
 * @param bits the controls that are set, as {@link #with} builds them
 * @param tprThreshold the TPR threshold, 32 bits
 * @param notificationVector the posted-interrupt notification vector, 16 bits
 * @param postedDescriptor the physical address of the posted-interrupt descriptor
 */
public record VmxControls(long bits, int tprThreshold, int notificationVector, long postedDescriptor) {
    /** Nothing is set. */
    public static final VmxControls NONE = new VmxControls(0, 0, 0, 0);

    private static final int DESCRIPTOR_ALIGNMENT = 64;

    /** These controls, with {@code control} set or clear. */
    public VmxControls with(VmxControl control, boolean on) {
        long changed = on ? bits | control.mask() : bits & ~control.mask();
        return new VmxControls(changed, tprThreshold, notificationVector, postedDescriptor);
    }

    /** These controls, with another TPR threshold. */
    public VmxControls withTprThreshold(int threshold) {
        return new VmxControls(bits, threshold, notificationVector, postedDescriptor);
    }

    /** These controls, with another notification vector and descriptor address. */
    public VmxControls withPosting(int vector, long descriptor) {
        return new VmxControls(bits, tprThreshold, vector, descriptor);
    }

    /** Whether {@code control} is set and has an effect. */
    public boolean has(VmxControl control) {
        boolean active = !control.isSecondary() || (bits & SECONDARY_CONTROLS.mask()) != 0;
        return active && (bits & control.mask()) != 0;
    }

    /**
     * The checks on these fields at VM entry (SDM volume 3, section 27.2.1.1).
     *
     * @param virtualTpr the task priority in the virtual-APIC page
     * @return what makes the entry fail with "invalid control field", if anything
     */
    public Optional<String> invalid(int virtualTpr) {
        return invalidNmiControls().or(() -> invalidApicControls(virtualTpr)).or(this::invalidPosting);
    }

    private Optional<String> invalidNmiControls() {
        if (has(VIRTUAL_NMIS) && !has(NMI_EXITING)) {
            return Optional.of("virtual NMIs without NMI exiting");
        }
        return has(NMI_WINDOW_EXITING) && !has(VIRTUAL_NMIS)
                ? Optional.of("NMI-window exiting without virtual NMIs")
                : Optional.empty();
    }

    private Optional<String> invalidApicControls(int virtualTpr) {
        boolean needsShadow =
                has(VIRTUALIZE_X2APIC_MODE) || has(APIC_REGISTER_VIRTUALIZATION) || has(VIRTUAL_INTERRUPT_DELIVERY);
        if (!has(TPR_SHADOW) && needsShadow) {
            return Optional.of("APIC virtualization without TPR shadow");
        }
        if (has(VIRTUALIZE_X2APIC_MODE) && has(VIRTUALIZE_APIC_ACCESSES)) {
            return Optional.of("virtualized APIC accesses in x2APIC mode");
        }
        if (has(VIRTUAL_INTERRUPT_DELIVERY) && !has(EXTERNAL_INTERRUPT_EXITING)) {
            return Optional.of("virtual-interrupt delivery without external-interrupt exiting");
        }
        if (!has(TPR_SHADOW) || has(VIRTUAL_INTERRUPT_DELIVERY)) {
            return Optional.empty();
        }
        if (tprThreshold >>> 4 != 0) {
            return Optional.of("reserved bits of the TPR threshold");
        }
        return !has(VIRTUALIZE_APIC_ACCESSES) && tprThreshold > virtualTpr >>> 4
                ? Optional.of("a TPR threshold above the virtual task priority")
                : Optional.empty();
    }

    private Optional<String> invalidPosting() {
        if (!has(POSTED_INTERRUPTS)) {
            return Optional.empty();
        }
        if (!has(VIRTUAL_INTERRUPT_DELIVERY)) {
            return Optional.of("posted interrupts without virtual-interrupt delivery");
        }
        if (!has(ACKNOWLEDGE_INTERRUPT_ON_EXIT)) {
            return Optional.of("posted interrupts without acknowledge-on-exit");
        }
        if (notificationVector >>> 8 != 0) {
            return Optional.of("a notification vector above 255");
        }
        return postedDescriptor % DESCRIPTOR_ALIGNMENT != 0
                ? Optional.of("a posted-interrupt descriptor that is not aligned to 64 bytes")
                : Optional.empty();
    }
}
