// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.report.Figures;
import irqstorm.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.List;

/** A list of scenarios as text: each one's name, title and how many configurations it has. */
public final class ScenarioListText {
    private static final int GAP = 2;

    private ScenarioListText() {}

    /** The lines for {@code files}, in their order. */
    public static List<String> lines(List<ScenarioFile> files) {
        int indent = files.stream().mapToInt(file -> file.name().length()).max().orElse(0) + GAP;
        List<String> lines = new ArrayList<>();
        for (ScenarioFile file : files) {
            int configurations = file.configurations().size();
            lines.addAll(Layout.hanging(
                    file.name(),
                    file.title()
                            + (configurations == 0
                                    ? ""
                                    : " (" + Figures.counted(configurations, "configuration") + ")"),
                    indent));
        }
        return lines;
    }
}
