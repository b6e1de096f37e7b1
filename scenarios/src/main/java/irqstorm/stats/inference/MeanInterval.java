// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.inference;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The mean of independent replications and its 95 % interval by Student's t (Law, Simulation Modeling and Analysis, section 9.4.1).
 *
 * @param n how many replications
 * @param mean their mean
 * @param halfWidth half the width of the interval, or NaN where there is none: fewer than two values, or values that are all the same
 */
public record MeanInterval(long n, double mean, double halfWidth) {
    /** The confidence of every interval. */
    public static final double CONFIDENCE = 0.95;

    /** The interval of {@code values}, one for each replication; at least one. */
    public static MeanInterval of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values have no mean");
        }
        boolean same = Arrays.stream(values).allMatch(value -> value == values[0]);
        if (same) {
            return new MeanInterval(values.length, values[0], Double.NaN);
        }
        double error = Math.sqrt(StatUtils.variance(values) / values.length);
        return new MeanInterval(values.length, StatUtils.mean(values), quantile(values.length - 1) * error);
    }

    private static double quantile(int degrees) {
        return new TDistribution(null, degrees).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    }

    /** Whether there is an interval. */
    public boolean hasInterval() {
        return !Double.isNaN(halfWidth);
    }

    /** The half-width as a share of the mean; NaN without an interval, infinite around zero. */
    public double relative() {
        return hasInterval() && mean == 0 ? Double.POSITIVE_INFINITY : halfWidth / Math.abs(mean);
    }
}
