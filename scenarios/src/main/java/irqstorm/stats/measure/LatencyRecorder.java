// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Records one latency, with three significant digits. The histogram is made when there is something to record. */
final class LatencyRecorder {
    private static final int DIGITS = 3;

    private @Nullable Histogram histogram;
    private long max;

    void add(long nanos) {
        if (histogram == null) {
            histogram = new Histogram(DIGITS);
        }
        histogram.recordValue(nanos);
        max = Math.max(max, nanos);
    }

    @Nullable
    Latency result() {
        return histogram == null ? null : Latency.of(histogram, max);
    }
}
