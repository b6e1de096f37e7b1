// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which scenario a command is about, and with which seed. */
final class ScenarioArguments {
    @Parameters(
            paramLabel = "NAME-or-FILE",
            description = "A bundled scenario (see 'irqstorm list') or a scenario file.",
            completionCandidates = BundledNames.class)
    private String nameOrFile = "";

    @Mixin
    private SeedArgument seed = new SeedArgument();

    /** The names of the bundled scenarios, for completion. */
    static final class BundledNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ScenarioLibrary.names().iterator();
        }
    }

    /** What the user wrote. */
    String nameOrFile() {
        return nameOrFile;
    }

    /** The scenario with the seed asked for. */
    ScenarioFile open() {
        return seed.open(nameOrFile);
    }

    /**
     * The configuration of {@code file} that the user calls {@code name}.
     *
     * @throws BadInput if there is none, or several whose names begin so
     */
    static Scenario configuration(ScenarioFile file, String name) {
        return file.find(name)
                .orElseThrow(() -> new BadInput("found configuration '" + name + "', expected "
                        + (file.configurations().isEmpty()
                                ? "none: " + file.name() + " has no configurations"
                                : "one of " + String.join(", ", file.configurationNames())
                                        + ", or what stands before a hyphen")));
    }

    /** The configurations of {@code file} that the user calls {@code names}: in the order of the file, each once. */
    static List<Scenario> configurations(ScenarioFile file, List<String> names) {
        Set<String> chosen = new HashSet<>();
        names.forEach(name -> chosen.add(configuration(file, name).configuration()));
        return file.all().stream()
                .filter(candidate -> chosen.contains(candidate.configuration()))
                .toList();
    }
}
