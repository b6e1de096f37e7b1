// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.jspecify.annotations.Nullable;

/** The times from one delivery to the next. */
final class InterArrivals {
    private final Mean mean = new Mean();
    private final Variance variance = new Variance();
    private long last = -1;

    void add(long timeNanos) {
        if (last >= 0) {
            double gap = (double) (timeNanos - last);
            mean.increment(gap);
            variance.increment(gap);
        }
        last = timeNanos;
    }

    /** The coefficient of variation, their standard deviation over their mean: 1 for a Poisson process; null for less than two. */
    @Nullable
    Double variation() {
        return mean.getN() < 2 || mean.getResult() == 0 ? null : Math.sqrt(variance.getResult()) / mean.getResult();
    }
}
