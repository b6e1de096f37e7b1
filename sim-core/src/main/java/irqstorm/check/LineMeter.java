// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import java.util.function.Consumer;

/**
 * Counts what happens to one line.
 *
 * <p>A delivery is redundant if every cause that holds the line was delivered before and none was serviced since; where several devices
 * share a line, the service of one makes the next delivery necessary for the others. A run of deliveries between two services is a storm
 * episode once it has {@link #STORM_REDUNDANT} redundant ones: one can be a race between an EOI and a new cause, two can be two of them;
 * three in a row are a loop.
 */
final class LineMeter {
    /** How many redundant deliveries of one assertion make a storm. */
    static final int STORM_REDUNDANT = 3;

    private final String name;
    private final int gsi;
    private final Consumer<StormEpisode> episodes;
    private final RateWindow window = new RateWindow();

    private long assertions;
    private long merged;
    private long deliveries;
    private long redundant;
    private long serviced;
    private long lost;
    private long holders;
    private boolean levelWaits;
    private long edgesWaiting;
    private boolean lastEdgeWaits;
    private long runStart;
    private long runDeliveries;
    private long runRedundant;
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

    /** A device begins to hold the line; however many do, it is one level. */
    void asserted() {
        assertions++;
        holders++;
        levelWaits = true;
    }

    /** A device holds the line no more. Whoever still does waits for a delivery, whatever was delivered before. */
    void deasserted() {
        holders--;
        levelWaits = levelWaits || holders > 0;
    }

    /** A device sends an edge, which is an interrupt of its own. */
    void edgeSent() {
        assertions++;
        edgesWaiting++;
        lastEdgeWaits = true;
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
        if (!levelWaits && edgesWaiting == 0) {
            redundant++;
            runRedundant++;
        }
        levelWaits = false;
        edgesWaiting = Math.max(0, edgesWaiting - 1);
        lastEdgeWaits = false;
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
        edgesWaiting = Math.max(0, edgesWaiting - 1);
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
        if (runRedundant >= STORM_REDUNDANT) {
            episodes.accept(new StormEpisode(name, runStart, timeNanos, runDeliveries, window.peak()));
        }
        runDeliveries = 0;
        runRedundant = 0;
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
        return levelWaits && holders > 0 || lastEdgeWaits;
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
