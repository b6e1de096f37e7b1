// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * How a cost grows: the exponent of the power of the size that fits best, by least squares over the logarithms.
 *
 * @param overAll over all sizes, which fixed costs of the small ones make smaller
 * @param atTheEnd between the two largest sizes
 */
record Slope(double overAll, double atTheEnd) {
    /** The slope of {@code part} of {@code costs}, which are in the order of their sizes. */
    static Slope of(List<Cost> costs, ToDoubleFunction<Cost> part) {
        return new Slope(fit(costs, part), fit(costs.subList(costs.size() - 2, costs.size()), part));
    }

    private static double fit(List<Cost> costs, ToDoubleFunction<Cost> part) {
        SimpleRegression regression = new SimpleRegression();
        costs.forEach(
                cost -> regression.addData(Math.log(cost.size()), Math.log(Math.max(1, part.applyAsDouble(cost)))));
        return regression.getSlope();
    }

    /** The slope of n log n between the same two sizes as {@link #atTheEnd}. */
    static double ofLinearithmic(List<Cost> costs) {
        return fit(
                costs.subList(costs.size() - 2, costs.size()),
                cost -> cost.size() * Math.log(Math.max(2, cost.size())));
    }
}
