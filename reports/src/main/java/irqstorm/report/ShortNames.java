// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The short names of configurations: what stands before the first hyphen, as {@code --config} takes it. */
final class ShortNames {
    private ShortNames() {}

    /** The short name of each of {@code names}; none if they do not tell all of them apart. */
    static Map<String, String> of(List<String> names) {
        Map<String, String> found = new HashMap<>();
        Collection<String> different = new TreeSet<>();
        for (String name : names) {
            int hyphen = name.indexOf('-');
            if (hyphen <= 0) {
                return Map.of();
            }
            String shortName = name.substring(0, hyphen);
            found.put(name, shortName);
            different.add(shortName);
        }
        return different.size() == names.size() ? found : Map.of();
    }
}
