// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

import irqstorm.random.QuantileTable;
import org.apache.commons.math3.distribution.NormalDistribution;

/** The tail probabilities at which a {@link QuantileTable} wants its quantiles, as floating-point numbers. */
final class Tails {

    private static final double UNIT = 1.0 / (1 << QuantileTable.TAIL_BITS);

    /** Where an infinite tail is cut: half of the smallest tail probability that the table resolves. */
    private static final double CUT = UNIT / 2;

    private static final double[] NORMAL_DEVIATION = normalDeviations();

    private Tails() {}

    /** The tail probability of a knot; that of the extreme, 0, is replaced so that its quantile is finite. */
    static double probability(int knot) {
        return knot == 0 ? CUT : QuantileTable.tailProbability(knot) * UNIT;
    }

    /** How many standard deviations from the mean the tail of a knot begins in a normal distribution. */
    static double normalDeviation(int knot) {
        return NORMAL_DEVIATION[knot];
    }

    private static double[] normalDeviations() {
        // Without a generator of its own: constructing one would seed it from the wall clock.
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double[] deviations = new double[QuantileTable.KNOTS];
        for (int knot = 0; knot < deviations.length; knot++) {
            deviations[knot] = -normal.inverseCumulativeProbability(probability(knot));
        }
        return deviations;
    }
}
