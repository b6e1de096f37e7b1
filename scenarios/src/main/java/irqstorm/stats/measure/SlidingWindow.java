// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import java.util.Arrays;

/** Counts deliveries in a sliding window and in adjacent ones, in flat memory. */
final class SlidingWindow {
    private static final int STEPS = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long windowNanos;
    private final long[] counts = new long[STEPS];
    private long step;
    private long inWindow;
    private long peak;
    private long total;
    private long busy;
    private long lastBusy = -1;

    /** A window of {@code windowNanos}, at least {@value #STEPS} ns. */
    SlidingWindow(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    void add(long timeNanos) {
        slideTo(timeNanos / (windowNanos / STEPS));
        counts[(int) (step % STEPS)]++;
        inWindow++;
        total++;
        peak = Math.max(peak, inWindow);
        long index = timeNanos / windowNanos;
        if (index != lastBusy) {
            busy++;
            lastBusy = index;
        }
    }

    private void slideTo(long newStep) {
        if (newStep - step >= STEPS) {
            Arrays.fill(counts, 0);
            inWindow = 0;
            step = newStep;
        }
        while (step < newStep) {
            step++;
            inWindow -= counts[(int) (step % STEPS)];
            counts[(int) (step % STEPS)] = 0;
        }
    }

    /** What the windows of a run of {@code lengthNanos} showed. */
    WindowRate result(long lengthNanos) {
        if (lengthNanos < windowNanos) {
            return new WindowRate(windowNanos, null, null, null);
        }
        double perSecond = NANOS_PER_SECOND / windowNanos;
        long windows = (lengthNanos + windowNanos - 1) / windowNanos;
        return new WindowRate(
                windowNanos,
                peak * perSecond,
                busy == 0 ? null : (double) total / busy * perSecond,
                (double) busy / windows);
    }
}
