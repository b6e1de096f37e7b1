// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.report.json.JsonReport;
import irqstorm.report.text.MeasureText;
import irqstorm.run.RunRecord;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.stats.detector.DetectorChoice;
import irqstorm.stats.experiment.ConfigurationMeasure;
import irqstorm.stats.experiment.Execution;
import irqstorm.stats.experiment.Experiment;
import irqstorm.stats.experiment.MeasureReport;
import irqstorm.stats.experiment.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code irqstorm measure}: rates, dispersion, episodes, latencies and detectors, with intervals over replications. */
@Command(
        name = "measure",
        description =
                "Measure storms: rates, dispersion, episodes, latencies, detectors, with intervals over replications.",
        footer = {
            "%nExamples:",
            "  irqstorm measure credential-guard --config 6",
            "  irqstorm measure credential-guard --all --replications 20",
            "  irqstorm measure credential-guard --config 6 --until 5%% --format json"
        })
final class MeasureCommand implements Callable<Integer> {
    private static final long DEFAULT_REPLICATIONS = 10;
    private static final long DEFAULT_MOST = 1000;

    private final Console console;

    @Mixin
    private ScenarioArguments scenario = new ScenarioArguments();

    @Option(
            names = "--config",
            paramLabel = "NAME",
            description =
                    "A configuration, or the part of its name before a hyphen; may be repeated. Default: the scenario as written.")
    private List<String> chosen = new ArrayList<>();

    @Option(names = "--all", description = "Every configuration.")
    private boolean all;

    @Option(
            names = "--replications",
            paramLabel = "N",
            converter = WideNumber.class,
            description = "How many replications, 1 to 10000. Default: 10; with --until, at most 1000.")
    private @Nullable Long replications;

    @Option(
            names = "--until",
            paramLabel = "PERCENT",
            converter = Precision.class,
            description = "Stop when the 95 %% interval of the deliveries per second is within this, such as 5%%.")
    private @Nullable Double until;

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            converter = Duration.class,
            description = "The window of peak rate and Fano factor over replications, 1us or more. Default: 1ms.")
    private long window = Plan.USUAL_WINDOW_NANOS;

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            converter = DetectorName.class,
            completionCandidates = DetectorName.Names.class,
            description = "A detector, or one of your own as COUNT/WINDOW, such as custom:500/10ms; may be repeated."
                    + " Default: all.")
    private List<DetectorChoice> detectors = new ArrayList<>();

    @Option(
            names = "--steady-state",
            description = "Also give the deliveries per second after the warm-up that MSER-5 cuts off.")
    private boolean steadyState;

    @Mixin
    private ThreadsArgument threads = new ThreadsArgument();

    @Option(names = "--format", description = "Output format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.text;

    MeasureCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (all && !chosen.isEmpty()) {
            throw new BadInput("found --all and --config, expected one of them");
        }
        Plan plan = plan();
        int workers = threads.count();
        ScenarioFile file = scenario.open();
        MeasureReport report = measure(file, configurations(file), plan, workers);
        if (format == OutputFormat.json) {
            JsonReport.write(report, console.out());
        } else {
            console.print(MeasureText.lines(report, console.paint()));
        }
        List<RunRecord> runs =
                report.configurations().stream().map(ConfigurationMeasure::run).toList();
        return ExitCode.of(runs);
    }

    private MeasureReport measure(ScenarioFile file, List<Scenario> configurations, Plan plan, int workers) {
        try (Progress progress = Replications.progress(console, configurations, plan)) {
            return Experiment.measure(file, configurations, plan, new Execution(workers, progress::reached));
        }
    }

    private List<Scenario> configurations(ScenarioFile file) {
        if (all) {
            return file.all();
        }
        return chosen.isEmpty() ? List.of(file.base()) : ScenarioArguments.configurations(file, chosen);
    }

    private Plan plan() {
        long most = until == null ? DEFAULT_REPLICATIONS : DEFAULT_MOST;
        int wanted = Replications.checked(replications == null ? most : replications);
        if (window < Plan.LEAST_WINDOW_NANOS) {
            throw new BadInput("found a window of " + window + "ns, expected 1us or more");
        }
        return new Plan(wanted, until, window, detectors.isEmpty() ? DetectorChoice.all() : detectors, steadyState);
    }
}
