// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scenario with its named configurations, each complete and checked.
 *
 * @param source the file's name, or {@code bundled:NAME}
 * @param name the scenario's name
 * @param title what it is about, in a line
 * @param description what it is about, in sentences; may be empty
 * @param base the scenario as written
 * @param configurations the scenario under each configuration's patch, by name, in the order of the file
 */
public record ScenarioFile(
        String source,
        String name,
        String title,
        String description,
        Scenario base,
        Map<String, Scenario> configurations) {
    /** Keeps its own copy in the same order. */
    public ScenarioFile {
        configurations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(configurations));
    }

    /** The names of the configurations in the order of the file. */
    public List<String> configurationNames() {
        return List.copyOf(configurations.keySet());
    }

    /** The configuration called {@code name}, or the only one whose name begins with it and a hyphen. */
    public Optional<Scenario> find(String name) {
        Scenario exact = configurations.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        List<Scenario> candidates = configurations.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "-"))
                .map(Map.Entry::getValue)
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /** What {@code compare} compares: the configurations, or the scenario as written if it has none. */
    public List<Scenario> all() {
        return configurations.isEmpty() ? List.of(base) : List.copyOf(configurations.values());
    }
}
