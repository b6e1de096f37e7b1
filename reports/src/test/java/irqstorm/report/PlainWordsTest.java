// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.ScenarioLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainWordsTest {
    @Test
    void everyVerdictIsASentenceThatNamesWhoIsHurt() {
        assertThat(PlainWords.of(Runs.right()))
                .isEqualTo("Works: every interrupt is delivered, none more often than needed.");
        assertThat(PlainWords.of(Runs.storm()))
                .isEqualTo("Storms: usb is delivered 50,003 times for 5 assertions, and L2 runs 0.75 % of the time.");
        assertThat(PlainWords.of(Runs.stuck())).isEqualTo("Goes dead: usb will not interrupt the guest again.");
        assertThat(PlainWords.of(Runs.lost())).isEqualTo("Loses interrupts of uart.");
        assertThat(PlainWords.of(Runs.refused())).isEqualTo("Cannot be set up: KVM refuses the flags with EINVAL.");
    }

    @Test
    void whoEndsIsSaidWithTheTime() {
        List<String> words = ScenarioLibrary.open("eoi-vector-out-of-range").all().stream()
                .map(ScenarioRunner::run)
                .map(PlainWords::of)
                .toList();
        assertThat(words)
                .anyMatch(text -> text.matches("The host goes down after \\S+\\."))
                .anyMatch(text -> text.matches("The guest is killed after \\S+\\."))
                .anyMatch(text -> text.matches("The VMM stops after \\S+\\."));
    }

    @Test
    void rightWithRedundantDeliveriesSaysHowMany() {
        List<String> words = ScenarioLibrary.open("vfio-intx").all().stream()
                .map(ScenarioRunner::run)
                .map(PlainWords::of)
                .toList();
        assertThat(words).contains("Works: every interrupt is delivered; 150 deliveries were redundant.");
    }
}
