// SPDX-License-Identifier: Apache-2.0
package irqstorm.random;

/** Whole nanoseconds of a range, all equally likely to within 2<sup>-64</sup> of the number of them. */
record UniformDelay(long minNanos, long maxNanos) implements DelayTable {

    UniformDelay {
        if (minNanos < 0 || maxNanos < minNanos || maxNanos > MAX_NANOS) {
            throw new IllegalArgumentException("no uniform delay from " + minNanos + "ns to " + maxNanos + "ns");
        }
    }

    @Override
    public long at(long bits) {
        return minNanos + UnsignedMultiply.high(bits, maxNanos - minNanos + 1);
    }

    @Override
    public long meanNanos() {
        return minNanos + (maxNanos - minNanos) / 2;
    }
}
