// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

import irqstorm.random.DelayTable;
import irqstorm.units.DurationText;

/**
 * How long something takes, or how far apart two arrivals are. Constructors refuse senseless parameters with an
 * {@link IllegalArgumentException} whose message is meant for the person who chose them.
 */
public sealed interface Distribution permits Fixed, Uniform, Exponential, LogNormal, Empirical {

    /** The longest delay of any distribution, in nanoseconds: 30 days. Longer ones are cut to it. */
    long MAX_NANOS = DurationText.MAX_NANOS;

    /** The form in which the simulator draws from it. */
    DelayTable compile();

    /** The expected value in nanoseconds, by its formula. */
    double meanNanos();

    /** A short phrase for reports, such as {@code lognormal median 800ns p95 1.5us}. */
    String describe();
}
