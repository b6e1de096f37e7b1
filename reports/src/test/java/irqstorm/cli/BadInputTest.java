// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {
    @TempDir
    Path directory;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("", "missing command; try 'irqstorm --help'"),
                Arguments.of("storm", "irqstorm: there is no command 'storm'; there are compare, run, explore, "),
                Arguments.of("profiles find", "there is no command 'find'; there are diff, list, show"),
                Arguments.of("run plain-level again", "found 'again', expected no more arguments"),
                Arguments.of("compare credental-guard", "hazards; did you mean \"credential-guard\"?"),
                Arguments.of("profiles show openvm", "renode; did you mean \"openvmm\"?"),
                Arguments.of("advise --profile openvm", "renode, all; did you mean \"openvmm\"?"),
                Arguments.of("devices show uchi", "; did you mean \"uhci\"?"),
                Arguments.of("comprae x", "Did you mean: irqstorm compare"),
                Arguments.of("run plain-level --sede=1", "Unknown option: '--sede=1'"),
                Arguments.of("run plain-level --sede=1", "Possible solutions: --seed"),
                Arguments.of("run", "Missing required parameter: 'NAME-or-FILE'"),
                Arguments.of("validate", "Missing required parameter: 'FILE'"),
                Arguments.of("report plain-level", "Missing required option: '--output=OUT.html'"),
                Arguments.of("run plain-level --format xml", "expected one of [text, json]"),
                Arguments.of("run plain-level --seed x", "found 'x', expected a whole number from 0"),
                Arguments.of("run plain-level --seed -1", "found '-1', expected a whole number from 0"),
                Arguments.of("explore plain-level --interrupts -1", "found --interrupts -1, expected 0 to 1000"),
                Arguments.of("explore plain-level --depth=-7", "found --depth -7, expected 1 to 2147483647"),
                Arguments.of("compare plain-level --threads -2", "found --threads -2, expected 1 to 1024"),
                Arguments.of("compare plain-level --threads two", "found 'two', expected a whole number of at most"),
                Arguments.of("measure plain-level --replications -1", "found -1 replications, expected 1 to 10000"),
                Arguments.of(
                        "report plain-level -o - --replications 99999999999999999999",
                        "found '99999999999999999999', expected a whole number of at most 18 digits"),
                Arguments.of("run plain-level --timeline-limit 1.5", "found '1.5', expected a whole number from 0"),
                Arguments.of("run plain-level --config zzz", "found configuration 'zzz', expected one of "),
                Arguments.of("run credential-guard-rca --config nosuch", "found configuration 'nosuch'"),
                Arguments.of("run nosuch", "nosuch: found neither a file nor a bundled scenario"),
                Arguments.of("compare ../nosuch.json", "found neither a file nor a bundled scenario"),
                Arguments.of("validate nosuch.json", "found neither a file nor a bundled scenario"));
    }

    @ParameterizedTest(name = "irqstorm {0}")
    @MethodSource("mistakes")
    void aMistakeIsSaidWithoutAStackTrace(String command, String message) {
        Session session = irqstorm(command.isEmpty() ? new String[0] : command.split(" ", -1));
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).contains(message).doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void aDirectoryIsNoScenario() {
        Session session = irqstorm("run", directory.toString());
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).isEqualTo(directory + ": found a directory, expected a readable JSON file\n");
    }

    @Test
    void brokenJsonIsSaidWithItsPlace() throws IOException {
        String file = Scenarios.file(directory, "{\"name\": \n");
        Session session = irqstorm("compare", file);
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).startsWith(file + ": line 2, column 1: ").hasLineCount(1);
    }

    @Test
    void everyProblemOfAScenarioIsALine() throws IOException {
        String file = Scenarios.file(directory, Scenarios.plain("5ms", "5", "\"gsi\": 16", "\"gsi\": 99"));
        Session session = irqstorm("run", file);
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.out()).isEmpty();
        assertThat(session.err().lines()).hasSizeGreaterThan(1).allMatch(line -> line.startsWith(file + ": $."));
    }
}
