// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.check.Violation;
import irqstorm.explore.Exploration.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What came of exploring one configuration.
 *
 * @param configuration its name, or an empty string for the scenario as written
 * @param outcome how the exploration ended
 * @param violation what is wrong, or null
 * @param reason one sentence on why
 * @param states how many states were visited
 * @param transitions how many choices were tried
 * @param depth the length of the longest of the shortest paths to the states that were visited
 * @param bounds within which bounds
 * @param noCollisionButOneIn the probability that two different states were taken for one is at most one in this number
 * @param nanos how long it took, nanoseconds of this computer's time
 * @param counterexample how to get to the violation; null without one, and where KVM refuses the configuration
 */
public record ConfigurationProof(
        String configuration,
        Outcome outcome,
        @Nullable Violation violation,
        String reason,
        long states,
        long transitions,
        int depth,
        ProofBounds bounds,
        long noCollisionButOneIn,
        long nanos,
        @Nullable Counterexample counterexample) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Whether KVM refuses the configuration, so that there is nothing to explore. */
    public boolean isRefused() {
        return violation == Violation.REFUSED;
    }

    /** How many states were visited in a second. */
    public double statesPerSecond() {
        return nanos == 0 ? 0 : states * NANOS_PER_SECOND / nanos;
    }
}
