// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/**
 * The 64 bits of a local APIC's interrupt command register (ICR), by the names of the SDM, volume 3, section 12.6.1: bits 7:0 vector,
 * 10:8 delivery mode, 11 logical destination, 12 delivery status, 14 level (1 = assert), 15 level trigger, 19:18 shorthand, and the
 * destination in bits 63:56 (xAPIC) or 63:32 (x2APIC).
 */
public final class InterruptCommand {
    /** Bit 12: delivery status; this model sends at once, so it reads 0. */
    public static final long BUSY = 1L << 12;
    /** Bit 14: level, 1 = assert. */
    public static final long ASSERT = 1L << 14;
    /** Bit 15: trigger mode, 1 = level. */
    public static final long LEVEL = 1L << 15;

    /** What must be 0 in x2APIC mode (kernel {@code X2APIC_ICR_RESERVED_BITS}). */
    private static final long X2APIC_RESERVED = 0xFFF0_0000L | 3L << 16 | 1L << 13;

    private static final int SHORTHAND_SHIFT = 18;
    private static final Shorthand[] SHORTHANDS = Shorthand.values();

    /** Whom a command means besides, or instead of, its destination field. */
    public enum Shorthand {
        /** The destination field says. */
        NONE,
        /** The sender. */
        SELF,
        /** Everybody. */
        ALL,
        /** Everybody but the sender. */
        ALL_BUT_SELF
    }

    private InterruptCommand() {}

    /** A command that asserts; {@code vector} is 0 to 255, {@code destination} an APIC ID or a logical destination. */
    public static long of(
            int vector, DeliveryMode delivery, boolean logical, Shorthand shorthand, int destination, ApicMode mode) {
        long target = mode == ApicMode.X2APIC ? (long) destination << 32 : (long) (destination & 0xFF) << 56;
        return vector & 0xFF
                | (long) delivery.code() << 8
                | (logical ? 1L << 11 : 0)
                | ASSERT
                | (long) shorthand.ordinal() << SHORTHAND_SHIFT
                | target;
    }

    /** Whether a bit is set that must be 0 in x2APIC mode. */
    public static boolean hasReservedBits(long command) {
        return (command & X2APIC_RESERVED) != 0;
    }

    /** Whom it means. */
    public static Shorthand shorthand(long command) {
        return SHORTHANDS[(int) (command >>> SHORTHAND_SHIFT) & 3];
    }

    /** Whether bit 14 is set. */
    public static boolean isAssertion(long command) {
        return (command & ASSERT) != 0;
    }

    /**
     * Whether the command only takes back an earlier level-triggered one: such a Fixed or INIT message changes nothing (kernel {@code
     * __apic_accept_irq}).
     */
    public static boolean isDeassertion(long command) {
        return (command & LEVEL) != 0 && !isAssertion(command);
    }

    /** The destination field as {@code mode} lays it out. */
    public static int destination(long command, ApicMode mode) {
        return (int) (mode == ApicMode.X2APIC ? command >>> 32 : command >>> 56);
    }

    /** What is sent, an {@link InterruptMessage}. */
    public static long message(long command, ApicMode mode) {
        return InterruptMessage.of(
                (int) command & 0xFF,
                DeliveryMode.of((int) (command >>> 8) & 7),
                (command & 1L << 11) != 0,
                (command & LEVEL) != 0,
                destination(command, mode));
    }
}
