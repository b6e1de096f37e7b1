// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.check.Verdict;
import irqstorm.run.RunRecord;
import irqstorm.scenario.Scenario;
import irqstorm.stats.inference.KaplanMeier;
import irqstorm.stats.inference.KaplanMeier.Observation;
import irqstorm.stats.inference.MeanInterval;
import irqstorm.stats.inference.Proportion;
import irqstorm.stats.measure.RunMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.math3.util.ResizableDoubleArray;

/** The replications of one configuration, as they come in: of each some numbers are kept, and not its run. */
final class Sample {
    private final Scenario scenario;
    private final Plan plan;
    private final boolean random;
    private final RunRecord run;
    private final RunMeasure measure;
    private final String fingerprint;
    private final Map<Quantity, ResizableDoubleArray> values = new EnumMap<>(Quantity.class);
    private final List<Observation> timesToStorm = new ArrayList<>();
    private boolean differ;
    private int steady;
    private long longestWarmUpNanos;

    Sample(Scenario scenario, Plan plan, Replication.Detailed first) {
        this.scenario = scenario;
        this.plan = plan;
        run = first.run();
        measure = first.measure();
        fingerprint = first.replication().fingerprint();
        random = Chance.isIn(scenario.machine());
        for (Quantity quantity : Quantity.values()) {
            values.put(quantity, new ResizableDoubleArray());
        }
        add(first.replication());
    }

    Scenario scenario() {
        return scenario;
    }

    int size() {
        return timesToStorm.size();
    }

    void add(Replication replication) {
        values.forEach((quantity, of) -> {
            Double value = replication.values().get(quantity);
            of.addElement(value == null ? Double.NaN : value);
        });
        timesToStorm.add(replication.timeToStorm());
        differ |= !replication.fingerprint().equals(fingerprint);
        Long warmUp = replication.warmUpNanos();
        if (warmUp != null) {
            steady++;
            longestWarmUpNanos = Math.max(longestWarmUpNanos, warmUp);
        }
    }

    /** Whether more replications could tell more than those there are. */
    boolean wantsMore() {
        return random
                && size() < plan.replications()
                && run.verdict() != Verdict.REFUSED
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
        if (run.verdict() == Verdict.REFUSED) {
            return Basis.REFUSED;
        }
        if (!random) {
            return Basis.DETERMINISTIC;
        }
        if (size() == 1) {
            return Basis.SINGLE;
        }
        return differ ? Basis.REPLICATED : Basis.IDENTICAL;
    }

    /** The value of {@code quantity} in each replication; NaN in those without one. */
    double[] values(Quantity quantity) {
        return Objects.requireNonNull(values.get(quantity)).getElements();
    }

    private Optional<MeanInterval> interval(Quantity quantity) {
        double[] known = Arrays.stream(values(quantity))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return known.length == 0 ? Optional.empty() : Optional.of(MeanInterval.of(known));
    }

    ConfigurationMeasure result() {
        Basis basis = basis();
        boolean replicated = basis == Basis.REPLICATED;
        List<Estimate> estimates = new ArrayList<>();
        if (basis != Basis.REFUSED) {
            for (Quantity quantity : Quantity.values()) {
                interval(quantity).ifPresent(interval -> estimates.add(new Estimate(quantity, interval)));
            }
        }
        long storms = timesToStorm.stream().filter(Observation::happened).count();
        return new ConfigurationMeasure(
                run,
                measure,
                basis,
                size(),
                isPrecise(),
                estimates,
                replicated ? Proportion.of(storms, size()) : null,
                replicated ? KaplanMeier.of(timesToStorm) : null,
                plan.steadyState() && basis != Basis.REFUSED
                        ? new ConfigurationMeasure.SteadyState(steady, longestWarmUpNanos)
                        : null);
    }
}
