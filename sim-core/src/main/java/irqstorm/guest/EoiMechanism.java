// SPDX-License-Identifier: Apache-2.0
package irqstorm.guest;

/** How a guest writes EOI to its local APIC. */
public enum EoiMechanism {
    /** A store to offset 0xB0 of the xAPIC page. */
    MMIO("mmio"),
    /** WRMSR 0x80B, in x2APIC mode. */
    X2APIC_MSR("x2apic-msr"),
    /** WRMSR 0x40000070, Hyper-V's EOI MSR: always an exit, whatever the EOI-exit bitmap says. */
    HYPERV_MSR("hyperv-msr");

    private final String label;

    EoiMechanism(String label) {
        this.label = label;
    }

    /** The word used in scenario files. */
    public String label() {
        return label;
    }
}
