// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.explore.Bounds.Clocks;
import irqstorm.explore.Search;
import org.jspecify.annotations.Nullable;

/**
 * How far explorations go.
 *
 * @param interrupts how many causes each device has at most; null for what the scenario says, or else {@link #DEFAULT_INTERRUPTS}
 * @param clocks which orders are possible
 * @param maxDepth how many events a path has at most
 * @param maxStates how many states are visited at most
 * @param search in which order
 */
public record ProofLimits(@Nullable Integer interrupts, Clocks clocks, int maxDepth, int maxStates, Search search) {
    /** How many causes each device has at most where nobody says. */
    public static final int DEFAULT_INTERRUPTS = 3;

    private static final int FEWEST_THROTTLE_EOIS = 2;
    private static final int FEWEST_THROTTLE_EOIS_OF_A_STORM = 4;

    /** How many events a path has at most where nobody says. */
    public static final int DEFAULT_DEPTH = 100_000;

    /** How many states are visited at most where nobody says. */
    public static final int DEFAULT_STATES = 5_000_000;

    /** As far as nobody says otherwise. */
    public static final ProofLimits DEFAULT =
            new ProofLimits(null, Clocks.ANY, DEFAULT_DEPTH, DEFAULT_STATES, Search.BREADTH_FIRST);

    /**
     * After how many EOIs a throttle postpones a delivery where nobody says: the fewest that are more than one. A storm takes three
     * redundant deliveries, and with bounded clocks the guest services the device in the throttle's pause, so that it takes four then.
     */
    public int throttleEois() {
        return clocks == Clocks.BOUNDED ? FEWEST_THROTTLE_EOIS_OF_A_STORM : FEWEST_THROTTLE_EOIS;
    }
}
