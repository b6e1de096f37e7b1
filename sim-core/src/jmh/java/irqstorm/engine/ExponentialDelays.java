// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.SplittableRandom;

/** Exponential delays with a mean of one second, drawn beforehand: the benchmarks measure engines, not logarithms. */
final class ExponentialDelays {
    private static final int COUNT = 1 << 14;

    private final long[] delaysNanos = new long[COUNT];
    private int next;

    ExponentialDelays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < COUNT; i++) {
            delaysNanos[i] = (long) (-Math.log(1 - random.nextDouble()) * SimTime.NANOS_PER_SECOND);
        }
    }

    long nextNanos() {
        next = next + 1 & COUNT - 1;
        return delaysNanos[next];
    }
}
