// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

import org.jspecify.annotations.Nullable;

/**
 * What a detector would have done.
 *
 * @param detector its name
 * @param rule when it fires, in words
 * @param reaction what the real system does then
 * @param source where the rule was read
 * @param firstNanos when it would have fired first, nanoseconds; null for never
 * @param firings how often, if nothing came of it
 * @param line the line it would have fired for first, or an empty string
 * @param closest what it measured at most, in words
 */
public record Detection(
        String detector,
        String rule,
        String reaction,
        String source,
        @Nullable Long firstNanos,
        long firings,
        String line,
        String closest) {
    /** Whether it would have fired. */
    public boolean fires() {
        return firstNanos != null;
    }
}
