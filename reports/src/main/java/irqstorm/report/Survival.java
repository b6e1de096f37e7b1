// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.stats.experiment.ConfigurationMeasure;
import irqstorm.stats.experiment.MeasureReport;
import irqstorm.stats.inference.KaplanMeier;
import java.util.ArrayList;
import java.util.List;

/**
 * For each configuration, with which probability no storm has begun by a time, as Kaplan and Meier estimate it.
 *
 * @param endNanos where the axis ends, nanoseconds: shortly after the last storm that began as a first one
 * @param curves the configurations that had a storm in some replication
 */
public record Survival(long endNanos, List<Curve> curves) {
    private static final double BEYOND_THE_LAST = 1.1;

    /** Keeps its own copy. */
    public Survival {
        curves = List.copyOf(curves);
    }

    /**
     * A configuration.
     *
     * @param name its name
     * @param steps the estimate after each time at which a first storm began
     */
    public record Curve(String name, List<KaplanMeier.Step> steps) {
        /** Keeps its own copy. */
        public Curve {
            steps = List.copyOf(steps);
        }
    }

    /** Those of {@code report}. */
    public static Survival of(MeasureReport report) {
        List<Curve> curves = new ArrayList<>();
        long last = 0;
        for (ConfigurationMeasure configuration : report.configurations()) {
            KaplanMeier times = configuration.timeToStorm();
            if (times != null && times.events() > 0) {
                curves.add(new Curve(Overview.name(configuration.run()), times.steps()));
                last = Math.max(
                        last, times.steps().get(times.steps().size() - 1).timeNanos());
            }
        }
        return new Survival(Math.round(last * BEYOND_THE_LAST), curves);
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return curves.isEmpty();
    }

    /** The curves in words: when storms begin, and the probability of none by then. */
    public String words() {
        return String.join(
                "; ",
                curves.stream()
                        .map(curve -> {
                            KaplanMeier.Step first = curve.steps().get(0);
                            KaplanMeier.Step last =
                                    curve.steps().get(curve.steps().size() - 1);
                            return curve.name() + ": from " + Figures.about(first.timeNanos()) + " to "
                                    + Figures.about(last.timeNanos()) + ", " + Figures.percent(last.survival())
                                    + " then";
                        })
                        .toList());
    }
}
