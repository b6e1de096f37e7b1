// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/**
 * An interrupt on its way to the local APICs, from an I/O APIC pin, an MSI or an ICR, packed into a {@code long}: bits 7:0 vector,
 * 10:8 delivery mode, 11 logical destination, 15 level trigger, 63:32 destination. A message is data in an event, hence no object.
 */
public final class InterruptMessage {
    private static final long LOGICAL = 1L << 11;
    private static final long LEVEL = 1L << 15;

    private InterruptMessage() {}

    /** A message; {@code vector} is 0 to 255, {@code destination} an APIC ID or a logical destination. */
    public static long of(int vector, DeliveryMode delivery, boolean logical, boolean level, int destination) {
        return vector & 0xFF
                | (long) delivery.code() << 8
                | (logical ? LOGICAL : 0)
                | (level ? LEVEL : 0)
                | (long) destination << 32;
    }

    /**
     * The message that a message-signalled interrupt asks for (SDM volume 3, section 12.11): destination in address bits 19:12, logical
     * destination in bit 2, and vector, delivery mode and trigger mode in the data.
     */
    public static long ofMsi(long address, int data) {
        return of(data & 0xFF, DeliveryMode.of(data >>> 8 & 7), (address & 1L << 2) != 0, (data & 1 << 15) != 0, (int)
                (address >>> 12 & 0xFF));
    }

    /** The vector, 0 to 255. */
    public static int vector(long message) {
        return (int) message & 0xFF;
    }

    /** What is asked of the destination. */
    public static DeliveryMode deliveryMode(long message) {
        return DeliveryMode.of((int) (message >>> 8) & 7);
    }

    /** Whether the destination is logical. */
    public static boolean isLogical(long message) {
        return (message & LOGICAL) != 0;
    }

    /** Whether the message is level-triggered; the local APIC notes it in TMR. */
    public static boolean isLevel(long message) {
        return (message & LEVEL) != 0;
    }

    /** The destination: an APIC ID, or a logical destination. */
    public static int destination(long message) {
        return (int) (message >>> 32);
    }
}
