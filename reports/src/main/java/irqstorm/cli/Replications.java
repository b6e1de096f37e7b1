// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.scenario.Scenario;
import irqstorm.stats.experiment.Plan;
import java.util.List;

/** The replications that a command runs. */
final class Replications {
    private Replications() {}

    /**
     * {@code wanted}, if an experiment can have as many.
     *
     * @throws BadInput if not
     */
    static int checked(long wanted) {
        if (wanted < 1 || wanted > Plan.MOST_REPLICATIONS) {
            throw new BadInput("found " + wanted + " replications, expected 1 to " + Plan.MOST_REPLICATIONS);
        }
        return (int) wanted;
    }

    /** Shows how many of the replications of {@code configurations} are done. */
    static Progress progress(Console console, List<Scenario> configurations, Plan plan) {
        return Progress.of(console, "replications", (long) configurations.size() * plan.replications());
    }
}
