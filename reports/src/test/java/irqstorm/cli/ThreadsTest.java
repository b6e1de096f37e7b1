// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import static irqstorm.cli.Session.irqstorm;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command prints does not depend on the number of threads that worked on it. */
class ThreadsTest {
    private static Session on(int threads, String command) {
        return irqstorm((command + " --threads " + threads).split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compare plain-level",
                "compare plain-level --format markdown",
                "compare credential-guard --config 3b --config 6 --config 9 --format json",
                "measure plain-level --all --replications 12",
                "measure plain-level --all --replications 7 --steady-state --format json",
                "measure plain-level --until 5% --replications 40 --format json",
                "report plain-level --replications 3 -o -"
            })
    void oneTwoThreeAndFiveThreadsPrintTheSameBytes(String command) {
        Session alone = on(1, command);

        assertThat(alone.err()).isEmpty();
        assertThat(alone.out()).isNotEmpty();
        assertThat(on(2, command)).isEqualTo(alone);
        assertThat(on(3, command)).isEqualTo(alone);
        assertThat(on(5, command)).isEqualTo(alone);
        assertThat(irqstorm(command.split(" "))).isEqualTo(alone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare plain-level", "measure plain-level", "report plain-level -o -"})
    void thereIsAtLeastOneThread(String command) {
        assertThat(on(0, command)).satisfies(session -> {
            assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(session.err()).contains("found --threads 0, expected 1 to 1024");
        });
    }

    @Test
    void aScenarioThatCannotRunIsRefusedAlikeOnAnyNumberOfThreads() {
        assertThat(on(1, "compare no-such-scenario")).isEqualTo(on(2, "compare no-such-scenario"));
    }
}
