// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.run.RunRecord;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the deliveries of each line over time, as {@link irqstorm.check.RunMeter} counts them in all: those of a pin when the I/O APIC
 * or a route sends them, those of a message when a local APIC takes it.
 *
 * <p>There are at most {@link #MOST_BINS} bins. When a run outlasts them, neighbours are put together and every bin is twice as wide:
 * the memory does not grow with the run.
 */
public final class RateBins implements TraceSink {
    /** How many bins there are at the most. */
    public static final int MOST_BINS = 256;

    private static final int PINS = 256;
    private static final int VECTORS = 256;
    private static final int NO_DEVICE = -1;

    private final long[] @Nullable [] pins = new long[PINS][];
    private final long[] @Nullable [] messages = new long[VECTORS][];
    private final int[] deviceOfVector = new int[VECTORS];
    private long binNanos = 1;

    /** Nothing has been delivered yet. */
    public RateBins() {
        java.util.Arrays.fill(deviceOfVector, NO_DEVICE);
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        switch (kind) {
            case IOAPIC_DELIVERED, ROUTE_DELIVERED -> count(pins, (int) a, timeNanos);
            case EDGE_SENT -> {
                if (b < 0) {
                    deviceOfVector[(int) c] = (int) a;
                }
            }
            case LAPIC_ACCEPTED -> {
                if (c == 0 && deviceOfVector[(int) b] != NO_DEVICE) {
                    count(messages, (int) b, timeNanos);
                }
            }
            default -> {}
        }
    }

    private void count(long[] @Nullable [] counts, int index, long timeNanos) {
        fit(timeNanos);
        long[] bins = counts[index];
        if (bins == null) {
            bins = new long[MOST_BINS];
            counts[index] = bins;
        }
        bins[(int) (timeNanos / binNanos)]++;
    }

    private void fit(long timeNanos) {
        while (timeNanos / binNanos >= MOST_BINS) {
            for (long[] bins : pins) {
                halve(bins);
            }
            for (long[] bins : messages) {
                halve(bins);
            }
            binNanos *= 2;
        }
    }

    private static void halve(long @Nullable [] bins) {
        if (bins == null) {
            return;
        }
        for (int i = 0; i < MOST_BINS; i++) {
            bins[i] = 2 * i < MOST_BINS ? bins[2 * i] + bins[2 * i + 1] : 0;
        }
    }

    /**
     * What was counted for the lines of {@code run}, which has ended.
     *
     * @param devices the names of the devices, in their order
     */
    public Rates rates(RunRecord run, List<String> devices) {
        fit(run.simulatedNanos());
        int used = (int) (run.simulatedNanos() / binNanos) + 1;
        return new Rates(
                binNanos,
                run.simulatedNanos(),
                run.lines().stream()
                        .map(line -> new Rates.Line(line.name(), boxed(binsOf(line, devices), used)))
                        .toList());
    }

    private long @Nullable [] binsOf(RunRecord.Line line, List<String> devices) {
        Integer gsi = line.gsi();
        if (gsi != null) {
            return pins[gsi];
        }
        for (int vector = 0; vector < VECTORS; vector++) {
            int device = deviceOfVector[vector];
            if (device != NO_DEVICE && isPart(devices.get(device), line.name())) {
                return messages[vector];
            }
        }
        return null;
    }

    /** A line of several devices carries their names, with a plus sign between them. */
    private static boolean isPart(String device, String line) {
        return ("+" + line + "+").contains("+" + device + "+");
    }

    private static List<Long> boxed(long @Nullable [] bins, int used) {
        List<Long> list = new ArrayList<>(used);
        for (int i = 0; i < used; i++) {
            list.add(bins == null ? 0 : bins[i]);
        }
        return list;
    }
}
