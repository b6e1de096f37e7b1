// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.check.Verdict;
import irqstorm.scenario.Scenario;
import irqstorm.stats.inference.KaplanMeier;
import irqstorm.stats.inference.MeanInterval;
import irqstorm.stats.inference.Mser5;
import irqstorm.stats.inference.Proportion;
import irqstorm.stats.measure.RunMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The replications of one configuration, as they come in. */
final class Sample {
    private final Scenario scenario;
    private final Plan plan;
    private final boolean random;
    private final List<Replication> replications = new ArrayList<>();
    private final RunMeasure first;

    Sample(Scenario scenario, Plan plan, Replication.Detailed first) {
        this.scenario = scenario;
        this.plan = plan;
        this.first = first.measure();
        random = Chance.isIn(scenario.machine());
        replications.add(first.replication());
    }

    Scenario scenario() {
        return scenario;
    }

    int size() {
        return replications.size();
    }

    void add(Replication replication) {
        replications.add(replication);
    }

    /** Whether more replications could tell more than those there are. */
    boolean wantsMore() {
        return random
                && size() < plan.replications()
                && replications.get(0).run().verdict() != Verdict.REFUSED
                && !(plan.until() != null && size() >= Plan.FIRST_BATCH && isPrecise());
    }

    private boolean isPrecise() {
        Double until = plan.until();
        if (until == null) {
            return true;
        }
        return interval(Quantity.DELIVERY_RATE)
                .map(interval -> !interval.hasInterval() || interval.relative() <= until)
                .orElse(true);
    }

    Basis basis() {
        if (replications.get(0).run().verdict() == Verdict.REFUSED) {
            return Basis.REFUSED;
        }
        if (!random) {
            return Basis.DETERMINISTIC;
        }
        if (size() == 1) {
            return Basis.SINGLE;
        }
        long different = replications.stream()
                .map(replication -> replication.run().fingerprint())
                .distinct()
                .count();
        return different == 1 ? Basis.IDENTICAL : Basis.REPLICATED;
    }

    /** The values of {@code quantity}; null for replications without one. */
    List<@Nullable Double> values(Quantity quantity) {
        List<@Nullable Double> values = new ArrayList<>();
        replications.forEach(replication -> values.add(replication.values().get(quantity)));
        return values;
    }

    private Optional<MeanInterval> interval(Quantity quantity) {
        double[] values = values(quantity).stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(MeanInterval.of(values));
    }

    ConfigurationMeasure result() {
        Basis basis = basis();
        boolean differ = basis == Basis.REPLICATED;
        List<Estimate> estimates = new ArrayList<>();
        if (basis != Basis.REFUSED) {
            for (Quantity quantity : Quantity.values()) {
                interval(quantity).ifPresent(interval -> estimates.add(new Estimate(quantity, interval)));
            }
        }
        long storms = replications.stream()
                .filter(replication -> replication.timeToStorm().happened())
                .count();
        return new ConfigurationMeasure(
                replications.get(0).run(),
                first,
                basis,
                size(),
                isPrecise(),
                estimates,
                differ ? Proportion.of(storms, size()) : null,
                differ
                        ? KaplanMeier.of(replications.stream()
                                .map(Replication::timeToStorm)
                                .toList())
                        : null,
                plan.steadyState() && basis != Basis.REFUSED ? steadyState() : null);
    }

    private ConfigurationMeasure.SteadyState steadyState() {
        int reached = 0;
        long longest = 0;
        long bin = first.lines().isEmpty() ? 0 : first.lines().get(0).resolutionNanos();
        for (Replication replication : replications) {
            Mser5 cut = replication.steady();
            if (cut != null && cut.steady()) {
                reached++;
                longest = Math.max(longest, cut.truncated() * bin);
            }
        }
        return new ConfigurationMeasure.SteadyState(reached, longest);
    }
}
