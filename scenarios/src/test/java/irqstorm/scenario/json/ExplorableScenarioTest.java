// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static irqstorm.scenario.json.Samples.changed;
import static irqstorm.scenario.json.Samples.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.check.Verdict;
import irqstorm.machine.Arrivals;
import irqstorm.machine.Hazard;
import irqstorm.scenario.Expectations;
import irqstorm.scenario.ExplorableFile;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFormatException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A scenario as it is explored, and what is written down of it. */
class ExplorableScenarioTest {
    private static ExplorableFile explorable(String change) {
        return ScenarioReader.readForExploring(changed(plain(), change));
    }

    @Test
    void whatItIsExploredWithComesBeforeWhatAConfigurationSays() {
        ExplorableFile file = explorable("""
                {"explore": {"with": {"cpu": {"vcpus": 2, "apicv": false}}},
                 "configurations": {"three": {"cpu": {"vcpus": 3}}, "as-is": {}}}""");

        assertThat(file.file().base().vcpus()).isEqualTo(1);
        assertThat(file.drafts()).extracting(draft -> draft.scenario().vcpus()).containsExactly(2, 3, 2);
        assertThat(file.drafts())
                .allSatisfy(draft -> assertThat(draft.scenario().usesApicv()).isFalse());
        assertThat(file.draft(file.file().configurations().get("three"))
                        .scenario()
                        .configuration())
                .isEqualTo("three");
    }

    @Test
    void aConfigurationMayBeExploredInItsOwnWay() {
        ExplorableFile file = explorable("""
                {"explore": {"interrupts": 2},
                 "configurations": {"own": {"explore": {"interrupts": 4, "with": {"cpu": {"vcpus": 2}}}}}}""");

        assertThat(file.drafts()).extracting(draft -> draft.interrupts(9)).containsExactly(2, 4);
        assertThat(file.drafts()).extracting(draft -> draft.throttleEois(9)).containsExactly(9, 9);
        assertThat(file.drafts()).extracting(draft -> draft.scenario().vcpus()).containsExactly(1, 2);
    }

    @Test
    void whatMayHappenStandsAfterTheHazardsAndIsNotRun() {
        ExplorableFile file = explorable("""
                {"hazards": [{"hazard": "destroy-vm", "at": "3ms"}],
                 "explore": {"may": [{"hazard": "change-flags", "flags": []}]}}""");

        assertThat(file.file().base().machine().hazards().steps()).hasSize(1);
        assertThat(file.drafts().get(0).scenario().machine().hazards().steps())
                .extracting(Hazard::deed)
                .containsExactly(new Hazard.Deed.DestroyVm(), new Hazard.Deed.ChangeFlags(0));
    }

    @Test
    void whatIsOnlyWrongAsExploredIsSaidAlsoOfAConfiguration() {
        assertThatThrownBy(() -> explorable("""
                        {"explore": {"with": {"cpu": {"vcpus": 2}}}, "configurations": {"none": {"cpu": {"vcpus": 0}}}}"""))
                .isInstanceOf(ScenarioFormatException.class)
                .hasMessageContaining("$.cpu.vcpus: found 0, expected an integer from 1 to 64");
        assertThatThrownBy(() -> explorable("{\"explore\": {\"with\": {\"explore\": {}}}}"))
                .hasMessageContaining("$.explore.with: found an object, expected a patch without \"explore\"");
        assertThatThrownBy(() -> explorable("{\"explore\": {\"with\": {\"pins\": []}}}"))
                .hasMessageContaining("as explored: $.devices[0].line.gsi");
    }

    @Test
    void aSmallerScenarioIsOneOnlyIfItIsValid() {
        ScenarioDraft draft = explorable("""
                        {"explore": {"may": [{"hazard": "destroy-vm"}], "with": {"cpu": {"vcpus": 2}}},
                         "guest": {"programs": {"on-interrupt": [{"step": "service", "device": "nic"}]}}}""").drafts().get(0);

        assertThat(draft.withoutDevice(0)).isEmpty();
        assertThat(draft.withoutHazard(0)
                        .map(smaller -> smaller.scenario().machine().hazards().steps()))
                .isEqualTo(Optional.of(List.of()));
        assertThat(draft.withVcpus(1).map(smaller -> smaller.scenario().vcpus()))
                .contains(1);
    }

    @Test
    void whatIsWrittenDownIsAValidScenarioWithEverythingThatWasChanged() {
        ScenarioDraft draft = explorable("""
                        {"explore": {"may": [{"hazard": "migrate", "to": {"ioApic": {"profile": "qemu-ioapic-0x20"}}}]},
                         "kvm": {"irqchip": "split"}, "vmm": {"ioApic": {"profile": "qemu-ioapic-0x11"}},
                         "configurations": {"one": {}}}""").drafts().get(1);

        JsonDocument written = JsonSource.text(
                "written.json",
                draft.inOrder(
                        List.of("cause nic", "hazard 0"), 2, 3, Expectations.of(Verdict.STORM, null), "What it is."));

        assertThat(Schemas.problemsOfScenario(written.root())).isEmpty();
        assertThat(written.root().propertyNames()).doesNotContain("explore", "configurations");
        Scenario read = ScenarioReader.read(written).base();
        assertThat(read.order().moves()).containsExactly("cause nic", "hazard 0");
        assertThat(read.expectations().verdict()).contains(Verdict.STORM);
        assertThat(written.root()
                        .at("/vmm/ioApic/patch/onEoiAsserted/throttled/limit")
                        .intValue())
                .isEqualTo(3);
        assertThat(written.root()
                        .at("/hazards/0/to/ioApic/patch/onEoiAsserted/throttled/limit")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void asManyCausesAreWrittenDownAsThereCanBe() {
        String devices = "{\"devices\": [%s, %s]}"
                .formatted(
                        "{\"name\": \"a\", \"msi\": {\"vector\": 97}, \"arrivals\": {\"every\": \"1ms\", \"limit\": 1}}",
                        "{\"name\": \"b\", \"msi\": {\"vector\": 98}, \"arrivals\": {\"at\": [\"1us\", \"2us\", \"3us\"]}}");
        ScenarioDraft draft = explorable(devices).drafts().get(0);

        Scenario written = ScenarioReader.read(JsonSource.text(
                        "written.json", draft.inOrder(List.of(), 2, 2, Expectations.of(Verdict.OK, null), "")))
                .base();

        assertThat(((Arrivals.Open) written.machine().devices().get(0).arrivals()).limit())
                .isEqualTo(1);
        assertThat(((Arrivals.Times) written.machine().devices().get(1).arrivals()).timesNanos())
                .containsExactly(1000L, 2000L);
    }

    @Test
    void theThrottleOfTheInKernelIoApicIsScaledThereToo() {
        ScenarioDraft draft = explorable("{\"kvm\": {\"irqchip\": \"kernel\", \"ioApic\": null}}")
                .drafts()
                .get(0);

        JsonDocument written =
                JsonSource.text("written.json", draft.inOrder(List.of(), 2, 2, Expectations.of(Verdict.OK, null), ""));

        assertThat(written.root()
                        .at("/kvm/ioApic/patch/onEoiAsserted/throttled/limit")
                        .intValue())
                .isEqualTo(2);
        assertThat(written.root().at("/kvm/ioApic/profile").stringValue()).isEqualTo("kvm-inkernel");
    }
}
