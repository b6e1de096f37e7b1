// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/**
 * The 64 bits of an I/O APIC redirection table entry (RTE), by the names of the 82093AA datasheet, section 3.2.4.
 *
 * <p>An entry is handled as a {@code long}, because it is state; these are its fields.
 */
public final class RedirectionEntry {
    /** Bit 11: destination mode, 1 = logical. */
    public static final long LOGICAL = 1L << 11;
    /** Bit 12: delivery status, read-only; this model delivers at once, so it reads 0. */
    public static final long DELIVERY_STATUS = 1L << 12;
    /** Bit 13: polarity, 1 = active low. */
    public static final long ACTIVE_LOW = 1L << 13;
    /** Bit 14: Remote IRR, read-only: a level interrupt was delivered and its EOI has not come. */
    public static final long REMOTE_IRR = 1L << 14;
    /** Bit 15: trigger mode, 1 = level. */
    public static final long LEVEL = 1L << 15;
    /** Bit 16: mask. */
    public static final long MASKED = 1L << 16;
    /** The bits that software cannot write. */
    public static final long READ_ONLY = DELIVERY_STATUS | REMOTE_IRR;
    /** The value after reset: masked, all else 0. */
    public static final long RESET = MASKED;

    private static final int DESTINATION_SHIFT = 56;

    private RedirectionEntry() {}

    /** An entry with the given fields; {@code vector} and {@code destination} are 0 to 255. */
    public static long of(
            int vector, DeliveryMode delivery, boolean logical, TriggerMode trigger, boolean masked, int destination) {
        return vector & 0xFF
                | (long) delivery.code() << 8
                | (logical ? LOGICAL : 0)
                | (trigger == TriggerMode.LEVEL ? LEVEL : 0)
                | (masked ? MASKED : 0)
                | (long) (destination & 0xFF) << DESTINATION_SHIFT;
    }

    /** Bits 7:0. */
    public static int vector(long entry) {
        return (int) entry & 0xFF;
    }

    /** Bits 10:8. */
    public static DeliveryMode deliveryMode(long entry) {
        return DeliveryMode.of((int) (entry >>> 8) & 7);
    }

    /** Whether the pin is level-triggered. */
    public static boolean isLevel(long entry) {
        return (entry & LEVEL) != 0;
    }

    /** Whether the pin is masked. */
    public static boolean isMasked(long entry) {
        return (entry & MASKED) != 0;
    }

    /** Whether Remote IRR is set. */
    public static boolean hasRemoteIrr(long entry) {
        return (entry & REMOTE_IRR) != 0;
    }

    /** The message that the pin sends: vector, delivery mode, destination mode, trigger mode and destination. */
    public static long message(long entry) {
        return InterruptMessage.of(vector(entry), deliveryMode(entry), (entry & LOGICAL) != 0, isLevel(entry), (int)
                (entry >>> DESTINATION_SHIFT));
    }
}
