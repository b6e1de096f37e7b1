// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The bundled scenarios do exactly what they did when the model was last changed on purpose. The fingerprints are the same on every JDK
 * and machine.
 *
 * <p>After a change of the model or of a bundled scenario, look at what the test prints, and write the new fingerprints with {@value
 * #COMMAND}.
 */
class GoldenFingerprintTest {
    private static final String COMMAND = "mvn test -pl sim-core,scenarios -Dtest=GoldenFingerprintTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dirqstorm.golden.write=true";
    private static final Path FILE = Path.of("src/test/resources/irqstorm/run/fingerprints.txt");

    @Test
    void everyBundledScenarioDoesWhatItDid() throws IOException {
        Map<String, String> now = new LinkedHashMap<>();
        for (Scenario scenario : BundledScenarios.all()) {
            now.put(BundledScenarios.name(scenario), BundledScenarios.outcome(scenario));
        }
        if (Boolean.getBoolean("irqstorm.golden.write")) {
            Files.createDirectories(FILE.getParent());
            Files.write(FILE, now.values());
        }
        Map<String, String> before = new LinkedHashMap<>();
        Files.readAllLines(FILE).forEach(line -> before.put(line.substring(0, line.indexOf(' ')), line));

        assertThat(differences(before, now))
                .as("scenario, verdict, events and fingerprint; if the change is meant: %s", COMMAND)
                .isEmpty();
    }

    private static List<String> differences(Map<String, String> before, Map<String, String> now) {
        Set<String> names = new LinkedHashSet<>(now.keySet());
        names.addAll(before.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String old = before.getOrDefault(name, "nothing");
            String current = now.getOrDefault(name, "nothing");
            if (!old.equals(current)) {
                differences.add("was " + old + ", is " + current);
            }
        }
        return differences;
    }
}
