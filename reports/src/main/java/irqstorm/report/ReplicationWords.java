// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.stats.experiment.Basis;
import irqstorm.stats.experiment.ConfigurationMeasure;
import irqstorm.stats.inference.KaplanMeier;
import irqstorm.stats.inference.Proportion;
import java.util.List;

/** What replications say about storms, in words. */
public final class ReplicationWords {
    private ReplicationWords() {}

    /** What the estimates of {@code measured} rest on. */
    public static String basis(ConfigurationMeasure measured) {
        return switch (measured.basis()) {
            case REFUSED -> "nothing: " + measured.run().reason();
            case DETERMINISTIC -> "deterministic, n = 1: nothing in it is left to chance";
            case IDENTICAL ->
                Figures.counted(measured.replications(), "replication")
                        + ", all the same to the last event: no interval";
            case SINGLE -> "n = 1: no interval";
            case REPLICATED -> Figures.counted(measured.replications(), "replication");
        };
    }

    /** Which run of {@code measured} is looked at closely. */
    public static String shown(ConfigurationMeasure measured) {
        return measured.basis() == Basis.REPLICATED
                ? "replication 0 of " + Figures.count(measured.replications())
                : basis(measured);
    }

    /** In how many replications there was a storm. */
    public static String storms(Proportion storms) {
        return "in " + Figures.count(storms.successes()) + " of " + Figures.counted(storms.n(), "replication");
    }

    /** Whether the run that stands for all replications had a storm. */
    public static String inOneRun(ConfigurationMeasure measured) {
        if (measured.basis() == Basis.REFUSED) {
            return Figures.NONE;
        }
        return measured.run().storm().episodes() > 0 ? "yes" : "no";
    }

    /** Within what the probability of a storm is. */
    public static String probability(Proportion storms) {
        return storms.successes() == 0
                ? "at most " + Figures.percent(storms.ruleOfThree()) + " (rule of three)"
                : Figures.percent(storms.lower()) + " to " + Figures.percent(storms.upper()) + " (Clopper-Pearson)";
    }

    /**
     * When the first storm began: in the run if that is all there is, else over the replications. Empty if nothing ran, or none of
     * several had one.
     */
    public static String timeToStorm(ConfigurationMeasure measured) {
        KaplanMeier times = measured.timeToStorm();
        if (measured.basis() == Basis.REFUSED) {
            return "";
        }
        if (times == null) {
            return measured.run().storm().first().stream()
                    .findFirst()
                    .map(first -> Figures.about(first.startNanos()))
                    .orElse("no storm");
        }
        List<KaplanMeier.Step> steps = times.steps();
        if (steps.isEmpty()) {
            return "";
        }
        KaplanMeier.Step last = steps.get(steps.size() - 1);
        return "median " + Figures.aboutOrNone(times.medianNanos()) + ", from "
                + Figures.about(steps.get(0).timeNanos()) + " to " + Figures.about(last.timeNanos())
                + "; none by then with probability " + Figures.percent(last.survival()) + " (Kaplan-Meier)";
    }
}
