// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

import irqstorm.random.DelayTable;
import irqstorm.units.DurationText;

/**
 * Every whole nanosecond of a range with the same probability.
 *
 * @param minNanos the least delay in nanoseconds, 0 to 30 days
 * @param maxNanos the greatest delay in nanoseconds, {@code minNanos} to 30 days
 */
public record Uniform(long minNanos, long maxNanos) implements Distribution {

    public Uniform {
        Delays.requireRange("min", minNanos, 0);
        Delays.requireRange("max", maxNanos, 0);
        if (maxNanos < minNanos) {
            throw new IllegalArgumentException(
                    "min " + DurationText.format(minNanos) + " is greater than max " + DurationText.format(maxNanos));
        }
    }

    @Override
    public DelayTable compile() {
        return DelayTable.uniform(minNanos, maxNanos);
    }

    @Override
    public double meanNanos() {
        return (minNanos + maxNanos) / 2.0;
    }

    @Override
    public String describe() {
        return "uniform " + DurationText.format(minNanos) + " to " + DurationText.format(maxNanos);
    }
}
