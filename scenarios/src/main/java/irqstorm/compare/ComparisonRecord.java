// SPDX-License-Identifier: Apache-2.0
package irqstorm.compare;

import irqstorm.run.RunRecord;
import java.util.List;

/**
 * One scenario under each of its configurations.
 *
 * @param scenario the scenario's name
 * @param title what it is about
 * @param seed the seed that all configurations share
 * @param results the runs, in the order of the configurations
 */
public record ComparisonRecord(String scenario, String title, long seed, List<RunRecord> results) {
    /** Keeps its own copy. */
    public ComparisonRecord {
        results = List.copyOf(results);
    }
}
