// SPDX-License-Identifier: Apache-2.0
package irqstorm.random;

/**
 * A distribution of delays, compiled so that drawing from it takes integer arithmetic alone. Delays are whole
 * nanoseconds and never negative. Tables are immutable, and equal if they yield the same delay for all bits.
 */
public sealed interface DelayTable permits FixedDelay, UniformDelay, WeightedDelays, QuantileTable {

    /** The longest delay a table may hold, in nanoseconds: 2<sup>54</sup>, about 208 days, so that sums do not overflow. */
    long MAX_NANOS = 1L << 54;

    /**
     * The delay for 64 uniformly distributed random bits. Taking the bits as an unsigned number, a greater number never
     * gives a smaller delay.
     *
     * @return nanoseconds, from {@link #minNanos()} to {@link #maxNanos()}
     */
    long at(long bits);

    /** The least delay that can be drawn, in nanoseconds. */
    long minNanos();

    /** The greatest delay that can be drawn, in nanoseconds. */
    long maxNanos();

    /** The expected delay in whole nanoseconds, for reports. */
    long meanNanos();

    /** Always the same delay. */
    static DelayTable fixed(long nanos) {
        return new FixedDelay(nanos);
    }

    /** Every whole number of nanoseconds from {@code minNanos} to {@code maxNanos} with the same probability. */
    static DelayTable uniform(long minNanos, long maxNanos) {
        return new UniformDelay(minNanos, maxNanos);
    }

    /**
     * Some delays, each with a probability proportional to its weight.
     *
     * @param nanos the delays in ascending order
     * @param weights as many weights, each at least 1, with a sum below 2<sup>31</sup>
     */
    static DelayTable weighted(long[] nanos, long[] weights) {
        return new WeightedDelays(nanos, weights);
    }
}
