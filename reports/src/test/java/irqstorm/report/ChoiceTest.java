// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.EoiFaults;
import irqstorm.engine.StopReason;
import irqstorm.run.RunRecord;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.stats.experiment.Execution;
import irqstorm.stats.experiment.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static Choice among(RunRecord... runs) {
        return Choice.of(new Overview(List.of(runs)));
    }

    private static Choice ofScenario(String name) {
        ScenarioFile file = ScenarioLibrary.open(name);
        return Report.of(file, Plan.of(1), Execution.onAllProcessors()).choice();
    }

    @Test
    void ofCredentialGuardTheSettingThatIsRightUnderEveryGuestIsRecommended() {
        Choice choice = ofScenario("credential-guard");
        assertThat(choice.run().orElseThrow().configuration()).isEqualTo("9-split-enable");
        assertThat(choice.reason())
                .startsWith("irqchip split, KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST, qemu-ioapic-0x20: right in every"
                        + " configuration that has this setting (8, 9).")
                .endsWith("it has the fewest EOI exits (0), then the fewest redundant deliveries (0).");
        assertThat(choice.passedOver())
                .containsExactly(
                        "1: the same irqchip, flags and I/O APIC go wrong in 2.",
                        "3a: the same irqchip, flags and I/O APIC go wrong in 3b.",
                        "5: the same irqchip, flags and I/O APIC go wrong in 6.",
                        "8: 474 EOI exits instead of 0.",
                        "11: the same irqchip, flags and I/O APIC go wrong in 12.");
    }

    @Test
    void ifNoneIsRightItSaysSo() {
        Choice choice = among(Runs.storm(), Runs.stuck(), Runs.refused());
        assertThat(choice.run()).isEmpty();
        assertThat(choice.reason()).startsWith("No configuration is right");
    }

    @Test
    void aRunThatALimitCutOffIsNotKnownToBeRight() {
        assertThat(among(Runs.stopped(Runs.right(), StopReason.EVENTS)).run()).isEmpty();
    }

    @Test
    void theOnlyRightOneIsRecommendedAsThat() {
        Choice choice = among(Runs.storm(), Runs.right());
        assertThat(choice.run()).contains(Runs.right());
        assertThat(choice.reason()).contains("It is the only one that is right, with 0 EOI exits.");
        assertThat(choice.passedOver()).isEmpty();
    }

    @Test
    void ofEqualsTheFirstIsTakenAndTheOtherSaysThatItIsAsGood() {
        RunRecord twin = Runs.named(Runs.right(), "t", "10-twin");
        Choice choice = among(Runs.right(), twin);
        assertThat(choice.run()).contains(Runs.right());
        assertThat(choice.passedOver())
                .containsExactly("10: just as good by these figures; it stands later in the file.");
        assertThat(choice.reason()).endsWith("; of equals, the first in the file is taken.");
    }

    @Test
    void whatAHazardDoesIsNobodysChoice() {
        RunRecord struck = Runs.withHazards(new RunRecord.Hazards(List.of(), List.of(), new EoiFaults(0, 0, 0, 0, 0)));
        Choice choice = among(Runs.right(), struck);
        assertThat(choice.run()).isEmpty();
        assertThat(choice.reason()).contains("which nobody chooses");
    }

    @Test
    void wherePlainInterruptsAreRightEverywhereTheReasonSaysHowItWasChosen() {
        Choice choice = ofScenario("plain-level");
        assertThat(choice.run()).isPresent();
        assertThat(choice.passedOver()).isNotEmpty();
    }
}
