// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicProfile;
import irqstorm.profile.BehaviourFingerprint;
import irqstorm.scenario.ScenarioFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** No field of a profile's I/O APIC is there for show: changed alone, it changes what some bundled profile does. */
class EveryAxisActsTest {
    /** What is not the I/O APIC itself, or is only its size. */
    private static final Set<String> OTHERS =
            Set.of("$schema", "name", "pins", "hosts", "split", "lapic", "usedBy", "confidence", "provenance");

    @Test
    void everyFieldChangedAloneChangesTheBehaviourOfSomeProfile() {
        Map<String, List<String>> axes = axes();
        List<String> silent = axes.entrySet().stream()
                .filter(axis -> axis.getValue().stream().noneMatch(EveryAxisActsTest::actsOnSome))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(axes).hasSizeGreaterThan(25).containsKeys("service", "resample.on", "rteWrite.oldRouteFirst");
        assertThat(silent).isEmpty();
    }

    /** Merge patches by the dotted path of the field that they change. */
    private static Map<String, List<String>> axes() {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        Schemas.profile().get("properties").properties().stream()
                .filter(property -> !OTHERS.contains(property.getKey()))
                .forEach(property -> {
                    String key = property.getKey();
                    JsonNode parts = property.getValue().path("properties");
                    if (parts.isMissingNode()) {
                        axes.put(key, patches("{\"" + key + "\": %s}", property.getValue()));
                    }
                    parts.properties()
                            .forEach(part -> axes.put(
                                    key + "." + part.getKey(),
                                    patches("{\"" + key + "\": {\"" + part.getKey() + "\": %s}}", part.getValue())));
                });
        axes.put("version", List.of("{\"version\": \"0x11\"}", "{\"version\": \"0x20\"}"));
        String reaction = "{\"onEoiAsserted\": %s}";
        axes.put(
                "onEoiAsserted",
                List.of(
                        String.format(reaction, "\"none\""),
                        String.format(reaction, "\"next-service\""),
                        String.format(reaction, "\"immediate-any-trigger\"")));
        for (String change : List.of("\"limit\": 3", "\"resetOnRteWrite\": false", "\"outlivesVm\": true")) {
            axes.put("throttled " + change, List.of("{\"onEoiAsserted\": {\"throttled\": {" + change + "}}}"));
        }
        return axes;
    }

    private static List<String> patches(String form, JsonNode schema) {
        List<String> patches = new ArrayList<>();
        schema.path("enum").forEach(word -> patches.add(String.format(form, word)));
        return patches.isEmpty() ? List.of(String.format(form, "true"), String.format(form, "false")) : patches;
    }

    private static boolean actsOnSome(String patch) {
        return BundledFiles.profileNames().stream().anyMatch(name -> acts(patch, name));
    }

    private static boolean acts(String patch, String name) {
        JsonDocument profile = BundledFiles.profile(name);
        return ioApic(profile.patched(name, JsonSource.text("patch", patch)))
                .filter(changed -> !BehaviourFingerprint.of(changed)
                        .equals(BehaviourFingerprint.of(ioApic(profile).orElseThrow())))
                .isPresent();
    }

    private static Optional<IoApicProfile> ioApic(JsonDocument profile) {
        try {
            return Optional.of(profile.read(ProfileReader::read).profile().ioApic());
        } catch (ScenarioFormatException notAProfile) {
            return Optional.empty();
        }
    }
}
