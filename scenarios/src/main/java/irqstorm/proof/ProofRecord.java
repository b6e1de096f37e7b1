// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import java.util.List;

/**
 * One scenario explored under each of its configurations.
 *
 * @param scenario the scenario's name
 * @param title what it is about
 * @param results the configurations, in the order of the file
 */
public record ProofRecord(String scenario, String title, List<ConfigurationProof> results) {
    /** Keeps its own copy. */
    public ProofRecord {
        results = List.copyOf(results);
    }
}
