// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import org.HdrHistogram.Histogram;

/**
 * The distribution of a latency, nanoseconds; percentiles are at most 0.1 % too great.
 *
 * @param count how many were measured, at least 1
 * @param p50 the median
 * @param p90 the 90th percentile
 * @param p99 the 99th percentile
 * @param p999 the 99.9th percentile
 * @param max the greatest, exact
 */
public record Latency(long count, long p50, long p90, long p99, long p999, long max) {
    private static final double MEDIAN = 50;
    private static final double NINE = 90;
    private static final double TWO_NINES = 99;
    private static final double THREE_NINES = 99.9;

    static Latency of(Histogram histogram, long max) {
        return new Latency(
                histogram.getTotalCount(),
                Math.min(max, histogram.getValueAtPercentile(MEDIAN)),
                Math.min(max, histogram.getValueAtPercentile(NINE)),
                Math.min(max, histogram.getValueAtPercentile(TWO_NINES)),
                Math.min(max, histogram.getValueAtPercentile(THREE_NINES)),
                max);
    }
}
