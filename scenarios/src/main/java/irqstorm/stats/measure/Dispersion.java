// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The Fano factor, or index of dispersion for counts: the variance of the number of deliveries in windows of one length over its mean
 * (Gusella, IEEE Journal on Selected Areas in Communications 9, 1991). About 1 for honest, independent load; near 0 for a loop that is
 * locked to its own latency; far above 1 for bursts, such as a storm that a throttle interrupts.
 *
 * @param windowNanos the length, nanoseconds
 * @param windows how many whole windows lie between the first and the last delivery
 * @param fano the factor; null with fewer than {@value #LEAST_WINDOWS} windows or without a delivery in them
 * @param reading what it says at the 95 % level; null without a factor
 */
public record Dispersion(
        long windowNanos,
        long windows,
        @Nullable Double fano,
        @Nullable Reading reading) {
    /** The fewest windows that say anything. */
    public static final int LEAST_WINDOWS = 10;

    private static final double TAIL = 0.025;

    /** How a Fano factor compares with that of a Poisson process. */
    public enum Reading {
        /** Steadier than chance. */
        STEADIER("steadier than chance"),
        /** As expected of independent arrivals. */
        CHANCE("like chance"),
        /** Burstier than chance. */
        BURSTIER("burstier than chance");

        private final String words;

        Reading(String words) {
            this.words = words;
        }

        /** In words. */
        public String words() {
            return words;
        }
    }

    /** Compares {@code fano}: times the degrees of freedom it has the χ² distribution for a Poisson process. */
    static Dispersion of(long windowNanos, long windows, double fano) {
        ChiSquaredDistribution chance = new ChiSquaredDistribution(null, windows - 1.0);
        double below = chance.cumulativeProbability((windows - 1) * fano);
        Reading reading = below < TAIL ? Reading.STEADIER : below > 1 - TAIL ? Reading.BURSTIER : Reading.CHANCE;
        return new Dispersion(windowNanos, windows, fano, reading);
    }
}
