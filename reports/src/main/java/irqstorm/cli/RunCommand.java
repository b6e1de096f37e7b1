// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.report.EventText;
import irqstorm.report.json.JsonReport;
import irqstorm.report.text.RunText;
import irqstorm.report.text.TimelineText;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code irqstorm run}: one run. */
@Command(
        name = "run",
        description = "Run a scenario once and say what came of it.",
        footer = {"%nExamples:", "  irqstorm run plain-level", "  irqstorm run credential-guard --config 6 --timeline"})
final class RunCommand implements Callable<Integer> {
    private static final long DEFAULT_TIMELINE_LIMIT = 200;

    private final Console console;

    @Mixin
    private ScenarioArguments scenario = new ScenarioArguments();

    @Option(
            names = "--config",
            paramLabel = "NAME",
            description =
                    "The configuration to run, or the part of its name before a hyphen. Default: the scenario as written.")
    private @Nullable String configuration;

    @Option(names = "--format", description = "Output format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.text;

    @Option(
            names = "--timeline",
            description =
                    "First print the events as they happen: number, time, number of the event that caused it, who, what.")
    private boolean timeline;

    @Option(
            names = "--timeline-limit",
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "Print at most N events and count the rest. Implies --timeline. Default: 200.")
    private @Nullable Long timelineLimit;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        boolean events = timeline || timelineLimit != null;
        long limit = timelineLimit == null ? DEFAULT_TIMELINE_LIMIT : timelineLimit;
        if (events && format == OutputFormat.json) {
            throw new BadInput("--timeline is text: it cannot be combined with --format json");
        }
        ScenarioFile file = scenario.open();
        Scenario chosen = configuration == null ? file.base() : ScenarioArguments.configuration(file, configuration);
        RunRecord run = events ? runWithTimeline(chosen, limit) : ScenarioRunner.run(chosen);
        if (format == OutputFormat.json) {
            JsonReport.write(run, console.out());
        } else {
            console.print(RunText.lines(run, console.paint()));
        }
        return ExitCode.of(List.of(run));
    }

    private RunRecord runWithTimeline(Scenario chosen, long limit) {
        TimelineText text = new TimelineText(console.out(), new EventText(chosen.deviceNames(), chosen.vcpus()), limit);
        text.start();
        RunRecord run = ScenarioRunner.run(chosen, text);
        text.finish();
        console.out().println();
        return run;
    }
}
