// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.export.ExportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    private static final String ALL =
            "kernel, trace-cmd, vcd, perfetto, mermaid, csv, hdr, csv-measures, junit, markdown";

    @TempDir
    Path directory;

    private String scenario;

    @BeforeEach
    void writeScenario() throws IOException {
        scenario = Scenarios.file(directory, Scenarios.plain());
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aRunWritesEveryFormatAndPrintsWhatItPrintsWithout() throws IOException {
        List<String> command = new ArrayList<>(List.of("run", scenario));
        for (ExportFormat format : ExportFormat.values()) {
            command.add("--export");
            command.add(format.label() + "=" + file("out." + format.label()));
        }
        Session session = irqstorm(command.toArray(String[]::new));
        assertThat(session).isEqualTo(irqstorm("run", scenario));
        for (ExportFormat format : ExportFormat.values()) {
            assertThat(directory.resolve("out." + format.label())).isNotEmptyFile();
        }
        assertThat(files()).hasSize(ExportFormat.values().length + 1);
    }

    @Test
    void anExportGoesWithATimelineAndWithJson() throws IOException {
        assertThat(irqstorm("run", scenario, "--timeline-limit", "3", "--export", "csv=" + file("a.csv"))
                        .code())
                .isZero();
        assertThat(irqstorm("run", scenario, "--format", "json", "--export", "csv=" + file("b.csv"))
                        .out())
                .startsWith("{");
        assertThat(Files.readString(directory.resolve("a.csv")))
                .isEqualTo(Files.readString(directory.resolve("b.csv")));
    }

    @Test
    void aRefusedConfigurationHasFilesWithoutEvents() throws IOException {
        Session session = irqstorm(
                "run",
                "credential-guard",
                "--config",
                "4",
                "--export",
                "kernel=" + file("k"),
                "--export",
                "csv=" + file("c"),
                "--export",
                "perfetto=" + file("p"),
                "--export",
                "hdr=" + file("h"));
        assertThat(session.code()).isZero();
        assertThat(Files.readString(directory.resolve("k"))).isEmpty();
        assertThat(Files.readString(directory.resolve("c"))).hasLineCount(1);
    }

    @Test
    void aFormatThatThereIsNotIsBadInput() throws IOException {
        Session unknown = irqstorm("run", scenario, "--export", "ftrace=" + file("out"));
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).isEqualTo("irqstorm: there is no export format \"ftrace\"; there are " + ALL + "\n");
        for (String wrong : List.of("vcd", "vcd=")) {
            Session session = irqstorm("run", scenario, "--export", wrong);
            assertThat(session.code()).isEqualTo(2);
            assertThat(session.err())
                    .isEqualTo("irqstorm: found --export " + wrong
                            + ", expected FORMAT=FILE, such as vcd=run.vcd; formats are " + ALL + "\n");
        }
        assertThat(files()).containsExactly("scenario.json");
    }

    @Test
    void aFileThatCannotBeWrittenIsBadInputAndLeavesNothing() throws IOException {
        Session session = irqstorm(
                "run", scenario, "--export", "csv=" + file("fine.csv"), "--export", "vcd=" + file("no/such/run.vcd"));
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err())
                .isEqualTo("irqstorm: cannot write " + file("no/such/run.vcd") + ": its directory does not exist\n");
        Session twice = irqstorm("run", scenario, "--export", "csv=" + file("x"), "--export", "vcd=" + file("x"));
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.err()).isEqualTo("irqstorm: cannot write " + file("x") + ": it is being written already\n");
        assertThat(files()).containsExactly("scenario.json");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatFillsUpWhileTheRunGoesOnIsBadInput() {
        for (ExportFormat format : ExportFormat.values()) {
            Session session = irqstorm("run", scenario, "--export", format.label() + "=/dev/full");
            assertThat(session.code()).as(format.label()).isEqualTo(2);
            assertThat(session.err()).isEqualTo("irqstorm: cannot write /dev/full: no space left on device\n");
        }
    }

    @Test
    void aComparisonExportsResultsAndSaysWhichFormatsAreOfOneRun() throws IOException {
        Session session = irqstorm(
                "compare", scenario, "--export", "junit=" + file("j.xml"), "--export", "csv-measures=" + file("m.csv"));
        assertThat(session).isEqualTo(irqstorm("compare", scenario));
        assertThat(Files.readString(directory.resolve("j.xml"))).contains("tests=\"2\" failures=\"0\"");
        assertThat(Files.readString(directory.resolve("m.csv"))).hasLineCount(3);
        Session events = irqstorm("compare", scenario, "--export", "vcd=" + file("v"));
        assertThat(events.code()).isEqualTo(2);
        assertThat(events.err())
                .isEqualTo("irqstorm: export format vcd is about the events of one run: use it with 'run'; "
                        + "'compare' has csv-measures, junit, markdown\n");
    }

    @Test
    void aComparisonIsPrintedAsMarkdownAndCsv() {
        assertThat(irqstorm("compare", scenario, "--format", "markdown").out())
                .startsWith("### plain: A plain level line\n\n| configuration | verdict |")
                .contains("\n| 2-kernel | OK | 1.000 |");
        assertThat(irqstorm("compare", scenario, "--format", "csv").out())
                .startsWith("scenario,configuration,seed,")
                .contains("\nplain,2-kernel,1,OK,")
                .hasLineCount(3);
    }

    /** In a heap in which a fiftieth of what is written would not fit. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aStormOfTenSecondsAndAMillionDeliveriesIsExportedInFlatMemory() throws Exception {
        String storm = Scenarios.file(directory, Scenarios.storm("10s"));
        List<String> command = new ArrayList<>(
                List.of("run", storm, "--config", "3b", "--export", "csv-measures=" + file("measures.csv")));
        for (String format : List.of("kernel", "vcd", "perfetto", "mermaid", "hdr")) {
            command.addAll(List.of("--export", format + "=/dev/null"));
        }
        ChildJvm.Ended ended = new ChildJvm(directory).irqstorm(List.of("-Xmx24m", "-XX:+UseSerialGC"), command);
        assertThat(ended.code()).as(ended.said()).isLessThan(2);
        String[] names =
                Files.readAllLines(directory.resolve("measures.csv")).get(0).split(",");
        String[] values =
                Files.readAllLines(directory.resolve("measures.csv")).get(1).split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
        assertThat(Long.parseLong(values[List.of(names).indexOf("deliveries")])).isGreaterThan(1_000_000);
        assertThat(Long.parseLong(values[List.of(names).indexOf("simulated_ns")]))
                .isGreaterThanOrEqualTo(10_000_000_000L);
    }
}
