// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one line. Rates, variation and dispersion are those of the scenario's duration; the rest is of the whole run.
 *
 * @param name the names of its devices
 * @param gsi its pin, or null for messages
 * @param deliveries how often it was delivered within the scenario's duration
 * @param ratePerSecond that per second
 * @param windows the rates in windows
 * @param interArrivalVariation the coefficient of variation of the times between deliveries, or null for fewer than three
 * @param dispersions the Fano factors
 * @param episodes the episodes by change point; none where they were not looked for
 * @param resolutionNanos how exact their onsets and ends are, nanoseconds
 * @param series the deliveries in each stretch of {@code resolutionNanos} of the whole run
 * @param throttle the duty cycle
 * @param stages the latencies
 */
public record LineMeasure(
        String name,
        @Nullable Integer gsi,
        long deliveries,
        double ratePerSecond,
        List<WindowRate> windows,
        @Nullable Double interArrivalVariation,
        List<Dispersion> dispersions,
        List<RateEpisode> episodes,
        long resolutionNanos,
        List<Long> series,
        ThrottleDuty throttle,
        Stages stages) {
    /** Keeps its own copies. */
    public LineMeasure {
        windows = List.copyOf(windows);
        dispersions = List.copyOf(dispersions);
        episodes = List.copyOf(episodes);
        series = List.copyOf(series);
    }

    /** The rate in windows of {@code windowNanos}, one of those measured. */
    public WindowRate window(long windowNanos) {
        return windows.stream()
                .filter(window -> window.windowNanos() == windowNanos)
                .findFirst()
                .orElseThrow();
    }

    /** The dispersion in windows of {@code windowNanos}, one of those measured. */
    public Dispersion dispersion(long windowNanos) {
        return dispersions.stream()
                .filter(dispersion -> dispersion.windowNanos() == windowNanos)
                .findFirst()
                .orElseThrow();
    }
}
