// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.explore.Bounds.Clocks;
import irqstorm.machine.Device;
import irqstorm.machine.MachineConfig;
import irqstorm.scenario.ScenarioLibrary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The explorer visits exactly as many states of credential-guard as Spin does of the same protocol written a second time, in Promela:
 * the counts are those of src/jmh/promela/README.md, also of what comes after a violation.
 */
class SpinAgreementTest {
    private static int states(String row, int causes, int devices) {
        MachineConfig config =
                ScenarioLibrary.open("credential-guard").find(row).orElseThrow().machine();
        Device uhci = config.devices().get(0);
        List<Device> onTheLine = new ArrayList<>(List.of(uhci));
        for (int i = 1; i < devices; i++) {
            onTheLine.add(new Device("device" + i, uhci.wire(), uhci.arrivals()));
        }
        Bounds bounds = new Bounds(causes, 2, Clocks.ANY, 100_000, 10_000_000);
        return Explorer.explore(config.withDevices(onTheLine), bounds, Search.BREADTH_FIRST, true)
                .states();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 21, 133, 290",
        "3a, 21, 133, 290",
        "2, 23, 64, 105",
        "3b, 460, 2460, 4724",
        "5, 23, 132, 292",
        "8, 23, 132, 292",
        "11, 23, 132, 292",
        "6, 879, 13163, 47576",
        "12, 879, 13163, 47576",
        "7, 844, 5104, 9722",
        "9, 24, 131, 286",
        "10, 24, 58, 92"
    })
    void aRowHasAsManyStatesAsSpinFindsWithOneTwoAndThreeCausesOfOneDevice(String row, int one, int two, int three) {
        assertThat(List.of(states(row, 1, 1), states(row, 2, 1), states(row, 3, 1)))
                .containsExactly(one, two, three);
    }

    @ParameterizedTest
    @CsvSource({"1, 9990", "3a, 9990", "5, 7055", "8, 7055", "9, 7037", "10, 780", "11, 7055"})
    void aRowHasAsManyStatesAsSpinFindsWithThreeCausesOfEachOfTwoDevices(String row, int states) {
        assertThat(states(row, 3, 2)).isEqualTo(states);
    }
}
