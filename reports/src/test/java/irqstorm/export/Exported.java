// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Exports of bundled scenarios, and a machine with names that mean something to each format. */
final class Exported {
    /** Nothing of this may get out of a text and act. */
    static final String HOSTILE = "=cmd|'/c calc'!A1 \"<script>alert(1)</script>\" $end; end\n%%{init}%% | `x` ]]>";

    private static final long MOST_NANOS = 100_000_000L;

    private Exported() {}

    /** The scenario, cut short so that a storm in it is: a tenth of a second covers a throttle's first firing. */
    private static Scenario scenario(String name, String configuration) {
        ScenarioFile file = ScenarioLibrary.open(name);
        Scenario chosen =
                configuration.isEmpty() ? file.base() : file.find(configuration).orElseThrow();
        return new Scenario(
                chosen.name(),
                chosen.title(),
                chosen.configuration(),
                Math.min(chosen.durationNanos(), MOST_NANOS),
                0,
                chosen.limits(),
                chosen.machine(),
                chosen.expectations());
    }

    static String text(ExportFormat format, String name, String configuration) {
        Scenario scenario = scenario(name, configuration);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EventExport export = format.open(Subject.of(scenario), bytes);
        export.finish(ScenarioRunner.run(scenario, export));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static List<String> lines(ExportFormat format, String name, String configuration) {
        return text(format, name, configuration).lines().toList();
    }

    /** A machine with one device on GSI 5, whose names are {@link #HOSTILE}. */
    static Subject hostile() {
        return new Subject(HOSTILE, HOSTILE, HOSTILE, "split", true, 1, List.of(HOSTILE), List.of(5), List.of(5));
    }
}
