// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The probability that something has not happened yet, where some replications ended before it did (Kaplan and Meier, Journal of the
 * American Statistical Association 53, 1958; the error by Greenwood's formula).
 *
 * @param steps the estimate after each time at which it happened
 * @param n how many replications
 * @param events in how many it happened
 */
public record KaplanMeier(List<Step> steps, long n, long events) {
    /** One half, and what rounding may have added to a product that is one half. */
    private static final double HALF = 0.5 + 1e-9;

    /** Keeps its own copy. */
    public KaplanMeier {
        steps = List.copyOf(steps);
    }

    /**
     * One replication.
     *
     * @param timeNanos when it happened, or when the replication ended without it, nanoseconds
     * @param happened whether it happened
     */
    public record Observation(long timeNanos, boolean happened) {}

    /**
     * A step of the curve.
     *
     * @param timeNanos when, nanoseconds
     * @param atRisk in how many replications it had not happened before and might have
     * @param events in how many of them it happened then
     * @param survival the probability that it has not happened by then
     * @param standardError the standard error of that
     */
    public record Step(long timeNanos, long atRisk, long events, double survival, double standardError) {}

    /** The estimate from {@code observations}. One that ended at a time at which it happened in others was at risk then. */
    public static KaplanMeier of(List<Observation> observations) {
        List<Observation> ordered = observations.stream()
                .sorted(Comparator.comparingLong(Observation::timeNanos))
                .toList();
        List<Step> steps = new ArrayList<>();
        double survival = 1;
        double greenwood = 0;
        int first = 0;
        while (first < ordered.size()) {
            long time = ordered.get(first).timeNanos();
            int next = first;
            long events = 0;
            while (next < ordered.size() && ordered.get(next).timeNanos() == time) {
                events += ordered.get(next).happened() ? 1 : 0;
                next++;
            }
            long atRisk = (long) ordered.size() - first;
            if (events > 0) {
                survival *= (double) (atRisk - events) / atRisk;
                greenwood += (double) events / ((double) atRisk * (atRisk - events));
                double error = survival == 0 ? 0 : survival * Math.sqrt(greenwood);
                steps.add(new Step(time, atRisk, events, survival, error));
            }
            first = next;
        }
        return new KaplanMeier(
                steps,
                ordered.size(),
                ordered.stream().filter(Observation::happened).count());
    }

    /** The first time by which it has happened with a probability of at least one half, nanoseconds; null if there is none. */
    public @Nullable Long medianNanos() {
        return steps.stream()
                .filter(step -> step.survival() <= HALF)
                .findFirst()
                .map(Step::timeNanos)
                .orElse(null);
    }
}
