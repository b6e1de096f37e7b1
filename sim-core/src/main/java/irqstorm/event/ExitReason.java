// SPDX-License-Identifier: Apache-2.0
package irqstorm.event;

/** Why a guest left guest mode, named as the VMX exit reasons are in KVM's tracepoints (SDM volume 3, appendix C). */
public enum ExitReason {
    /** A physical interrupt, also the posted-interrupt notification that finds a vCPU in L2. */
    EXTERNAL_INTERRUPT,
    /** The guest opened the interrupt window its hypervisor waits for. */
    INTERRUPT_WINDOW,
    /** HLT. */
    HLT,
    /** VMRESUME, executed by a guest hypervisor. */
    VMRESUME,
    /** WRMSR to an intercepted MSR, such as an EOI in x2APIC mode or Hyper-V's EOI MSR. */
    MSR_WRITE,
    /** An access to the APIC page that is not virtualised. */
    APIC_ACCESS,
    /** An EOI under virtual-interrupt delivery of a vector whose bit is set in the EOI-exit bitmap. */
    EOI_INDUCED,
    /** An access to an MMIO page that has no mapping: device registers and the I/O APIC's page. */
    EPT_VIOLATION
}
