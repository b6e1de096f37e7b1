// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import java.math.BigInteger;

/**
 * Variance and mean of the counts in adjacent windows, in flat memory and without rounding. The windows begin right after the first
 * delivery, which is not counted: a window that is known to begin with one would have one too many. A window
 * contains its end and not its beginning.
 */
final class CountDispersion {
    private final long windowNanos;
    private long start = -1;
    private long windows;
    private long inWindow;
    private long sum;
    private BigInteger squares = BigInteger.ZERO;
    private long pendingSquares;

    CountDispersion(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    void add(long timeNanos) {
        if (start < 0) {
            start = timeNanos;
            return;
        }
        closeUntil(Math.max(0, timeNanos - start - 1) / windowNanos);
        inWindow++;
    }

    private void closeUntil(long index) {
        if (index == windows) {
            return;
        }
        sum += inWindow;
        pendingSquares += inWindow * inWindow;
        if (pendingSquares > Long.MAX_VALUE / 2) {
            squares = squares.add(BigInteger.valueOf(pendingSquares));
            pendingSquares = 0;
        }
        inWindow = 0;
        windows = index;
    }

    Dispersion result() {
        if (windows < Dispersion.LEAST_WINDOWS || sum == 0) {
            return new Dispersion(windowNanos, windows, null, null);
        }
        BigInteger n = BigInteger.valueOf(windows);
        BigInteger total = BigInteger.valueOf(sum);
        BigInteger spread =
                n.multiply(squares.add(BigInteger.valueOf(pendingSquares))).subtract(total.multiply(total));
        double variance = spread.doubleValue() / ((double) windows * (windows - 1));
        return Dispersion.of(windowNanos, windows, variance / ((double) sum / windows));
    }
}
