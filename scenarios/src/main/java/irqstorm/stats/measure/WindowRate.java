// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import org.jspecify.annotations.Nullable;

/**
 * The rate of a line's deliveries seen through windows of one length.
 *
 * @param windowNanos the length, nanoseconds
 * @param peakPerSecond the rate in the window with the most deliveries, the window sliding in steps of a hundredth of its length; null if
 *     the run is shorter
 * @param busyPerSecond the mean rate of the adjacent windows that have a delivery at all; null if the run is shorter or none has
 * @param busyShare the share of the adjacent windows that have one; null if the run is shorter
 */
public record WindowRate(
        long windowNanos,
        @Nullable Double peakPerSecond,
        @Nullable Double busyPerSecond,
        @Nullable Double busyShare) {}
