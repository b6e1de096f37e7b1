// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.stats.detector.DetectorChoice;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How to measure.
 *
 * @param replications how many replications, 1 to {@value #MOST_REPLICATIONS}; with {@code until}, how many at the most
 * @param until the relative half-width of the interval of the deliveries per second at which each configuration may stop, above 0; null
 *     to run all replications
 * @param windowNanos the window of peak rate and Fano factor over replications, nanoseconds, {@value #LEAST_WINDOW_NANOS} or more
 * @param detectors the detectors
 * @param steadyState whether to cut off a warm-up by MSER-5
 */
public record Plan(
        int replications,
        @Nullable Double until,
        long windowNanos,
        List<DetectorChoice> detectors,
        boolean steadyState) {
    /** The most replications. */
    public static final int MOST_REPLICATIONS = 10_000;

    /** The shortest window, nanoseconds. */
    public static final long LEAST_WINDOW_NANOS = 1000;

    /** The window of peak rate and Fano factor over replications if nothing is said, nanoseconds. */
    public static final long USUAL_WINDOW_NANOS = 1_000_000;

    /** How many replications a sequential experiment begins with. */
    public static final int FIRST_BATCH = 10;

    private static final long[] LADDER_NANOS = {100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000};

    /** Keeps its own copy and checks the ranges. */
    public Plan {
        detectors = List.copyOf(detectors);
        if (replications < 1 || replications > MOST_REPLICATIONS) {
            throw new IllegalArgumentException(replications + " replications are not from 1 to " + MOST_REPLICATIONS);
        }
        if (windowNanos < LEAST_WINDOW_NANOS) {
            throw new IllegalArgumentException("a window of " + windowNanos + " ns is below " + LEAST_WINDOW_NANOS);
        }
        if (until != null && !(until > 0)) {
            throw new IllegalArgumentException("a precision of " + until + " is not above 0");
        }
    }

    /** So many replications with every detector and the usual window. */
    public static Plan of(int replications) {
        return new Plan(replications, null, USUAL_WINDOW_NANOS, DetectorChoice.all(), false);
    }

    /** The windows that are measured: the ladder from 100 us to 1 s, and the one asked for. */
    public List<Long> windowsNanos() {
        return LongStream.concat(LongStream.of(LADDER_NANOS), LongStream.of(windowNanos))
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }
}
