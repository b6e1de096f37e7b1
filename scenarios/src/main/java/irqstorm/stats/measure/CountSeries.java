// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import java.util.Arrays;

/**
 * How often something happened over the time of a run, in at most {@value #MOST_BINS} bins whose width doubles when the run outgrows
 * them.
 */
final class CountSeries {
    /** The most bins. */
    static final int MOST_BINS = 2048;

    private static final long FIRST_WIDTH_NANOS = 1000;

    private final long[] counts = new long[MOST_BINS];
    private long widthNanos = FIRST_WIDTH_NANOS;

    void add(long timeNanos) {
        cover(timeNanos);
        counts[(int) (timeNanos / widthNanos)]++;
    }

    /** Widens the bins until {@code timeNanos} lies in one. */
    void cover(long timeNanos) {
        while (timeNanos / widthNanos >= MOST_BINS) {
            for (int i = 0; i < MOST_BINS / 2; i++) {
                counts[i] = counts[2 * i] + counts[2 * i + 1];
            }
            Arrays.fill(counts, MOST_BINS / 2, MOST_BINS, 0);
            widthNanos *= 2;
        }
    }

    /** The width of a bin, nanoseconds. */
    long widthNanos() {
        return widthNanos;
    }

    /** The counts of the bins that begin before {@code endNanos}. */
    long[] until(long endNanos) {
        return Arrays.copyOf(counts, (int) Math.min(MOST_BINS, (endNanos + widthNanos - 1) / widthNanos));
    }
}
