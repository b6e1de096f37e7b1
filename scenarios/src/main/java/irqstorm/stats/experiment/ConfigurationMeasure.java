// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.run.RunRecord;
import irqstorm.stats.inference.KaplanMeier;
import irqstorm.stats.inference.Proportion;
import irqstorm.stats.measure.RunMeasure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one configuration.
 *
 * @param run the run of replication 0, which is that of {@code irqstorm run}
 * @param measure what was measured of it
 * @param basis what the estimates rest on
 * @param replications how many replications ran
 * @param precise whether the precision that was asked for was reached; true if none was
 * @param estimates the estimates
 * @param storms how many replications had a storm; null unless the replications differ
 * @param timeToStorm when the first storm episode began; null unless the replications differ
 * @param steady what became of the warm-up; null if no steady state was asked for
 */
public record ConfigurationMeasure(
        RunRecord run,
        RunMeasure measure,
        Basis basis,
        int replications,
        boolean precise,
        List<Estimate> estimates,
        @Nullable Proportion storms,
        @Nullable KaplanMeier timeToStorm,
        @Nullable SteadyState steady) {
    /** Keeps its own copy. */
    public ConfigurationMeasure {
        estimates = List.copyOf(estimates);
    }

    /**
     * What MSER-5 said of the replications.
     *
     * @param reached in how many the warm-up ended in the first half of the run
     * @param longestWarmUpNanos the longest warm-up of those, nanoseconds
     */
    public record SteadyState(int reached, long longestWarmUpNanos) {}
}
