// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

/** The VM-execution and VM-exit controls that concern interrupts (SDM volume 3, sections 25.6 and 25.7). */
public enum VmxControl {
    /** Physical interrupts make L2 exit. */
    EXTERNAL_INTERRUPT_EXITING,
    /** NMIs make L2 exit. */
    NMI_EXITING,
    /** NMI blocking is L2's own. */
    VIRTUAL_NMIS,
    /** The notification vector moves posted interrupts to the virtual-APIC page. */
    POSTED_INTERRUPTS,
    /** L2 exits as soon as it can take an interrupt. */
    INTERRUPT_WINDOW_EXITING,
    /** L2 exits as soon as it can take an NMI. */
    NMI_WINDOW_EXITING,
    /** HLT makes L2 exit. */
    HLT_EXITING,
    /** The virtual-APIC page holds L2's task priority. */
    TPR_SHADOW,
    /** The controls below that are marked secondary have an effect. */
    SECONDARY_CONTROLS,
    /** Secondary: accesses to the APIC-access page are virtualised. */
    VIRTUALIZE_APIC_ACCESSES,
    /** Secondary: accesses to the x2APIC MSRs are virtualised. */
    VIRTUALIZE_X2APIC_MODE,
    /** Secondary: most registers are read from and written to the virtual-APIC page. */
    APIC_REGISTER_VIRTUALIZATION,
    /** Secondary: the processor delivers virtual interrupts and takes EOIs. */
    VIRTUAL_INTERRUPT_DELIVERY,
    /** VM-exit control: an exit on an interrupt acknowledges it. */
    ACKNOWLEDGE_INTERRUPT_ON_EXIT;

    /** Whether the control counts only together with {@link #SECONDARY_CONTROLS}. */
    public boolean isSecondary() {
        return ordinal() >= VIRTUALIZE_APIC_ACCESSES.ordinal() && ordinal() <= VIRTUAL_INTERRUPT_DELIVERY.ordinal();
    }

    /** The bit of this control in a set of controls. */
    long mask() {
        return 1L << ordinal();
    }
}
