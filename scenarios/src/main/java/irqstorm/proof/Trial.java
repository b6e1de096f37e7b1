// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.explore.Bounds;
import irqstorm.explore.Exploration;
import irqstorm.explore.Exploration.Found;
import irqstorm.explore.Explorer;
import irqstorm.scenario.json.ScenarioDraft;

/**
 * One scenario that was explored, and what was found.
 *
 * @param draft the scenario
 * @param bounds within which bounds
 * @param exploration what was found
 */
record Trial(ScenarioDraft draft, Bounds bounds, Exploration exploration) {
    static Trial of(ScenarioDraft draft, Bounds bounds) {
        return new Trial(draft, bounds, Explorer.explore(draft.scenario().machine(), bounds));
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
