// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

/** Why L2 left, by the names of the SDM (volume 3, appendix C) and, with the prefix SVM, of the APM (volume 2, appendix C). */
public enum NestedExit {
    /** An NMI, or an exception that is intercepted. */
    EXCEPTION_NMI,
    /** A physical interrupt. */
    EXTERNAL_INTERRUPT,
    /** INIT. */
    INIT_SIGNAL,
    /** A start-up message found L2 waiting for one. */
    SIPI,
    /** L2 can take interrupts. */
    INTERRUPT_WINDOW,
    /** L2 can take NMIs. */
    NMI_WINDOW,
    /** HLT. */
    HLT,
    /** VMCALL. */
    VMCALL,
    /** L2 lowered its task priority below the threshold. */
    TPR_BELOW_THRESHOLD,
    /** An access to the APIC-access page that is not virtualised. */
    APIC_ACCESS,
    /** A write to the virtual-APIC page that needs emulation; the value is there already. */
    APIC_WRITE,
    /** An EOI of a vector that is in the EOI-exit bitmap. */
    EOI_INDUCED,
    /** An interrupt, under SVM. */
    SVM_INTR,
    /** An NMI, under SVM. */
    SVM_NMI,
    /** An SMI, under SVM. */
    SVM_SMI,
    /** L2 can take the virtual interrupt, under SVM. */
    SVM_VINTR,
    /** HLT, under SVM. */
    SVM_HLT,
    /** VMMCALL. */
    SVM_VMMCALL,
    /** VMRUN refused the control block. */
    SVM_ERR
}
