// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioFormatException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BundledFilesTest {

    @Test
    void theIndexListsEveryBundledScenarioOnceAndNothingElse() throws IOException, URISyntaxException {
        assertThat(BundledFiles.scenarioNames()).containsExactlyInAnyOrderElementsOf(filesIn("scenarios"));
    }

    @Test
    void theIndexListsEveryBundledProfileOnceAndNothingElse() throws IOException, URISyntaxException {
        assertThat(BundledFiles.profileNames()).containsExactlyInAnyOrderElementsOf(filesIn("profiles"));
    }

    @Test
    void theIndexListsEveryBundledKindOfDeviceOnceAndNothingElse() throws IOException, URISyntaxException {
        assertThat(BundledFiles.deviceNames()).containsExactlyInAnyOrderElementsOf(filesIn("devices"));
    }

    private static List<String> filesIn(String folder) throws IOException, URISyntaxException {
        Path index = Path.of(BundledFiles.class
                .getResource("/irqstorm/" + folder + "/index.txt")
                .toURI());
        try (Stream<Path> files = Files.list(index.getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .toList();
        }
    }

    @Test
    void everyBundledScenarioIsCalledLikeItsFileAndSaysWhatItIsAbout() {
        for (String name : BundledFiles.scenarioNames()) {
            ScenarioFile file = ScenarioReader.read(BundledFiles.scenario(name));

            assertThat(file.name()).isEqualTo(name);
            assertThat(file.source()).isEqualTo("bundled:" + name);
            assertThat(file.title()).isNotBlank().hasSizeLessThan(110);
            assertThat(file.description()).isNotBlank();
            assertThat(file.configurations()).isNotEmpty();
        }
    }

    @Test
    void everyConfigurationOfABundledScenarioExpectsAVerdict() {
        for (String name : BundledFiles.scenarioNames()) {
            ScenarioReader.read(BundledFiles.scenario(name))
                    .all()
                    .forEach(scenario -> assertThat(scenario.expectations().verdict())
                            .as(name + " " + scenario.configuration())
                            .isPresent());
        }
    }

    @Test
    void aNameThatIsNotBundledSaysSo() {
        assertThatThrownBy(() -> BundledFiles.scenario("nothing"))
                .isInstanceOf(ScenarioFormatException.class)
                .hasMessage("bundled:scenarios/nothing.json: found nothing, expected a file that ships with irqstorm");
    }
}
