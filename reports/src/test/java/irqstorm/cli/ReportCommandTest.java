// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    Path directory;

    private String scenario;
    private Path page;

    @BeforeEach
    void writeScenario() throws IOException {
        scenario = Scenarios.file(directory, Scenarios.plain());
        page = directory.resolve("out.html");
    }

    @Test
    void thePageIsWrittenAndNothingElseIsLeftBehind() throws IOException {
        Session session = irqstorm("report", scenario, "-o", page.toString());
        assertThat(session.code()).isZero();
        assertThat(session.err()).isEmpty();
        assertThat(session.out()).startsWith(page + ": 2 configurations, ").hasLineCount(1);
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertThat(directory)
                .isDirectoryNotContaining(path -> path.getFileName().toString().endsWith(".part"));
    }

    @Test
    void anOlderPageIsReplacedAlsoBehindALink() throws IOException {
        Files.writeString(page, "old");
        Path link = Files.createSymbolicLink(directory.resolve("link.html"), page);
        assertThat(irqstorm("report", scenario, "--output", link.toString()).code())
                .isZero();
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void aHyphenIsStandardOutput() throws IOException {
        irqstorm("report", scenario, "-o", page.toString(), "--seed", "3");
        Session session = irqstorm("report", scenario, "-o", "-", "--seed", "3");
        assertThat(session.code()).isZero();
        assertThat(session.out()).startsWith("<!DOCTYPE html>").contains("--seed 3 -o -</code>");
        assertThat(session.out().replace("-o -</code>", "-o " + page + "</code>"))
                .isEqualTo(Files.readString(page));
    }

    @Test
    void aPageThatCannotBeWrittenIsBadInput() {
        Session missing = irqstorm(
                "report", scenario, "-o", directory.resolve("no/out.html").toString());
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).startsWith("irqstorm: cannot write ").endsWith(": its directory does not exist\n");
        Session folder = irqstorm("report", scenario, "-o", directory.toString());
        assertThat(folder.code()).isEqualTo(2);
        assertThat(folder.err()).isEqualTo("irqstorm: cannot write " + directory + ": it is a directory\n");
    }

    @Test
    void theExitCodeIsThatOfTheRuns() throws IOException {
        String failing = Scenarios.file(directory, Scenarios.plain("VERDICT", "LOST"));
        assertThat(irqstorm("report", failing, "-o", page.toString()).code()).isEqualTo(1);
        assertThat(Files.readString(page)).contains("1: verdict is OK, expected LOST");
    }

    @Test
    void theCommandOnThePageIsQuotedForTheShell() throws IOException {
        Path odd = Files.move(Path.of(scenario), directory.resolve("it's one.json"));
        String text = irqstorm("report", odd.toString(), "-o", "-").out();
        assertThat(text).contains("irqstorm report '" + directory + "/it'\\''s one.json' --seed 1 -o -");
    }

    @Test
    void severalScenariosAreOnePageAndTheCommandOnItNamesThem() throws IOException {
        String failing = Files.writeString(
                        directory.resolve("failing.json"), Scenarios.plain("VERDICT", "LOST", "NAME", "failing"))
                .toString();
        Session session = irqstorm("report", scenario, failing, "--replications", "2", "-o", page.toString());
        assertThat(session.code()).isEqualTo(1);
        assertThat(session.out()).startsWith(page + ": 4 configurations, ");
        assertThat(Files.readString(page))
                .contains("<h1 id=\"scenarios\">2 scenarios</h1>", "id=\"s1-c2\"", "id=\"s2-c2\"")
                .contains("irqstorm report " + scenario + " " + failing + " --seed 1 --replications 2 -o " + page);
    }

    @Test
    void theSeedIsLeftOutOfTheCommandWhereEachScenarioHasItsOwn() throws IOException {
        String other = Files.writeString(
                        directory.resolve("other.json"),
                        Scenarios.plain().replace("\"limits\"", "\"seed\": 8, \"limits\""))
                .toString();
        assertThat(irqstorm("report", scenario, other, "-o", "-").out())
                .contains("irqstorm report " + scenario + " " + other + " -o -</code>");
    }

    @Test
    void aScenarioThatIsMissingOrNotGivenIsBadInputAndNothingIsWritten() {
        assertThat(irqstorm("report", scenario, "no-such", "-o", page.toString())
                        .code())
                .isEqualTo(2);
        assertThat(irqstorm("report", "-o", page.toString()).code()).isEqualTo(2);
        assertThat(irqstorm("report", scenario, "--replications", "0", "-o", page.toString())
                        .err())
                .isEqualTo("irqstorm: found 0 replications, expected 1 to 10000\n");
        assertThat(page).doesNotExist();
    }

    @Test
    void aPageThatIsTooLargeEvenWithShortTimelinesIsRefusedAndNothingIsWritten() throws IOException {
        String configurations = IntStream.range(0, 70)
                .mapToObj(i -> "\"c" + i + "\": {}")
                .collect(Collectors.joining(", ", "\"configurations\": {", ", \"1-split\": {},"));
        String large = Scenarios.file(
                directory, Scenarios.plain().replace("\"configurations\": {\n    \"1-split\": {},", configurations));
        Session session = irqstorm("report", large, "-o", page.toString());
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err())
                .matches(
                        "irqstorm: the page would have [0-9,]+ KiB even with short timelines, expected at most 2,930: .*\n");
        assertThat(page).doesNotExist();
    }
}
