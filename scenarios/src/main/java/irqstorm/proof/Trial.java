// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.explore.Bounds;
import irqstorm.explore.Exploration;
import irqstorm.explore.Exploration.Found;
import irqstorm.explore.Explorer;
import irqstorm.explore.Search;
import irqstorm.explore.StateMemory;
import irqstorm.scenario.Scenario;

/**
 * One scenario that was explored, and what was found.
 *
 * @param scenario the scenario
 * @param bounds within which bounds
 * @param exploration what was found
 */
record Trial(Scenario scenario, Bounds bounds, Exploration exploration) {
    static Trial of(Scenario scenario, Bounds bounds, Search search, StateMemory memory) {
        return new Trial(scenario, bounds, Explorer.explore(scenario.machine(), bounds, search, false, memory));
    }

    /** Whether something is wrong. */
    boolean isViolated() {
        return !exploration.violations().isEmpty();
    }

    /** What is wrong, where something is. */
    Found found() {
        return exploration.violations().get(0);
    }
}
