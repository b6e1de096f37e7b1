// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

/** Who emulates the interrupt controllers. */
public enum IrqchipMode {
    /** Nothing in the kernel: the VMM emulates the local APICs too. */
    NONE("none"),
    /** Local APICs, I/O APIC and PIC in the kernel (KVM_CREATE_IRQCHIP). */
    KERNEL("kernel"),
    /** Local APICs in the kernel, I/O APIC and PIC in the VMM (KVM_CAP_SPLIT_IRQCHIP). */
    SPLIT("split");

    private final String label;

    IrqchipMode(String label) {
        this.label = label;
    }

    /** The word used in scenario files and reports. */
    public String label() {
        return label;
    }
}
