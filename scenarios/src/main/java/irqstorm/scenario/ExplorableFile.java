// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import irqstorm.scenario.json.ScenarioDraft;
import java.util.List;

/**
 * A scenario file as it is explored.
 *
 * @param file the file as it is run
 * @param drafts the scenario as written and then under each configuration, in the order of the file, as they are explored
 */
public record ExplorableFile(ScenarioFile file, List<ScenarioDraft> drafts) {
    /** Keeps its own copy. */
    public ExplorableFile {
        drafts = List.copyOf(drafts);
    }

    /** What is explored under the configuration of {@code scenario}, which is one of the file's. */
    public ScenarioDraft draft(Scenario scenario) {
        return drafts.stream()
                .filter(draft -> draft.scenario().configuration().equals(scenario.configuration()))
                .findFirst()
                .orElseThrow();
    }
}
