// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.compare.Comparison;
import irqstorm.compare.ComparisonRecord;
import irqstorm.export.MeasuresCsv;
import irqstorm.report.json.JsonReport;
import irqstorm.report.markdown.RunsMarkdown;
import irqstorm.report.text.ComparisonText;
import irqstorm.run.RunRecord;
import irqstorm.scenario.Scenario;
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
            "  irqstorm compare credential-guard --config 6 --config 9 --format json",
            "  irqstorm compare credential-guard --format markdown --export junit=junit.xml"
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
    private ComparisonFormat format = ComparisonFormat.text;

    @Mixin
    private ThreadsArgument threads = new ThreadsArgument();

    @Mixin
    private ExportArguments exports = new ExportArguments();

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        int workers = threads.count();
        ScenarioFile file = scenario.open();
        List<Scenario> configurations = chosen.isEmpty() ? file.all() : ScenarioArguments.configurations(file, chosen);
        try (ResultExports files = new ResultExports(exports.files(), file)) {
            ComparisonRecord comparison = compare(file, configurations, workers);
            files.finish(comparison.results());
            print(comparison);
            return ExitCode.of(comparison.results());
        }
    }

    private ComparisonRecord compare(ScenarioFile file, List<Scenario> configurations, int workers) {
        try (Progress progress = Progress.of(console, "configurations", configurations.size())) {
            return Comparison.of(file, configurations, workers, run -> progress.step());
        }
    }

    private void print(ComparisonRecord comparison) {
        List<RunRecord> runs = comparison.results();
        switch (format) {
            case text -> console.print(ComparisonText.lines(comparison, console.paint()));
            case json -> JsonReport.write(comparison, console.out());
            case markdown -> console.print(RunsMarkdown.lines(comparison.scenario(), comparison.title(), runs));
            case csv -> console.print(MeasuresCsv.lines(runs));
        }
    }
}
