// SPDX-License-Identifier: Apache-2.0
package irqstorm.compare;

import irqstorm.run.Parallel;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Runs a scenario under all of its configurations. The order of the results is that of the file, and each run draws from its own
 * streams, so the number of threads changes nothing.
 */
public final class Comparison {
    private Comparison() {}

    /** Runs every configuration of {@code file}, on all processors. */
    public static ComparisonRecord of(ScenarioFile file) {
        return of(file, file.all());
    }

    /** Runs some configurations of {@code file}, on all processors. */
    public static ComparisonRecord of(ScenarioFile file, List<Scenario> configurations) {
        return of(file, configurations, Parallel.allProcessors(), run -> {});
    }

    /**
     * Runs some configurations of {@code file}.
     *
     * @param threads how many of them run at a time, 1 or more
     * @param done is told of each run when it ends, on the thread that ran it
     */
    public static ComparisonRecord of(
            ScenarioFile file, List<Scenario> configurations, int threads, Consumer<RunRecord> done) {
        List<Callable<RunRecord>> runs = new ArrayList<>();
        for (Scenario scenario : configurations) {
            runs.add(() -> {
                RunRecord run = ScenarioRunner.run(scenario);
                done.accept(run);
                return run;
            });
        }
        return new ComparisonRecord(
                file.name(), file.title(), file.base().machine().seed(), Parallel.run(runs, threads));
    }
}
