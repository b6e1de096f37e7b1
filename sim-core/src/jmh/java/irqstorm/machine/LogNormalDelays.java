// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.random.DelayTable;
import irqstorm.random.QuantileTable;

/** Log-normal delays, as scenarios have them, to within what a benchmark notices. */
final class LogNormalDelays {
    private static final double NORMAL_P95 = 1.6449;
    private static final double UNIT = 1.0 / (1L << QuantileTable.TAIL_BITS);

    private LogNormalDelays() {}

    /** The distribution with this median and this 95th percentile. */
    static DelayTable of(long medianNanos, long p95Nanos) {
        double sigma = Math.log((double) p95Nanos / medianNanos) / NORMAL_P95;
        long[] lower = new long[QuantileTable.KNOTS];
        long[] upper = new long[QuantileTable.KNOTS];
        for (int knot = 0; knot < QuantileTable.KNOTS; knot++) {
            double factor = Math.exp(sigma * deviation(Math.max(0.5, QuantileTable.tailProbability(knot)) * UNIT));
            lower[knot] = Math.round(medianNanos / factor);
            upper[knot] = Math.round(medianNanos * factor);
        }
        return new QuantileTable(lower, upper);
    }

    /** How many standard deviations above its mean a normal variable is with this probability: Abramowitz and Stegun 26.2.23. */
    private static double deviation(double tail) {
        if (tail == 0.5) {
            return 0;
        }
        double t = Math.sqrt(-2 * Math.log(tail));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }
}
