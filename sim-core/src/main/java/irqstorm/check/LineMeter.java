// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import java.util.function.Consumer;

/**
 * Counts what happens to one line.
 *
 * <p>A delivery is redundant if every cause that holds the line was delivered before and none was serviced since. A run of deliveries
 * between two services is a storm episode once it has {@link #STORM_REDUNDANT} redundant ones: one can be a race between an EOI and a
 * new cause, two can be two of them; three in a row are a loop.
 */
final class LineMeter {
    /** How many redundant deliveries of one assertion make a storm. */
    static final int STORM_REDUNDANT = 3;

    private final String name;
    private final int gsi;
    private final boolean edge;
    private final Consumer<StormEpisode> episodes;
    private final RateWindow window = new RateWindow();

    private long assertions;
    private long merged;
    private long deliveries;
    private long redundant;
    private long serviced;
    private long lost;
    private long undelivered;
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
     * @param edge whether each assertion is an edge of its own; a level is one however many causes hold it
     */
    LineMeter(String name, int gsi, boolean edge, Consumer<StormEpisode> episodes) {
        this.name = name;
        this.gsi = gsi;
        this.edge = edge;
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
        undelivered = edge ? undelivered + 1 : 1;
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
        if (undelivered > 0) {
            undelivered--;
        } else {
            redundant++;
            runRedundant++;
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
        undelivered = Math.max(0, undelivered - 1);
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
        remoteIrr(false, timeNanos);
    }

    private void endRun(long timeNanos) {
        if (runRedundant >= STORM_REDUNDANT) {
            episodes.accept(new StormEpisode(name, runStart, timeNanos, runDeliveries, window.peak()));
        }
        runDeliveries = 0;
        runRedundant = 0;
        window.clear();
    }

    /** Whether the line was delivered and has not been serviced since. */
    boolean isBetweenDeliveryAndService() {
        return runDeliveries > 0;
    }

    /** Whether an assertion or edge was never delivered. */
    boolean isUndelivered() {
        return undelivered > 0;
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
