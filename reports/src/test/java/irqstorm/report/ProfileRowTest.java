// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.stats.experiment.Execution;
import irqstorm.stats.experiment.Plan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileRowTest {
    @Test
    void eachIoApicStandsOnceWithItsConfigurationsAndItsSource() {
        ScenarioFile file = ScenarioLibrary.open("credential-guard");
        List<ProfileRow> rows =
                Report.of(file, Plan.of(1), Execution.onAllProcessors()).profiles();
        assertThat(rows)
                .extracting(ProfileRow::name)
                .containsExactly("kvm-inkernel", "qemu-ioapic-0x20", "qemu-ioapic-0x11", "qemu-tcg");
        assertThat(rows.get(2).configurations()).containsExactly("7", "10");
        assertThat(rows.get(1).use().orElseThrow().profile().provenance().file())
                .isEqualTo("hw/intc/ioapic.c");
        assertThat(rows.get(1).isPatched()).isFalse();
        assertThat(rows.get(1).confidence()).matches("[0-9]+ verified, 1 deduced, [0-9]+ unknown");
    }

    @Test
    void aProfileWithFieldsChangedByTheScenarioStandsInARowOfItsOwn() {
        List<ProfileRow> rows = Report.of(
                        ScenarioLibrary.open("../docs/example.json"), Plan.of(1), Execution.onAllProcessors())
                .profiles();
        assertThat(rows).extracting(ProfileRow::name).containsOnly("qemu-ioapic-0x20");
        assertThat(rows).extracting(ProfileRow::isPatched).containsExactly(false, true);
        assertThat(rows.get(1).configurations()).containsExactly("patient");
    }

    @Test
    void whatIsNotBundledHasNoSource() {
        ProfileRow row = new ProfileRow("mine", Optional.empty(), List.of("1"));
        assertThat(row.isPatched()).isFalse();
        assertThat(row.confidence()).isEmpty();
    }
}
