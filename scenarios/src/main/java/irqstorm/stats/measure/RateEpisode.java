// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

/**
 * A stretch in which a line was delivered far more often than it was asserted, with its onset and end where the rate of deliveries
 * changes.
 *
 * @param onsetNanos when it began, nanoseconds
 * @param endNanos when it ended, nanoseconds
 * @param deliveries how many deliveries lie in it
 * @param ratePerSecond their rate
 */
public record RateEpisode(long onsetNanos, long endNanos, long deliveries, double ratePerSecond) {}
