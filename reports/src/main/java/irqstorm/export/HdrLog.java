// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.run.RunRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Nanoseconds from a device's assertion to its service as a HdrHistogram log (version 1.3), an interval histogram for each device and
 * tenth of a second of simulated time in which it was serviced, tagged with the device's number and name. What is never serviced is not
 * in it.
 */
final class HdrLog implements EventExport {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long INTERVAL_NANOS = 100_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long IDLE = -1;

    private final PrintStream stream;
    private final HistogramLogWriter out;
    private final Histogram[] histograms;
    private final long[] assertedNanos;
    private long intervalStart;

    HdrLog(Subject subject, OutputStream target) {
        this.stream = new PrintStream(new CheckedOutput(target), false, StandardCharsets.UTF_8);
        this.out = new HistogramLogWriter(stream);
        this.histograms = new Histogram[subject.devices().size()];
        this.assertedNanos = new long[histograms.length];
        Arrays.fill(assertedNanos, IDLE);
        for (int device = 0; device < histograms.length; device++) {
            histograms[device] = new Histogram(SIGNIFICANT_DIGITS);
            histograms[device].setTag(tag(device, subject.devices().get(device)));
        }
        out.outputComment("irqstorm: assert to service, nanoseconds of simulated time");
        out.outputLogFormatVersion();
        out.outputBaseTime(0);
        out.outputLegend();
    }

    /** A stream that a {@link PrintStream} cannot keep the failure of to itself. */
    private static final class CheckedOutput extends OutputStream {
        private final OutputStream target;

        CheckedOutput(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                target.write(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The format has no room for commas, blanks and line ends in a tag. */
    private static String tag(int device, String name) {
        return "device" + device + "-" + name.replaceAll("[^\\p{L}\\p{N}._-]", "_");
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        switch (kind) {
            case LINE_ASSERTED, EDGE_SENT, EVENT_SIGNALLED -> {
                int device = (int) a;
                if (assertedNanos[device] == IDLE) {
                    assertedNanos[device] = timeNanos;
                }
            }
            case DEVICE_SERVICED -> {
                int device = (int) a;
                if (assertedNanos[device] != IDLE) {
                    endIntervals(timeNanos);
                    histograms[device].recordValue(timeNanos - assertedNanos[device]);
                    assertedNanos[device] = IDLE;
                }
            }
            default -> {}
        }
    }

    private void endIntervals(long timeNanos) {
        if (timeNanos - intervalStart >= INTERVAL_NANOS) {
            write(intervalStart + INTERVAL_NANOS);
            intervalStart = timeNanos / INTERVAL_NANOS * INTERVAL_NANOS;
        }
    }

    private void write(long endNanos) {
        for (Histogram histogram : histograms) {
            if (histogram.getTotalCount() > 0) {
                histogram.setStartTimeStamp(intervalStart / NANOS_PER_MILLI);
                histogram.setEndTimeStamp(endNanos / NANOS_PER_MILLI);
                out.outputIntervalHistogram(histogram);
                histogram.reset();
            }
        }
    }

    @Override
    public void finish(RunRecord run) {
        write(Math.min(intervalStart + INTERVAL_NANOS, Math.max(intervalStart, run.simulatedNanos())));
        stream.flush();
    }
}
