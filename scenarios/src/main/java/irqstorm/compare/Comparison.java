// SPDX-License-Identifier: Apache-2.0
package irqstorm.compare;

import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a scenario under all of its configurations, on all cores. The order of the results is that of the file, and each run draws from
 * its own streams, so the number of threads changes nothing.
 */
public final class Comparison {
    private Comparison() {}

    /** Runs every configuration of {@code file}. */
    public static ComparisonRecord of(ScenarioFile file) {
        return of(file, file.all());
    }

    /** Runs some configurations of {@code file}. */
    public static ComparisonRecord of(ScenarioFile file, List<Scenario> configurations) {
        return of(file, configurations, run -> {});
    }

    /** Runs some configurations of {@code file}; {@code done} is told of each run when it ends, on the thread that ran it. */
    public static ComparisonRecord of(ScenarioFile file, List<Scenario> configurations, Consumer<RunRecord> done) {
        List<RunRecord> results = configurations.parallelStream()
                .map(scenario -> ScenarioRunner.run(scenario))
                .peek(done)
                .toList();
        return new ComparisonRecord(
                file.name(), file.title(), file.base().machine().seed(), results);
    }
}
