// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import irqstorm.apic.FatalModelError;
import irqstorm.apic.VectorSet;

/**
 * What {@code vcpu_enter_guest} makes of {@code pending_ioapic_eoi} when an EOI exit was requested.
 *
 * @param policy what it does with a value that is no vector
 * @param bitOutsideBitmap what a test of a bit outside {@code ioapic_handled_vectors} reads; nobody can know, since it is memory of
 *     something else
 */
public record EoiSlotCheck(EoiVectorPolicy policy, boolean bitOutsideBitmap) {
    /** The kernel before the thread, where the memory before the bitmap is zero. */
    public static final EoiSlotCheck AS_TODAY = new EoiSlotCheck(EoiVectorPolicy.BUG_ON, false);

    private static final int BYTE = 0xFF;

    /** What the slot holds after {@code value} was stored in it. */
    int stored(int value) {
        return policy == EoiVectorPolicy.U8 ? value & BYTE : value;
    }

    /**
     * The vector that the exit reports, or {@link VectorSet#NONE} if there is none.
     *
     * @param value what the slot holds
     * @param handled {@code ioapic_handled_vectors}
     * @throws FatalModelError if the host or the guest does not live on
     */
    int reported(int value, VectorSet handled) {
        if (value >= 0 && value <= BYTE) {
            return handled.contains(value) ? value : VectorSet.NONE;
        }
        return switch (policy) {
            case BUG_ON -> outsideBitmap(value);
            case CLAMP_255 -> handled.contains(BYTE) ? BYTE : VectorSet.NONE;
            case REPORT_ZERO -> 0;
            case DROP_EXIT -> VectorSet.NONE;
            case KILL_GUEST ->
                throw new FatalModelError(
                        FatalModelError.Cause.VM_BUGGED, "the VM is dead: pending_ioapic_eoi is " + value);
            case U8 -> throw new IllegalStateException("a byte does not hold " + value);
        };
    }

    /** {@code kvm_run} has one byte for the vector. */
    private int outsideBitmap(int value) {
        if (value > BYTE) {
            throw new FatalModelError(
                    FatalModelError.Cause.HOST_BUG, "BUG_ON: pending_ioapic_eoi is " + value + ", above 255");
        }
        return bitOutsideBitmap ? value & BYTE : VectorSet.NONE;
    }
}
