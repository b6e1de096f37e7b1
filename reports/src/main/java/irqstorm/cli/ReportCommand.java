// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.report.Figures;
import irqstorm.report.Report;
import irqstorm.report.html.HtmlReport;
import irqstorm.report.json.ChartJson;
import irqstorm.scenario.ScenarioFile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code irqstorm report}: a page about a scenario under all of its configurations. */
@Command(
        name = "report",
        description =
                "Run a scenario under each of its configurations and write a page about it: one HTML file that needs no network.",
        footer = {"%nExample:", "  irqstorm report credential-guard -o credential-guard.html"})
final class ReportCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";
    private static final int KIB = 1024;

    private final Console console;

    @Mixin
    private ScenarioArguments scenario = new ScenarioArguments();

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
        ScenarioFile file = scenario.open();
        Report report = Report.of(file, Version.number(), command(file));
        byte[] page = HtmlReport.render(report, ChartJson::of).getBytes(StandardCharsets.UTF_8);
        if (output.equals(STANDARD_OUTPUT)) {
            console.out().print(new String(page, StandardCharsets.UTF_8));
        } else {
            new OutputFile(output).write(page);
            console.out()
                    .println(output + ": " + Figures.counted(report.sections().size(), "configuration") + ", "
                            + Figures.count((page.length + KIB - 1) / KIB) + " KiB");
        }
        return ExitCode.of(report.overview().runs());
    }

    /** With the seed in any case, so that it stays right when the scenario's own changes. */
    private String command(ScenarioFile file) {
        return "irqstorm report " + ShellWord.quote(scenario.nameOrFile()) + " --seed "
                + file.base().seed() + " -o " + ShellWord.quote(output);
    }
}
