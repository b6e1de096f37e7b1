// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import java.util.ArrayList;
import java.util.List;

/** Adds up storm episodes, in flat memory. */
final class StormMeter {
    private final List<StormEpisode> first = new ArrayList<>();
    private long episodes;
    private long deliveries;
    private long totalNanos;
    private long longestNanos;
    private long peak;

    void add(StormEpisode episode) {
        episodes++;
        deliveries += episode.deliveries();
        totalNanos += episode.lengthNanos();
        longestNanos = Math.max(longestNanos, episode.lengthNanos());
        peak = Math.max(peak, episode.peakPerMilli());
        keep(episode);
    }

    /** An episode is told when it ends: one that began before others may come long after them. */
    private void keep(StormEpisode episode) {
        int place = first.size();
        while (place > 0 && first.get(place - 1).startNanos() > episode.startNanos()) {
            place--;
        }
        if (place == StormResult.KEPT) {
            return;
        }
        if (first.size() == StormResult.KEPT) {
            first.remove(StormResult.KEPT - 1);
        }
        first.add(place, episode);
    }

    StormResult result() {
        return new StormResult(episodes, deliveries, totalNanos, longestNanos, peak, first);
    }
}
