// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.scenario.ScenarioLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
    @TempDir
    Path directory;

    private String scenario(String... replacements) throws IOException {
        return Scenarios.file(directory, Scenarios.plain(replacements));
    }

    private static JsonNode json(Session session) {
        return JsonMapper.shared().readTree(session.out());
    }

    @Test
    void runSaysWhatCameOfAScenario() throws IOException {
        Session session = irqstorm("run", scenario());
        assertThat(session.code()).isZero();
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .startsWith("plain: A plain level line\nconfiguration  as written\n")
                .contains("\nOK             ")
                .contains("\nnic ");
    }

    @Test
    void runTakesTheConfigurationByTheStartOfItsName() throws IOException {
        assertThat(irqstorm("run", scenario(), "--config", "2").out())
                .contains("configuration  2-kernel\n")
                .contains("kernel irqchip");
    }

    @Test
    void runPrintsOneJsonObjectAndNothingElse() throws IOException {
        Session session = irqstorm("run", scenario(), "--format", "json", "--config=1-split", "--seed", "42");
        assertThat(session.code()).isZero();
        assertThat(session.err()).isEmpty();
        assertThat(json(session).get("configuration").asString()).isEqualTo("1-split");
        assertThat(json(session).get("seed").asLong()).isEqualTo(42);
    }

    @Test
    void theSameSeedGivesTheSameRunAndAnotherOneDoesNot() throws IOException {
        String file = scenario();
        Session first = irqstorm("run", file, "--format", "json", "--seed", "42");
        assertThat(irqstorm("run", file, "--format", "json", "--seed", "42")).isEqualTo(first);
        assertThat(json(irqstorm("run", file, "--format", "json", "--seed", "43"))
                        .get("fingerprint"))
                .isNotEqualTo(json(first).get("fingerprint"));
    }

    @Test
    void runPrintsATimelineUpToALimitBeforeTheResult() throws IOException {
        Session session = irqstorm("run", scenario(), "--timeline-limit", "3");
        assertThat(session.out().lines().toList().subList(0, 4))
                .satisfies(lines -> assertThat(lines.get(0)).isEqualTo("  event     time [us]    cause  who     what"))
                .satisfies(lines -> assertThat(lines.get(1)).endsWith("writes SPIV 0x01ff, which sticks"));
        assertThat(session.out()).containsPattern("\n\\.\\.\\. and [0-9]+ more events\n\nplain: A plain level line\n");
    }

    @Test
    void aTimelineStopsAtTwoHundredEventsUnlessTold() throws IOException {
        assertThat(irqstorm("run", scenario(), "--timeline").out().lines().takeWhile(line -> !line.startsWith("...")))
                .hasSize(201);
    }

    @Test
    void aTimelineIsNotPartOfJson() throws IOException {
        Session session = irqstorm("run", scenario(), "--timeline", "--format", "json");
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).contains("--timeline is text").hasLineCount(1);
    }

    @Test
    void compareRunsEveryConfiguration() throws IOException {
        Session session = irqstorm("compare", scenario());
        assertThat(session.code()).isZero();
        assertThat(session.out()).contains("\n1-split ").contains("\n2-kernel ").contains("\nright: 1, 2\n");
    }

    @Test
    void compareRunsTheConfigurationsAskedForOnceInTheOrderOfTheFile() throws IOException {
        Session session = irqstorm(
                "compare", scenario(), "--config", "2", "--config=1-split", "--config=2-kernel", "--format=json");
        assertThat(json(session)
                        .get("results")
                        .valueStream()
                        .map(run -> run.get("configuration").asString()))
                .containsExactly("1-split", "2-kernel");
    }

    @Test
    void compareTakesASeed() throws IOException {
        JsonNode comparison = json(irqstorm("compare", scenario(), "--format=json", "--seed=9"));
        assertThat(comparison.get("seed").asLong()).isEqualTo(9);
        assertThat(comparison
                        .get("results")
                        .valueStream()
                        .map(run -> run.get("seed").asLong()))
                .containsExactly(9L, 9L);
    }

    @Test
    void listNamesEveryBundledScenario() {
        Session session = irqstorm("list");
        assertThat(session.code()).isZero();
        assertThat(ScenarioLibrary.names())
                .isNotEmpty()
                .allMatch(name -> session.out().contains(name));
        assertThat(session.out()).containsPattern("[0-9]+\\s+configurations\\)");
    }

    @Test
    void schemaPrintsTheSchema() {
        Session session = irqstorm("schema");
        assertThat(session.code()).isZero();
        assertThat(json(session).isObject()).isTrue();
        assertThat(session.out().strip()).isEqualTo(ScenarioLibrary.schema().strip());
    }

    @Test
    void completionPrintsAScriptWithTheCommandsAndTheScenarios() {
        Session session = irqstorm("completion");
        assertThat(session.code()).isZero();
        assertThat(session.out())
                .startsWith("#!")
                .contains("compare")
                .contains("--timeline-limit")
                .contains("advise", "libkrun-kvm-split", "DISABLE")
                .contains(ScenarioLibrary.names().get(0));
    }

    @Test
    void versionIsOneLine() {
        for (String option : new String[] {"--version", "-V"}) {
            Session session = irqstorm(option);
            assertThat(session.code()).isZero();
            assertThat(session.out()).startsWith("irqstorm ").hasLineCount(1);
        }
    }

    static List<String> commands() {
        return List.of(
                "compare",
                "run",
                "explore",
                "measure",
                "report",
                "validate",
                "list",
                "profiles",
                "devices",
                "advise",
                "schema",
                "completion");
    }

    static List<String> commandsAndTheirParts() {
        return Stream.concat(
                        commands().stream(),
                        Stream.of("profiles list", "profiles show", "profiles diff", "devices list", "devices show"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commandsAndTheirParts")
    void helpFitsOnATerminalAndBreaksNoExample(String command) {
        Session session = irqstorm((command + " --help").split(" ", -1));
        assertThat(session.code()).isZero();
        assertThat(session.out()).startsWith("Usage: irqstorm " + command);
        assertThat(session.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(session.out()
                        .lines()
                        .dropWhile(line -> !line.startsWith("Example"))
                        .skip(1))
                .allMatch(line -> line.contains("irqstorm "));
    }

    @Test
    void helpListsTheCommandsAndTheExitCodes() {
        Session session = irqstorm("--help");
        assertThat(session.code()).isZero();
        assertThat(session.out())
                .contains(commands().toArray(String[]::new))
                .contains("Exit codes:", "an expectation of the scenario was not met", "a limit ended a run");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithAnExampleThatParses(String command) {
        Session session = irqstorm(command, "--help");
        assertThat(session.code()).isZero();
        assertThat(session.out()).startsWith("Usage: irqstorm " + command);
        assertThat(session.out().substring(session.out().indexOf("Example"))).contains("irqstorm " + command);
        assertThat(irqstorm("help", command)).isEqualTo(session);
    }

    @Test
    void validateSaysOkForEachFileThatIsRight() throws IOException {
        String file = scenario();
        Session session = irqstorm("validate", file, "plain-level");
        assertThat(session.code()).isZero();
        assertThat(session.out().lines()).hasSize(2).first().isEqualTo("ok  " + file + "  (plain, 2 configurations)");
    }

    @Test
    void validateReportsEveryProblemOfEveryFile() throws IOException {
        String file = scenario("5ms", "5 parsecs", "0x41", "0x01");
        Session session = irqstorm("validate", file, "plain-level");
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.out()).startsWith("ok  plain-level").hasLineCount(1);
        assertThat(session.err()).contains(file + ": $.duration: ").contains(file + ": $.pins[0].vector: ");
    }

    @Test
    void anExpectationThatIsNotMetIsExitCodeOne() throws IOException {
        String file = scenario("VERDICT", "STORM");
        assertThat(irqstorm("run", file).code()).isEqualTo(1);
        Session session = irqstorm("compare", file);
        assertThat(session.code()).isEqualTo(1);
        assertThat(session.out()).endsWith("""
                        Not as expected:
                          - 1: verdict is OK, expected STORM
                          - 2: verdict is OK, expected STORM
                        """);
    }

    @Test
    void aLimitThatWasHitIsExitCodeThreeWhateverWasExpected() throws IOException {
        String file = scenario("VERDICT", "STORM", "EVENTS", "50");
        Session session = irqstorm("run", file);
        assertThat(session.code()).isEqualTo(3);
        assertThat(session.out()).contains("a limit on events ended the run");
        assertThat(irqstorm("compare", file).code()).isEqualTo(3);
    }
}
