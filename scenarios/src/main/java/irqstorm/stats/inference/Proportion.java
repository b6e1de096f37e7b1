// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.inference;

import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * How often something happened in independent replications, with the exact 95 % interval of Clopper and Pearson (Biometrika 26, 1934,
 * pages 404 to 413).
 *
 * @param successes in how many replications it happened
 * @param n how many replications there were, at least 1
 * @param lower the interval's lower end, 0 to 1
 * @param upper the interval's upper end, 0 to 1
 */
public record Proportion(long successes, long n, double lower, double upper) {
    private static final double TAIL = (1 - MeanInterval.CONFIDENCE) / 2;
    private static final double RULE_OF_THREE = 3;

    /** {@code successes} of {@code n}. */
    public static Proportion of(long successes, long n) {
        if (n < 1 || successes < 0 || successes > n) {
            throw new IllegalArgumentException(successes + " of " + n + " is no proportion");
        }
        double lower = successes == 0
                ? 0
                : beta((double) successes, n - successes + 1.0).inverseCumulativeProbability(TAIL);
        double upper = successes == n
                ? 1
                : beta(successes + 1.0, (double) (n - successes)).inverseCumulativeProbability(1 - TAIL);
        return new Proportion(successes, n, lower, upper);
    }

    private static BetaDistribution beta(double alpha, double beta) {
        return new BetaDistribution(null, alpha, beta);
    }

    /**
     * The rule of three: what happened in none of n replications has, with 95 % confidence, a probability of at most 3/n (Hanley and
     * Lippman-Hand, JAMA 249, 1983).
     */
    public double ruleOfThree() {
        return Math.min(1, RULE_OF_THREE / n);
    }
}
