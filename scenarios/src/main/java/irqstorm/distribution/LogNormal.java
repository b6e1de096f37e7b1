// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

import irqstorm.random.DelayTable;
import irqstorm.random.QuantileTable;
import irqstorm.units.DurationText;

/**
 * A delay whose logarithm is normally distributed: the usual shape of software latencies, with a long upper tail.
 *
 * @param medianNanos the delay that half of the draws exceed, in nanoseconds, 1 ns to 30 days
 * @param p95Nanos the delay that one draw in twenty exceeds, in nanoseconds, above the median and at most
 *     {@value #MAX_SPREAD} times it
 */
public record LogNormal(long medianNanos, long p95Nanos) implements Distribution {

    /** How many times the median the 95th percentile may be; more than that is a mistaken unit. */
    public static final long MAX_SPREAD = 1000;

    /** The 95 % quantile of the standard normal distribution. */
    private static final double NORMAL_P95 = 1.6448536269514722;

    public LogNormal {
        Delays.requireRange("median", medianNanos, 1);
        Delays.requireRange("p95", p95Nanos, 1);
        if (p95Nanos <= medianNanos || p95Nanos / MAX_SPREAD >= medianNanos) {
            throw new IllegalArgumentException("p95 " + DurationText.format(p95Nanos) + " is not above the median "
                    + DurationText.format(medianNanos) + " and below " + MAX_SPREAD + " times it");
        }
    }

    @Override
    public DelayTable compile() {
        double sigma = sigma();
        long[] lower = new long[QuantileTable.KNOTS];
        long[] upper = new long[QuantileTable.KNOTS];
        for (int knot = 0; knot < QuantileTable.KNOTS; knot++) {
            double factor = StrictMath.exp(sigma * Tails.normalDeviation(knot));
            lower[knot] = Delays.rounded(medianNanos / factor);
            upper[knot] = Delays.rounded(medianNanos * factor);
        }
        return new QuantileTable(lower, upper);
    }

    private double sigma() {
        return StrictMath.log((double) p95Nanos / medianNanos) / NORMAL_P95;
    }

    @Override
    public double meanNanos() {
        double sigma = sigma();
        return medianNanos * StrictMath.exp(sigma * sigma / 2);
    }

    @Override
    public String describe() {
        return "lognormal median " + DurationText.format(medianNanos) + " p95 " + DurationText.format(p95Nanos);
    }
}
