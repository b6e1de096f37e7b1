// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import irqstorm.check.LineMap;
import irqstorm.stats.stream.LineObserver;
import java.util.Arrays;
import java.util.List;

/** Measures one line, and is told of that line only. */
final class LineMeter implements LineObserver {
    private static final double NANOS_PER_SECOND = 1e9;

    private final LineMap lines;
    private final int line;
    private final long durationNanos;
    private final List<SlidingWindow> windows;
    private final List<CountDispersion> dispersions;
    private final InterArrivals interArrivals = new InterArrivals();
    private final EpisodeFinder episodes = new EpisodeFinder();
    private final ThrottleMeter throttle = new ThrottleMeter();
    private final StageMeter stages;
    private final boolean findsEpisodes;
    private long deliveries;

    LineMeter(LineMap lines, int line, long durationNanos, List<Long> windowsNanos, boolean findsEpisodes) {
        this.lines = lines;
        this.line = line;
        this.durationNanos = durationNanos;
        windows = windowsNanos.stream().map(SlidingWindow::new).toList();
        dispersions = windowsNanos.stream().map(CountDispersion::new).toList();
        stages = new StageMeter(lines.devicesOn(line));
        this.findsEpisodes = findsEpisodes;
    }

    @Override
    public void asserted(int of, int device, long timeNanos) {
        episodes.asserted(timeNanos);
        stages.asserted(lines.placeOnLine(device), timeNanos);
    }

    @Override
    public void delivered(int of, long timeNanos) {
        episodes.delivered(timeNanos);
        throttle.delivered(timeNanos);
        if (timeNanos < durationNanos) {
            deliveries++;
            interArrivals.add(timeNanos);
            windows.forEach(window -> window.add(timeNanos));
            dispersions.forEach(dispersion -> dispersion.add(timeNanos));
        }
    }

    @Override
    public void accepted(int of, long timeNanos) {
        stages.accepted(timeNanos);
    }

    @Override
    public void serviced(int of, int device, long timeNanos) {
        episodes.serviced(timeNanos);
        throttle.serviced();
        stages.serviced(lines.placeOnLine(device), timeNanos);
    }

    @Override
    public void ended(int of, int vcpu, int level, long timeNanos) {
        stages.ended(timeNanos);
    }

    @Override
    public void throttled(int of, long timeNanos) {
        throttle.throttled(timeNanos);
    }

    @Override
    public void throttleExpired(long timeNanos) {
        throttle.expired(timeNanos);
    }

    @Override
    public void finished(long timeNanos) {
        throttle.expired(timeNanos);
    }

    /** What a run that ended at {@code endNanos} showed. */
    LineMeasure result(long endNanos) {
        LineMap.Line wiring = lines.lines().get(line);
        long measured = Math.min(durationNanos, endNanos);
        return new LineMeasure(
                wiring.name(),
                wiring.gsi() == LineMap.NONE ? null : wiring.gsi(),
                deliveries,
                measured == 0 ? 0 : deliveries * NANOS_PER_SECOND / measured,
                windows.stream().map(window -> window.result(measured)).toList(),
                interArrivals.variation(),
                dispersions.stream().map(CountDispersion::result).toList(),
                findsEpisodes ? episodes.episodes(endNanos) : List.of(),
                episodes.resolutionNanos(endNanos),
                Arrays.stream(episodes.deliveriesUntil(endNanos)).boxed().toList(),
                throttle.result(),
                stages.result());
    }
}
