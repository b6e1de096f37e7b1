// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.distribution.Distribution;
import irqstorm.machine.LatencyKind;
import irqstorm.machine.MachineConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class LatencyDefaultsTest {

    @ParameterizedTest
    @EnumSource
    void theSchemaNamesTheDefault(LatencyKind kind) {
        JsonNode named = Schemas.scenario().at("/$defs/latencies/properties/" + kind.label() + "/default");

        Distribution distribution = new JsonDocument("scenario.schema.json", named).read(DistributionReader::read);

        assertThat(distribution).isEqualTo(LatencyDefaults.of(kind));
    }

    @ParameterizedTest
    @EnumSource
    void aLatencyThatAScenarioLeavesOutHasItsDefault(LatencyKind kind) {
        MachineConfig machine = ScenarioReader.read(Samples.plain()).base().machine();

        assertThat(machine.latencies())
                .containsEntry(kind, LatencyDefaults.of(kind).compile());
    }

    @ParameterizedTest
    @EnumSource
    void aLatencyThatAScenarioGivesReplacesJustThatDefault(LatencyKind given) {
        JsonDocument scenario =
                Samples.changed(Samples.plain(), "{\"latencies\": {\"" + given.label() + "\": \"77ns\"}}");
        MachineConfig machine = ScenarioReader.read(scenario).base().machine();

        assertThat(machine.latencies().get(given).minNanos()).isEqualTo(77);
        assertThat(machine.latencies().get(given).maxNanos()).isEqualTo(77);
        for (LatencyKind kind : LatencyKind.values()) {
            if (kind != given) {
                assertThat(machine.latencies())
                        .containsEntry(kind, LatencyDefaults.of(kind).compile());
            }
        }
    }

    @Test
    void leavingToTheVmmAndComingBackCostsMoreThanAnExitToTheKernel() {
        assertThat(LatencyDefaults.of(LatencyKind.USERSPACE_EXIT).meanNanos()
                        + LatencyDefaults.of(LatencyKind.USERSPACE_ENTRY).meanNanos())
                .isGreaterThan(LatencyDefaults.of(LatencyKind.KERNEL_EXIT).meanNanos());
    }
}
