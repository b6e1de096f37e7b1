// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

import irqstorm.random.DelayTable;
import irqstorm.units.DurationText;

/**
 * Always the same.
 *
 * @param nanos the delay in nanoseconds, 0 to 30 days
 */
public record Fixed(long nanos) implements Distribution {

    public Fixed {
        Delays.requireRange("delay", nanos, 0);
    }

    @Override
    public DelayTable compile() {
        return DelayTable.fixed(nanos);
    }

    @Override
    public double meanNanos() {
        return nanos;
    }

    @Override
    public String describe() {
        return "fixed " + DurationText.format(nanos);
    }
}
