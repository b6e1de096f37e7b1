// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

/** The most events within any window of one millisecond, in flat memory. */
final class RateWindow {
    private static final long WINDOW_NANOS = 1_000_000;

    /** More deliveries of one line in a millisecond than any host can make. */
    private static final int CAPACITY = 1 << 13;

    private final long[] times = new long[CAPACITY];
    private int oldest;
    private int size;
    private int peak;

    void add(long timeNanos) {
        while (size > 0 && times[oldest] <= timeNanos - WINDOW_NANOS) {
            dropOldest();
        }
        if (size == CAPACITY) {
            dropOldest();
        }
        times[oldest + size & CAPACITY - 1] = timeNanos;
        size++;
        peak = Math.max(peak, size);
    }

    private void dropOldest() {
        oldest = oldest + 1 & CAPACITY - 1;
        size--;
    }

    int peak() {
        return peak;
    }

    void clear() {
        size = 0;
        peak = 0;
    }
}
