// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.inference;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * The difference of two configurations that drew the same random numbers: Student's paired t test on the differences of their
 * replications (Law, section 10.2.1).
 *
 * @param difference the mean difference and its interval
 * @param pValue the two-sided probability of a difference as great by chance; NaN where all differences are the same
 */
public record PairedDifference(MeanInterval difference, double pValue) {
    /** The difference {@code values} − {@code baseline}, replication by replication; as many of each. */
    public static PairedDifference of(double[] baseline, double[] values) {
        if (baseline.length != values.length) {
            throw new IllegalArgumentException(
                    baseline.length + " replications cannot be paired with " + values.length);
        }
        double[] differences = new double[values.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = values[i] - baseline[i];
        }
        MeanInterval interval = MeanInterval.of(differences);
        if (!interval.hasInterval()) {
            return new PairedDifference(interval, Double.NaN);
        }
        TDistribution t = new TDistribution(null, differences.length - 1.0);
        double error = interval.halfWidth() / t.inverseCumulativeProbability((1 + MeanInterval.CONFIDENCE) / 2);
        return new PairedDifference(interval, 2 * t.cumulativeProbability(-Math.abs(interval.mean() / error)));
    }
}
