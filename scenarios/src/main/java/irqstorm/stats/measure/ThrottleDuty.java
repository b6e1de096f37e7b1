// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import org.jspecify.annotations.Nullable;

/**
 * How much of its time a line is delivered that a throttle postpones.
 *
 * @param firings how often the throttle postponed a delivery
 * @param deliveringNanos the time before those pauses: each from the first delivery after a service or a pause, nanoseconds
 * @param pausedNanos the time of the pauses, nanoseconds
 */
public record ThrottleDuty(long firings, long deliveringNanos, long pausedNanos) {
    /** The share of the time in which the line was delivered; null if the throttle never fired. */
    public @Nullable Double share() {
        return firings == 0 ? null : (double) deliveringNanos / (deliveringNanos + pausedNanos);
    }
}
