// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/** The transitions between host, VMM and guests that take time. Each has a distribution in the scenario. */
public enum LatencyKind {
    /** From a VMM thread's KVM_IRQ_LINE or KVM_SIGNAL_MSI until the local APIC has the interrupt. */
    LINE_TO_ACCEPT("lineToAccept"),
    /** From the acceptance until a vCPU in guest mode, or halted, notices: the posted-interrupt notification or the kick. */
    INTERRUPT_KICK("interruptKick"),
    /** L0's handling of an external-interrupt exit, up to the decision where the interrupt goes. */
    EXTERNAL_INTERRUPT_EXIT("externalInterruptExit"),
    /** What an entry costs more when L0 injects an interrupt by software, without APICv. */
    ENTRY_INJECTION("entryInjection"),
    /** A trivial exit handled in the kernel, entry included; also the wake-up from HLT. */
    KERNEL_EXIT("kernelExit"),
    /** An exiting LAPIC EOI handled in the kernel. */
    LAPIC_EOI_EXIT("lapicEoiExit"),
    /** A LAPIC EOI under virtual-interrupt delivery that does not exit. */
    EOI_WITHOUT_EXIT("eoiWithoutExit"),
    /** From an MMIO access of the guest until KVM has decoded it. */
    MMIO_EXIT("mmioExit"),
    /** From L0 to the VMM: KVM_RUN returns. */
    USERSPACE_EXIT("userspaceExit"),
    /** What the VMM does between the return of KVM_RUN and its effect on the emulated device. */
    VMM_HANDLING("vmmHandling"),
    /** From the VMM to the guest: KVM_RUN until guest mode. */
    USERSPACE_ENTRY("userspaceEntry"),
    /** An exit of L2 given to L1: until L1 runs. */
    NESTED_EXIT("nestedExit"),
    /** L1's VMRESUME emulated: until L2 runs. */
    NESTED_ENTRY("nestedEntry");

    private final String label;

    LatencyKind(String label) {
        this.label = label;
    }

    /** The key used in scenario files. */
    public String label() {
        return label;
    }
}
