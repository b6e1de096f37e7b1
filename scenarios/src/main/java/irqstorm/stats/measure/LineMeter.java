// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import irqstorm.stats.stream.LineObserver;
import irqstorm.stats.stream.Lines;
import java.util.Arrays;
import java.util.List;

/** Measures one line, and is told of that line only. */
final class LineMeter implements LineObserver {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Lines lines;
    private final int line;
    private final long durationNanos;
    private final List<SlidingWindow> windows;
    private final List<CountDispersion> dispersions;
    private final InterArrivals interArrivals = new InterArrivals();
    private final EpisodeFinder episodes = new EpisodeFinder();
    private final ThrottleMeter throttle = new ThrottleMeter();
    private final StageMeter stages;
    private long deliveries;

    LineMeter(Lines lines, int line, long durationNanos, List<Long> windowsNanos) {
        this.lines = lines;
        this.line = line;
        this.durationNanos = durationNanos;
        windows = windowsNanos.stream().map(SlidingWindow::new).toList();
        dispersions = windowsNanos.stream().map(CountDispersion::new).toList();
        stages = new StageMeter(lines.devicesOn(line));
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
        long measured = Math.min(durationNanos, endNanos);
        return new LineMeasure(
                lines.names().get(line),
                lines.gsi(line) == Lines.NO_GSI ? null : lines.gsi(line),
                deliveries,
                measured == 0 ? 0 : deliveries * NANOS_PER_SECOND / measured,
                windows.stream().map(window -> window.result(measured)).toList(),
                interArrivals.variation(),
                dispersions.stream().map(CountDispersion::result).toList(),
                episodes.episodes(endNanos),
                episodes.resolutionNanos(endNanos),
                Arrays.stream(episodes.deliveriesUntil(endNanos)).boxed().toList(),
                throttle.result(),
                stages.result());
    }
}
