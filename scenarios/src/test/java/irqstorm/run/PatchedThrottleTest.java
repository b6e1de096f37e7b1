// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Verdict;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.json.BundledFiles;
import irqstorm.scenario.json.JsonSource;
import irqstorm.scenario.json.ScenarioReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The amplification of row 6 is the throttle's limit, whatever it is: it comes out of the I/O APIC's counter. */
class PatchedThrottleTest {
    @ParameterizedTest
    @ValueSource(ints = {37, 500, 10_000})
    void rowSixDeliversAsOftenAsThePatchedProfileAllows(int limit) {
        String patch =
                "{\"vmm\":{\"ioApic\":{\"patch\":{\"onEoiAsserted\":{\"throttled\":{\"limit\":" + limit + "}}}}}}";
        ScenarioFile file = ScenarioReader.read(
                BundledFiles.scenario("credential-guard").patched("patched throttle", JsonSource.text("patch", patch)));

        RunRecord run = ScenarioRunner.run(file.find("6").orElseThrow());

        assertThat(run.verdict()).isEqualTo(Verdict.STORM);
        assertThat(run.lines().get(0).amplification()).isBetween(limit - 1.0, limit + 3.0);
    }
}
