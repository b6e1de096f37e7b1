// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/** What an exit to the VMM, or to the kernel's I/O APIC, is for. */
enum Access {
    /** Nothing: the exit ends in the kernel. */
    NONE,
    /** The registers of the device that the argument numbers. */
    DEVICE,
    /** The I/O APIC's EOI register, with the vector in the argument. */
    EOI_REGISTER,
    /** IOREGSEL and IOWIN: the low half of a redirection entry, with 2 · pin + mask bit in the argument. */
    PIN_MASK,
    /** KVM_EXIT_IOAPIC_EOI of the vector in the argument. */
    IOAPIC_EOI,
    /** An EOI to a local APIC that the VMM emulates. */
    LAPIC_EOI,
    /** An interrupt that the VMM injects with KVM_INTERRUPT. */
    INJECTION
}
