// SPDX-License-Identifier: Apache-2.0
package irqstorm.event;

/** Why KVM_RUN returned to the VMM, with the kernel's numbers ({@code include/uapi/linux/kvm.h}). */
public enum UserspaceExitReason {
    /** An MMIO access that no in-kernel device takes. */
    KVM_EXIT_MMIO(6),
    /** The guest's EOI of a vector that the VMM's I/O APIC routes with level trigger; split irqchip only. */
    KVM_EXIT_IOAPIC_EOI(26);

    private final int code;

    UserspaceExitReason(int code) {
        this.code = code;
    }

    /** The value of {@code kvm_run.exit_reason}. */
    public int code() {
        return code;
    }
}
