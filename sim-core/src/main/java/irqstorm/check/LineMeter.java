// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.state.StateStore;
import java.util.function.Consumer;

/** Counts what happens to one line. A run of deliveries between two services is a storm episode once it is a {@link LineProgress#isStorm storm}. */
final class LineMeter {
    private final String name;
    private final int gsi;
    private final Consumer<StormEpisode> episodes;
    private final RateWindow window = new RateWindow();
    private final LineProgress progress = new LineProgress(new StateStore());

    private long assertions;
    private long merged;
    private long deliveries;
    private long redundant;
    private long serviced;
    private long lost;
    private long runStart;
    private long runDeliveries;
    private boolean remoteIrr;
    private long remoteIrrSince;
    private long remoteIrrNanos;
    private long latencySum;
    private long latencyMax;

    /**
     * A meter of the line called {@code name}.
     *
     * @param gsi its pin, or −1
     * @param episodes is given each storm episode when it is over
     */
    LineMeter(String name, int gsi, Consumer<StormEpisode> episodes) {
        this.name = name;
        this.gsi = gsi;
        this.episodes = episodes;
    }

    String name() {
        return name;
    }

    int gsi() {
        return gsi;
    }

    void asserted() {
        assertions++;
        progress.asserted();
    }

    void deasserted() {
        progress.deasserted();
    }

    void edgeSent() {
        assertions++;
        progress.edgeSent();
    }

    void causeMerged() {
        merged++;
    }

    void delivered(long timeNanos) {
        deliveries++;
        if (runDeliveries == 0) {
            runStart = timeNanos;
        }
        runDeliveries++;
        if (progress.delivered()) {
            redundant++;
        }
        window.add(timeNanos);
    }

    void serviced(long timeNanos, long assertedAtNanos) {
        serviced++;
        latencySum += timeNanos - assertedAtNanos;
        latencyMax = Math.max(latencyMax, timeNanos - assertedAtNanos);
        endRun(timeNanos);
    }

    void edgeLost() {
        lost++;
        progress.edgeLost();
    }

    void remoteIrr(boolean set, long timeNanos) {
        if (remoteIrr && !set) {
            remoteIrrNanos += timeNanos - remoteIrrSince;
        }
        remoteIrr = set;
        remoteIrrSince = timeNanos;
    }

    /** The run of the machine ended: whatever is open ends here. */
    void finish(long timeNanos) {
        endRun(timeNanos);
        if (remoteIrr) {
            remoteIrrNanos += timeNanos - remoteIrrSince;
        }
    }

    private void endRun(long timeNanos) {
        if (progress.isStorm()) {
            episodes.accept(new StormEpisode(name, runStart, timeNanos, runDeliveries, window.peak()));
        }
        progress.serviced();
        runDeliveries = 0;
        window.clear();
    }

    /** Since when Remote IRR is as it is, nanoseconds. */
    long remoteIrrSinceNanos() {
        return remoteIrrSince;
    }

    /** Whether the line was delivered and has not been serviced since. */
    boolean isBetweenDeliveryAndService() {
        return runDeliveries > 0;
    }

    /** Whether a level that is still held, or the last edge, was never delivered. */
    boolean isUndelivered() {
        return progress.isUndelivered();
    }

    boolean hasLost() {
        return lost > 0;
    }

    LineResult result(boolean stuck, boolean isLost) {
        return new LineResult(
                name,
                gsi,
                assertions,
                merged,
                deliveries,
                redundant,
                serviced,
                stuck,
                isLost,
                remoteIrrNanos,
                latencySum,
                latencyMax);
    }
}
