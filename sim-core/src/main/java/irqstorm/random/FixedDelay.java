// SPDX-License-Identifier: Apache-2.0
package irqstorm.random;

/** Always the same delay; random bits are ignored. */
record FixedDelay(long nanos) implements DelayTable {

    FixedDelay {
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw new IllegalArgumentException("no delay of " + nanos + "ns");
        }
    }

    @Override
    public long at(long bits) {
        return nanos;
    }

    @Override
    public long minNanos() {
        return nanos;
    }

    @Override
    public long maxNanos() {
        return nanos;
    }

    @Override
    public long meanNanos() {
        return nanos;
    }
}
