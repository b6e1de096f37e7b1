// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import irqstorm.explore.Exploration.Found;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Explores the small machine of a given name, and answers in words that mean the same in every class loader. */
public final class SmallMachineExplorer implements Function<String, Map<String, List<String>>> {
    /** The kinds of violations, each with the events that lead to it. */
    @Override
    public Map<String, List<String>> apply(String name) {
        SmallMachine machine = SmallMachine.valueOf(name);
        Map<String, List<String>> violations = new TreeMap<>();
        for (Found found : machine.explore().violations()) {
            violations.put(
                    found.violation().name(),
                    found.path().stream()
                            .map(move -> move.label(machine.config()))
                            .toList());
        }
        return violations;
    }
}
