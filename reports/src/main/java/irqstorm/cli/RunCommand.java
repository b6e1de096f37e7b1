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
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
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
        footer = {
            "%nExamples:",
            "  irqstorm run plain-level",
            "  irqstorm run credential-guard --config 6 --timeline",
            "  irqstorm run credential-guard-rca --export vcd=trace.vcd"
        })
final class RunCommand implements Callable<Integer> {
    private static final long DEFAULT_TIMELINE_LIMIT = 200;
    private static final long NO_TIMELINE = -1;
    private static final long NANOS_PER_MILLI = 1_000_000;

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

    @Mixin
    private ExportArguments exports = new ExportArguments();

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
        RunRecord run = run(chosen, events ? limit : NO_TIMELINE);
        if (format == OutputFormat.json) {
            JsonReport.write(run, console.out());
        } else {
            console.print(RunText.lines(run, console.paint()));
        }
        return ExitCode.of(List.of(run));
    }

    /** Runs {@code chosen}, writing the exports, and printing as many events as {@code limit} says. */
    private RunRecord run(Scenario chosen, long limit) {
        try (RunExports files = new RunExports(exports.files(), chosen)) {
            List<TraceSink> sinks = new ArrayList<>(files.sinks());
            RunRecord run = limit == NO_TIMELINE ? run(chosen, sinks) : runWithTimeline(chosen, limit, sinks);
            files.finish(run);
            return run;
        }
    }

    private RunRecord runWithTimeline(Scenario chosen, long limit, List<TraceSink> sinks) {
        TimelineText text = new TimelineText(console.out(), new EventText(chosen.deviceNames(), chosen.vcpus()), limit);
        text.start();
        sinks.add(text);
        RunRecord run = run(chosen, sinks);
        text.finish();
        console.out().println();
        return run;
    }

    private RunRecord run(Scenario chosen, List<TraceSink> sinks) {
        if (!console.progress() || sinks.stream().anyMatch(TimelineText.class::isInstance)) {
            return ScenarioRunner.run(chosen, sinks.toArray(TraceSink[]::new));
        }
        try (Progress progress = Progress.of(console, "simulated ms", chosen.durationNanos() / NANOS_PER_MILLI)) {
            List<TraceSink> all = new ArrayList<>(sinks);
            all.add((sequence, timeNanos, actor, kind, a, b, c, cause) ->
                    progress.reached(timeNanos / NANOS_PER_MILLI));
            return ScenarioRunner.run(chosen, all.toArray(TraceSink[]::new));
        }
    }
}
