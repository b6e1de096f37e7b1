// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import java.util.List;

/**
 * All storm episodes of a run together.
 *
 * @param episodes how many there were
 * @param deliveries how many deliveries they had
 * @param totalNanos how long they lasted together, nanoseconds
 * @param longestNanos how long the longest lasted, nanoseconds
 * @param peakPerMilli the most deliveries of one line within any millisecond
 * @param first those that began first, at most {@link #KEPT}, in the order in which they began
 */
public record StormResult(
        long episodes,
        long deliveries,
        long totalNanos,
        long longestNanos,
        long peakPerMilli,
        List<StormEpisode> first) {
    /** How many episodes are kept as such. */
    public static final int KEPT = 64;

    /** Keeps its own copy. */
    public StormResult {
        first = List.copyOf(first);
    }
}
