// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

/** More than a number of deliveries of one line within any window of a length that the user chose. */
final class CountInWindow extends Detector {
    private final long windowNanos;
    private final long[][] last;
    private final long[] deliveries;

    CountInWindow(DetectorChoice choice, MachineShape shape) {
        super(choice, shape);
        windowNanos = choice.windowNanos();
        last = new long[shape.lines().size()][choice.count()];
        deliveries = new long[shape.lines().size()];
    }

    @Override
    public void delivered(int line, long timeNanos) {
        long[] ring = last[line];
        int oldest = (int) (deliveries[line] % ring.length);
        boolean full = deliveries[line] >= ring.length;
        if (full && timeNanos - ring[oldest] < windowNanos) {
            fire(line, timeNanos);
        }
        ring[oldest] = timeNanos;
        deliveries[line]++;
        counted(deliveries[line]);
    }

    @Override
    String closest() {
        return number(most()) + " deliveries of the busiest line in all";
    }
}
