// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/**
 * The least and the greatest length of a delay in one {@code long}, so that it goes where a delay of that many nanoseconds goes, and
 * that the sum of two ranges is the range of the sum: bits 31:0 are the least and bits 61:32 the greatest, in nanoseconds, and bit 62, or
 * of a sum bit 63, is set. A number without either is a delay of exactly so many nanoseconds.
 */
final class DelayRange {
    /** What counts as no limit, nanoseconds: about a quarter of a second. */
    static final int UNLIMITED = 1 << 28;

    /** Any delay at all. */
    static final long ANY = of(0, UNLIMITED);

    private static final long LOW_HALF = 0xFFFF_FFFFL;
    private static final int TAG_BIT = 62;
    private static final long GREATEST_MASK = (1L << TAG_BIT - Integer.SIZE) - 1;

    private DelayRange() {}

    static long of(long least, long greatest) {
        return 1L << TAG_BIT | Math.min(least, UNLIMITED) | Math.min(greatest, UNLIMITED) << Integer.SIZE;
    }

    private static boolean isRange(long delay) {
        return delay >>> TAG_BIT != 0;
    }

    static int least(long delay) {
        return (int) Math.min(isRange(delay) ? delay & LOW_HALF : delay, UNLIMITED);
    }

    static int greatest(long delay) {
        return (int) Math.min(isRange(delay) ? delay >>> Integer.SIZE & GREATEST_MASK : delay, UNLIMITED);
    }
}
