// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.compare.Comparison;
import irqstorm.compare.ComparisonRecord;
import irqstorm.report.json.JsonReport;
import irqstorm.report.text.ComparisonText;
import irqstorm.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code irqstorm compare}: a scenario under its configurations. */
@Command(
        name = "compare",
        description = "Run a scenario under each of its configurations and compare them.",
        footer = {
            "%nExamples:",
            "  irqstorm compare credential-guard",
            "  irqstorm compare credential-guard --config 6 --config 9 --format json"
        })
final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ScenarioArguments scenario = new ScenarioArguments();

    @Option(
            names = "--config",
            paramLabel = "NAME",
            description =
                    "A configuration to compare, or the part of its name before a hyphen; may be repeated. Default: all.")
    private List<String> chosen = new ArrayList<>();

    @Option(names = "--format", description = "Output format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.text;

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ScenarioFile file = scenario.open();
        ComparisonRecord comparison =
                Comparison.of(file, chosen.isEmpty() ? file.all() : ScenarioArguments.configurations(file, chosen));
        if (format == OutputFormat.json) {
            JsonReport.write(comparison, console.out());
        } else {
            console.print(ComparisonText.lines(comparison, console.paint()));
        }
        return ExitCode.of(comparison.results());
    }
}
