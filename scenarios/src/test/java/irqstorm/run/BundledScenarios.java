// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import irqstorm.engine.RunLimits;
import irqstorm.machine.TimedMachine;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Every bundled scenario, as written and under each of its configurations, and what one run of each did. */
public final class BundledScenarios {
    private static final Map<Scenario, RunRecord> RUNS = new ConcurrentHashMap<>();

    private BundledScenarios() {}

    /** The scenarios. */
    public static List<Scenario> all() {
        return ScenarioLibrary.names().stream()
                .map(ScenarioLibrary::open)
                .flatMap(BundledScenarios::withConfigurations)
                .toList();
    }

    /** Those of them whose machine can be started, by their names. */
    static List<Named<Scenario>> thatStart() {
        return all().stream()
                .filter(scenario -> new TimedMachine(scenario.machine(), new RunLimits(1, 1, 1))
                        .machine()
                        .enableCap()
                        .isOk())
                .map(scenario -> Named.of(name(scenario), scenario))
                .toList();
    }

    private static Stream<Scenario> withConfigurations(ScenarioFile file) {
        return Stream.concat(Stream.of(file.base()), file.configurations().values().stream());
    }

    /** The name of a scenario and its configuration, if it is under one. */
    static String name(Scenario scenario) {
        return scenario.configuration().isEmpty() ? scenario.name() : scenario.name() + "/" + scenario.configuration();
    }

    /** What a run of {@code scenario} did; it is run once for all tests. */
    public static RunRecord run(Scenario scenario) {
        return RUNS.computeIfAbsent(scenario, ScenarioRunner::run);
    }

    /** What a run did, in a line that another run can be compared with. */
    static String outcome(Scenario scenario) {
        RunRecord run = run(scenario);
        String fingerprint = run.fingerprint().isEmpty() ? "-" : run.fingerprint();
        return name(scenario) + " " + run.verdict() + " " + run.events() + " " + fingerprint;
    }
}
