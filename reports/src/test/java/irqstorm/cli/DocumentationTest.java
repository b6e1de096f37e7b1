// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the documentation print what they say, and its links and files are there. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CONSOLE = Pattern.compile("```console\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("\\./irqstorm ([^`\\n]+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final String ANY_LINES = "...";
    private static final String PROGRAM = "$ ./irqstorm ";
    private static final String SHOW = "$ cat ";
    private static final Pattern EXPORT = Pattern.compile("([a-z-]+)=([a-z-]+\\.[a-z]+)");

    /** Where the examples export to, instead of to the directory that they are run in. */
    @TempDir
    static Path exports;

    private static final String EXIT_CODE = "$ echo $?";

    /** One command of a console block, irqstorm's or {@code cat}, what it prints ({@code ...} stands for any lines) and, if the block asks, its exit code. */
    private record Example(String command, List<String> output) {
        String exitCode() {
            int question = output.indexOf(EXIT_CODE);
            return question < 0 ? "0" : output.get(question + 1);
        }

        List<String> printed() {
            int question = output.indexOf(EXIT_CODE);
            return question < 0 ? output : output.subList(0, question);
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path page) {
        return ROOT.relativize(page).toString();
    }

    @TestFactory
    Stream<DynamicTest> everyExamplePrintsWhatThePageSays() throws IOException {
        return pages().stream()
                .flatMap(page -> examples(text(page)).stream()
                        .map(example ->
                                DynamicTest.dynamicTest(name(page) + ": " + example.command(), () -> check(example))));
    }

    private static List<Example> examples(String text) {
        List<Example> examples = new ArrayList<>();
        Matcher block = CONSOLE.matcher(text);
        while (block.find()) {
            for (String line : block.group(1).split("\n")) {
                if (line.startsWith(PROGRAM) || line.startsWith(SHOW)) {
                    examples.add(new Example(line, new ArrayList<>()));
                } else {
                    examples.get(examples.size() - 1).output().add(line);
                }
            }
        }
        return examples;
    }

    private static void check(Example example) {
        if (example.command().startsWith(SHOW)) {
            Path shown = exports.resolve(example.command().substring(SHOW.length()));
            assertThat(text(shown)).matches(printed(example));
            return;
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String command = example.command().substring(PROGRAM.length());
        int exit = Main.run(arguments(command), new PrintWriter(out), new PrintWriter(err));

        assertThat(err.toString()).isEmpty();
        assertThat(exit).asString().isEqualTo(example.exitCode());
        assertThat(out.toString()).matches(printed(example));
    }

    private static Pattern printed(Example example) {
        StringBuilder pattern = new StringBuilder();
        for (String line : example.printed()) {
            pattern.append(line.equals(ANY_LINES) ? "(.*\n)*?" : Pattern.quote(line) + " *\n");
        }
        return Pattern.compile(pattern.toString());
    }

    /** The words of a command; file names are those of the repository. */
    private static String[] arguments(String command) {
        String[] words = command.trim().split(" +");
        for (int i = 0; i < words.length; i++) {
            if (words[i].startsWith("docs/")) {
                words[i] = ROOT.resolve(words[i]).toString();
            }
            Matcher export = EXPORT.matcher(words[i]);
            if (export.matches()) {
                words[i] = export.group(1) + "=" + exports.resolve(export.group(2));
            }
        }
        return words;
    }

    @Test
    void thePagesNameNoCommandThatDoesNotExist() throws IOException {
        for (Path page : pages()) {
            Matcher command = COMMAND.matcher(text(page));
            while (command.find()) {
                String verb = command.group(1).trim().split(" +")[0];
                StringWriter out = new StringWriter();
                int exit = Main.run(
                        new String[] {verb, "--help"}, new PrintWriter(out), new PrintWriter(new StringWriter()));
                assertThat(exit).as(name(page) + " names " + verb).isZero();
            }
        }
    }

    @Test
    void everyLinkBetweenThePagesLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK.matcher(text(page));
            while (link.find()) {
                assertThat(page.resolveSibling(link.group(1))).exists();
            }
        }
    }

    @Test
    void theExampleScenarioOfThePageIsTheFileBesideIt() {
        Matcher json =
                Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL).matcher(text(ROOT.resolve("docs/scenarios.md")));

        assertThat(json.find()).isTrue();
        assertThat(json.group(1)).isEqualTo(text(ROOT.resolve("docs/example.json")));
    }
}
