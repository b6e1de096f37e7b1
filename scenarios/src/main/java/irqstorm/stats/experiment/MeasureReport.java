// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import java.util.List;

/**
 * What was measured of a scenario.
 *
 * @param scenario its name
 * @param title what it is about
 * @param seed the seed
 * @param plan how it was measured
 * @param configurations each configuration, in the order of the file
 * @param baseline the name of the configuration that the others are compared with; empty if none is compared
 * @param differences how the others differ from it
 */
public record MeasureReport(
        String scenario,
        String title,
        long seed,
        Plan plan,
        List<ConfigurationMeasure> configurations,
        String baseline,
        List<Difference> differences) {
    /** Keeps its own copies. */
    public MeasureReport {
        configurations = List.copyOf(configurations);
        differences = List.copyOf(differences);
    }
}
