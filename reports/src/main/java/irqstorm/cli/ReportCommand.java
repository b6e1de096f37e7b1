// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.report.Figures;
import irqstorm.report.Page;
import irqstorm.report.Report;
import irqstorm.report.html.HtmlReport;
import irqstorm.report.json.ChartJson;
import irqstorm.scenario.ScenarioFile;
import irqstorm.stats.experiment.Execution;
import irqstorm.stats.experiment.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code irqstorm report}: a page about scenarios under all of their configurations. */
@Command(
        name = "report",
        description =
                "Run scenarios under each of their configurations and write a page about them: one HTML file that needs no network.",
        footer = {
            "%nExamples:",
            "  irqstorm report credential-guard -o credential-guard.html",
            "  irqstorm report credential-guard vfio-intx --replications 20 -o both.html"
        })
final class ReportCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";
    private static final int KIB = 1024;
    private static final int MOST_BYTES = 3_000_000;

    /** How many events the timelines have, so that a page that is too large with one number is tried with the next. */
    private static final int[] TIMELINES = {Report.TIMELINE_EVENTS, 60, 30, 15};

    private final Console console;

    @Parameters(
            paramLabel = "NAME-or-FILE",
            arity = "1..*",
            description = "Bundled scenarios (see 'irqstorm list') and scenario files.",
            completionCandidates = ScenarioArguments.BundledNames.class)
    private List<String> scenarios = new ArrayList<>();

    @Mixin
    private SeedArgument seed = new SeedArgument();

    @Option(
            names = "--replications",
            paramLabel = "N",
            converter = WideNumber.class,
            description =
                    "Run N replications of each configuration, 1 to 10000, and show intervals. Default: ${DEFAULT-VALUE}.")
    private long replications = 1;

    @Mixin
    private ThreadsArgument threads = new ThreadsArgument();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.html",
            required = true,
            description = "The file to write; '-' is standard output.")
    private String output = STANDARD_OUTPUT;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Plan plan = Plan.of(Replications.checked(replications));
        int workers = threads.count();
        List<ScenarioFile> files = scenarios.stream().map(seed::open).toList();
        List<Report> reports =
                files.stream().map(file -> report(file, plan, workers)).toList();
        Page page = Page.of(reports, Version.number(), command(files));
        byte[] html = html(page);
        if (output.equals(STANDARD_OUTPUT)) {
            console.out().print(new String(html, StandardCharsets.UTF_8));
        } else {
            new OutputFile(output).write(html);
            console.out()
                    .println(output + ": " + Figures.counted(page.runs().size(), "configuration") + ", "
                            + Figures.count(kib(html.length)) + " KiB");
        }
        return ExitCode.of(page.runs());
    }

    private Report report(ScenarioFile file, Plan plan, int workers) {
        try (Progress progress = Replications.progress(console, file.all(), plan)) {
            return Report.of(file, plan, new Execution(workers, progress::reached));
        }
    }

    /** The page, with shorter timelines if it would be too large. */
    private static byte[] html(Page page) {
        byte[] html = new byte[0];
        for (int events : TIMELINES) {
            html = HtmlReport.render(page.withTimelines(events), ChartJson::of, ChartJson::of)
                    .getBytes(StandardCharsets.UTF_8);
            if (html.length <= MOST_BYTES) {
                return html;
            }
        }
        throw new BadInput("the page would have " + Figures.count(kib(html.length)) + " KiB even with short timelines, "
                + "expected at most " + Figures.count(kib(MOST_BYTES))
                + ": report on fewer scenarios, or fewer configurations, at a time");
    }

    private static int kib(int bytes) {
        return (bytes + KIB - 1) / KIB;
    }

    /** With the seed if it is one and the same, so that it stays right when a scenario's own changes. */
    private String command(List<ScenarioFile> files) {
        StringBuilder command = new StringBuilder("irqstorm report");
        scenarios.forEach(name -> command.append(' ').append(ShellWord.quote(name)));
        List<Long> seeds =
                files.stream().map(file -> file.base().seed()).distinct().toList();
        if (seeds.size() == 1) {
            command.append(" --seed ").append(seeds.get(0));
        }
        if (replications > 1) {
            command.append(" --replications ").append(replications);
        }
        return command.append(" -o ").append(ShellWord.quote(output)).toString();
    }
}
