// SPDX-License-Identifier: Apache-2.0
package irqstorm.random;

import java.util.Arrays;

/** A handful of delays with integer weights, drawn by a binary search in the running sums of the weights. */
final class WeightedDelays implements DelayTable {

    private final long[] nanos;
    private final long[] cumulative;

    WeightedDelays(long[] nanos, long[] weights) {
        if (nanos.length == 0
                || nanos.length != weights.length
                || nanos[0] < 0
                || nanos[nanos.length - 1] > MAX_NANOS) {
            throw new IllegalArgumentException("one weight for each of at least one delay");
        }
        this.nanos = nanos.clone();
        this.cumulative = new long[weights.length];
        long sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            if (weights[i] < 1 || sum < 1 || sum > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("weights of at least 1 with a sum below 2^31");
            }
            if (i > 0 && nanos[i] < nanos[i - 1]) {
                throw new IllegalArgumentException("delays in ascending order");
            }
            cumulative[i] = sum;
        }
    }

    @Override
    public long at(long bits) {
        long ticket = UnsignedMultiply.high(bits, cumulative[cumulative.length - 1]);
        int found = Arrays.binarySearch(cumulative, ticket);
        return nanos[found >= 0 ? found + 1 : -found - 1];
    }

    @Override
    public long minNanos() {
        return nanos[0];
    }

    @Override
    public long maxNanos() {
        return nanos[nanos.length - 1];
    }

    @Override
    public long meanNanos() {
        long total = cumulative[cumulative.length - 1];
        long whole = 0;
        long rest = 0;
        for (int i = 0; i < nanos.length; i++) {
            long weight = i == 0 ? cumulative[0] : cumulative[i] - cumulative[i - 1];
            whole += nanos[i] / total * weight;
            rest += nanos[i] % total * weight;
        }
        return whole + (rest + total / 2) / total;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightedDelays that
                && Arrays.equals(nanos, that.nanos)
                && Arrays.equals(cumulative, that.cumulative);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(nanos) + Arrays.hashCode(cumulative);
    }
}
