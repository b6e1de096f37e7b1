// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.stats.experiment.Plan;

/** How many replications a command runs. */
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
}
