// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import irqstorm.check.Verdict;
import irqstorm.engine.StopReason;
import irqstorm.run.RunRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewTest {
    private static RunRecord named(String configuration) {
        return Runs.named(Runs.right(), "title", configuration);
    }

    @Test
    void configurationsAreCalledByWhatStandsBeforeTheHyphen() {
        Overview overview = new Overview(List.of(named("1-kernel"), named("3b-kernel-restored")));
        assertThat(overview.runs()).extracting(overview::shortName).containsExactly("1", "3b");
    }

    @Test
    void aNameWithoutAHyphenKeepsAllOfThemWhole() {
        Overview overview = new Overview(List.of(named("as-is"), named("plain")));
        assertThat(overview.runs()).extracting(overview::shortName).containsExactly("as-is", "plain");
    }

    @Test
    void namesAreNotShortenedWhereThatWouldConfuseThem() {
        Overview overview = new Overview(List.of(named("split-on"), named("split-off"), named("none")));
        assertThat(overview.runs()).extracting(overview::shortName).containsExactly("split-on", "split-off", "none");
    }

    @Test
    void theScenarioAsWrittenHasAName() {
        Overview overview = new Overview(List.of(named("")));
        assertThat(overview.shortName(overview.runs().get(0))).isEqualTo("as written");
    }

    @Test
    void whatIsRightComesFirstAndWhatWasRefusedLast() {
        Overview overview = new Overview(Runs.comparison().results());
        assertThat(overview.byVerdict())
                .containsExactly(
                        entry(Verdict.OK, List.of("9")),
                        entry(Verdict.STORM, List.of("6")),
                        entry(Verdict.STUCK, List.of("2")),
                        entry(Verdict.LOST, List.of("edge")),
                        entry(Verdict.REFUSED, List.of("13")));
    }

    @Test
    void oneReasonIsSaidForAllThatShareIt() {
        Overview overview = new Overview(List.of(named("1-a"), Runs.storm(), named("2-b")));
        assertThat(overview.byReason())
                .containsExactly(
                        entry(Runs.right().reason(), List.of("1", "2")),
                        entry(Runs.storm().reason(), List.of("6")));
    }

    @Test
    void refusedConfigurationsDoNotCountAsSimulated() {
        assertThat(new Overview(Runs.comparison().results()).simulated()).isEqualTo("1.035s");
        assertThat(new Overview(List.of(Runs.refused())).simulated()).isEqualTo("0ns");
    }

    @Test
    void failuresNameTheirConfiguration() {
        RunRecord failing = Runs.failing(Runs.storm(), "verdict is STORM, expected OK", "episodes is 5.0, expected 0");
        assertThat(new Overview(List.of(Runs.right(), failing)).failures())
                .containsExactly("6: verdict is STORM, expected OK", "6: episodes is 5.0, expected 0");
    }

    @Test
    void aLimitIsNamed() {
        assertThat(Overview.limit(Runs.stopped(Runs.storm(), StopReason.EVENTS)))
                .isEqualTo("a limit on events ended the run after 1.035s; the verdict covers no more");
        assertThat(Overview.limit(Runs.stopped(Runs.storm(), StopReason.PENDING)))
                .startsWith("a limit on pending events ended the run");
    }
}
