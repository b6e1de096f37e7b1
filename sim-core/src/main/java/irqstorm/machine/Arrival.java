// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/** What a vCPU that is on its way, or busy with a step, arrives at. */
enum Arrival {
    /** The step of the guest's program is done. */
    STEP_DONE,
    /** L0 is about to enter the guest. */
    GUEST_ENTRY,
    /** L0 has handled an external-interrupt exit of L2 and asks where the interrupt goes. */
    NESTED_INTERRUPT,
    /** L1 is about to run after an exit of L2. */
    L1_ENTRY,
    /** KVM has decoded an MMIO access. */
    MMIO_DECODED,
    /** KVM_RUN returns. */
    USERSPACE,
    /** The VMM carries out what KVM_RUN returned for. */
    VMM_ACTION
}
