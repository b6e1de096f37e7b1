// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With which seed scenarios are run. */
final class SeedArgument {
    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "Seed of the random numbers, a whole number, in place of the scenario's own.")
    private @Nullable Long seed;

    /** The scenario of that name, or in that file, with the seed asked for. */
    ScenarioFile open(String nameOrFile) {
        ScenarioFile file = ScenarioLibrary.open(nameOrFile);
        if (seed == null) {
            return file;
        }
        long newSeed = seed;
        Map<String, Scenario> configurations = new LinkedHashMap<>();
        file.configurations().forEach((name, scenario) -> configurations.put(name, scenario.withSeed(newSeed)));
        return new ScenarioFile(
                file.source(),
                file.name(),
                file.title(),
                file.description(),
                file.base().withSeed(newSeed),
                configurations);
    }
}
