// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.run.RunRecord;
import irqstorm.scenario.ProfileLibrary;
import irqstorm.scenario.ProfileUse;
import irqstorm.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An I/O APIC and where its behaviour was read.
 *
 * @param name its name in the scenario
 * @param use the bundled profile; empty if there is none of that name
 * @param configurations the short names of the configurations that have it
 */
public record ProfileRow(String name, Optional<ProfileUse> use, List<String> configurations) {
    /** Keeps its own copy. */
    public ProfileRow {
        configurations = List.copyOf(configurations);
    }

    /** What tells rows apart. */
    private record Key(String name, Optional<ProfileUse> use) {}

    /** The I/O APICs of {@code scenarios}, whose runs are those of {@code overview}, in the order in which they first occur. */
    static List<ProfileRow> of(List<Scenario> scenarios, Overview overview) {
        Map<Key, List<String>> users = new LinkedHashMap<>();
        for (int i = 0; i < scenarios.size(); i++) {
            RunRecord run = overview.runs().get(i);
            Key key = new Key(run.inputs().ioApic(), ProfileLibrary.usedBy(scenarios.get(i)));
            users.computeIfAbsent(key, other -> new ArrayList<>()).add(overview.shortName(run));
        }
        return users.entrySet().stream()
                .map(entry ->
                        new ProfileRow(entry.getKey().name(), entry.getKey().use(), entry.getValue()))
                .toList();
    }

    /** Whether the scenario changes fields of the bundled profile. */
    public boolean isPatched() {
        return use.isPresent() && !use.get().asBundled();
    }

    /** How surely the fields were read: {@code 28 verified, 2 unknown}; empty without a bundled profile. */
    public String confidence() {
        return use.map(found -> found.profile().confidences().entrySet().stream()
                        .map(entry -> Figures.count(entry.getValue()) + " "
                                + entry.getKey().label())
                        .collect(Collectors.joining(", ")))
                .orElse("");
    }
}
