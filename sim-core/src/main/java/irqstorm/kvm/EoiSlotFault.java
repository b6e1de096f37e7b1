// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

/** What may happen to {@code pending_ioapic_eoi} between the EOI that fills it and the check before the next entry. */
@FunctionalInterface
public interface EoiSlotFault {
    /** Nothing ever happens to it. */
    EoiSlotFault NONE = (vcpu, vector) -> vector;

    /** What is in the slot of {@code vcpu} after {@code vector} was stored there. */
    int after(int vcpu, int vector);
}
