// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

import irqstorm.random.DelayTable;
import irqstorm.random.QuantileTable;
import irqstorm.units.DurationText;

/**
 * The time to the next of events that come independently of each other: a Poisson process.
 *
 * @param mean the expected delay in nanoseconds, 1 ns to 30 days
 */
public record Exponential(long mean) implements Distribution {

    public Exponential {
        Delays.requireRange("mean", mean, 1);
    }

    @Override
    public DelayTable compile() {
        long[] lower = new long[QuantileTable.KNOTS];
        long[] upper = new long[QuantileTable.KNOTS];
        for (int knot = 0; knot < QuantileTable.KNOTS; knot++) {
            double tail = Tails.probability(knot);
            lower[knot] = Delays.rounded(-mean * StrictMath.log(1 - tail));
            upper[knot] = Delays.rounded(-mean * StrictMath.log(tail));
        }
        return new QuantileTable(lower, upper);
    }

    @Override
    public double meanNanos() {
        return mean;
    }

    @Override
    public String describe() {
        return "exponential mean " + DurationText.format(mean);
    }
}
