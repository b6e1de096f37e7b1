// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

import irqstorm.units.DurationText;

/** More than a number of deliveries of one line within any window of a length that the user chose. */
final class CountInWindow extends Detector {
    private final long windowNanos;
    private final long[][] last;
    private final long[] deliveries;
    private final int count;
    private long fastest = Long.MAX_VALUE;

    CountInWindow(DetectorChoice choice, MachineShape shape) {
        super(choice, shape);
        windowNanos = choice.windowNanos();
        count = choice.count();
        last = new long[shape.lines().size()][choice.count()];
        deliveries = new long[shape.lines().size()];
    }

    @Override
    public void delivered(int line, long timeNanos) {
        long[] ring = last[line];
        int oldest = (int) (deliveries[line] % ring.length);
        boolean full = deliveries[line] >= ring.length;
        if (full) {
            fastest = Math.min(fastest, timeNanos - ring[oldest]);
            if (timeNanos - ring[oldest] < windowNanos) {
                fire(line, timeNanos);
            }
        }
        ring[oldest] = timeNanos;
        deliveries[line]++;
        counted(deliveries[line]);
    }

    @Override
    String closest() {
        return fastest == Long.MAX_VALUE
                ? "at most " + number(most()) + " in all"
                : "the fastest " + number(count + 1L) + " took " + DurationText.about(fastest);
    }
}
