// SPDX-License-Identifier: Apache-2.0
package irqstorm.compare;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.run.BundledScenarios;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Comparing configurations is running each of them, whatever the number of threads. */
class ComparisonTest {

    static List<String> bundled() {
        return ScenarioLibrary.names();
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void comparingIsRunningOneAfterTheOther(String name) {
        ScenarioFile file = ScenarioLibrary.open(name);
        List<RunRecord> oneAfterTheOther =
                file.all().stream().map(BundledScenarios::run).toList();

        ComparisonRecord compared = Comparison.of(file);

        assertThat(compared.results()).isEqualTo(oneAfterTheOther);
        assertThat(compared.scenario()).isEqualTo(name);
        assertThat(compared.title()).isEqualTo(file.title());
        assertThat(compared.seed()).isEqualTo(file.base().seed());
    }

    @Test
    void theResultsAreInTheOrderOfTheFile() {
        ScenarioFile file = ScenarioLibrary.open("plain-level");

        assertThat(Comparison.of(file).results())
                .extracting(RunRecord::configuration)
                .containsExactlyElementsOf(file.configurationNames());
    }

    @Test
    void someConfigurationsCanBeComparedInTheOrderAskedFor() {
        ScenarioFile file = ScenarioLibrary.open("plain-level");
        List<Scenario> some = List.of(
                file.find("split-enable").orElseThrow(), file.find("kernel").orElseThrow());

        assertThat(Comparison.of(file, some).results())
                .extracting(RunRecord::configuration)
                .containsExactly("split-enable", "kernel");
    }

    @Test
    void aScenarioWithoutConfigurationsIsComparedWithNothing() {
        Scenario base = ScenarioLibrary.open("plain-level").base();
        ScenarioFile bare = new ScenarioFile("my.json", base.name(), base.title(), "", base, Map.of());

        assertThat(Comparison.of(bare).results()).containsExactly(ScenarioRunner.run(base));
    }

    @Test
    void configurationsSeeTheSameCausesAtTheSameTimes() {
        ComparisonRecord compared = Comparison.of(ScenarioLibrary.open("edge-msi"));

        assertThat(compared.results())
                .extracting(run ->
                        run.lines().get(0).assertions() + run.lines().get(0).mergedCauses())
                .containsOnly(compared.results().get(0).lines().get(0).assertions()
                        + compared.results().get(0).lines().get(0).mergedCauses());
    }
}
