// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the episodes of a line by change point. A stretch of one rate belongs to an episode if it has at least {@value #EXCESS} more
 * deliveries than twice its assertions; stretches without a service between them, such as those that a throttle separates, are one
 * episode.
 */
final class EpisodeFinder {
    private static final int EXCESS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final CountSeries deliveries = new CountSeries();
    private final CountSeries assertions = new CountSeries();
    private final CountSeries services = new CountSeries();

    void delivered(long timeNanos) {
        deliveries.add(timeNanos);
    }

    void asserted(long timeNanos) {
        assertions.add(timeNanos);
    }

    void serviced(long timeNanos) {
        services.add(timeNanos);
    }

    /** How exact onsets and ends are, in a run that ended at {@code endNanos}: the width of a bin, nanoseconds. */
    long resolutionNanos(long endNanos) {
        alignUntil(endNanos);
        return deliveries.widthNanos();
    }

    /** The deliveries in each bin of the run until {@code endNanos}. */
    long[] deliveriesUntil(long endNanos) {
        alignUntil(endNanos);
        return deliveries.until(endNanos);
    }

    private void alignUntil(long endNanos) {
        deliveries.cover(endNanos);
        assertions.cover(endNanos);
        services.cover(endNanos);
    }

    /** The episodes of a run that ended at {@code endNanos}. */
    List<RateEpisode> episodes(long endNanos) {
        alignUntil(endNanos);
        long[] delivered = deliveries.until(endNanos);
        long[] asserted = assertions.until(endNanos);
        long[] serviced = services.until(endNanos);
        int[] changes = ChangePoints.of(delivered);
        List<RateEpisode> episodes = new ArrayList<>();
        int onset = -1;
        int end = -1;
        for (int i = 0; i + 1 < changes.length; i++) {
            int from = changes[i];
            int to = changes[i + 1];
            if (sum(delivered, from, to) < 2 * sum(asserted, from, to) + EXCESS) {
                continue;
            }
            if (onset >= 0 && sum(serviced, end, from) > 0) {
                episodes.add(episode(delivered, onset, end, endNanos));
                onset = -1;
            }
            onset = onset < 0 ? from : onset;
            end = to;
        }
        if (onset >= 0) {
            episodes.add(episode(delivered, onset, end, endNanos));
        }
        return episodes;
    }

    private RateEpisode episode(long[] delivered, int from, int to, long endNanos) {
        long width = deliveries.widthNanos();
        long start = from * width;
        long end = Math.min(to * width, endNanos);
        long count = sum(delivered, from, to);
        return new RateEpisode(start, end, count, count * NANOS_PER_SECOND / (end - start));
    }

    private static long sum(long[] counts, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += counts[i];
        }
        return sum;
    }
}
