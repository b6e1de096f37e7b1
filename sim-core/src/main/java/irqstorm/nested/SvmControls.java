// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

/**
 * How L1 runs L2 under SVM (AMD APM volume 2, sections 15.13, 15.21 and 15.33).
 *
 * @param interceptIntr physical interrupts make L2 exit
 * @param interceptNmi NMIs make L2 exit
 * @param interceptVintr L2 exits as soon as it can take the virtual interrupt
 * @param interceptHlt HLT makes L2 exit
 * @param interceptSmi SMIs make L2 exit
 * @param virtualMasking V_INTR_MASKING: the host's RFLAGS.IF masks physical interrupts, L2's masks virtual ones
 * @param virtualGif V_GIF_ENABLE: STGI and CLGI of L2 act on V_GIF
 * @param virtualNmi V_NMI_ENABLE: L1 hands NMIs over in V_NMI_PENDING
 */
public record SvmControls(
        boolean interceptIntr,
        boolean interceptNmi,
        boolean interceptVintr,
        boolean interceptHlt,
        boolean interceptSmi,
        boolean virtualMasking,
        boolean virtualGif,
        boolean virtualNmi) {

    /** Whether VMRUN takes the control block: virtual NMIs need the NMI intercept. */
    public boolean isValid() {
        return !virtualNmi || interceptNmi;
    }
}
