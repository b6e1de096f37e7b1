// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.scenario.ProfileLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ten micro-scenarios on every bundled profile, against outcomes that an independent model of the rules gave. */
class MicroScenarioTest {
    static Stream<String> names() {
        return ProfileLibrary.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyBundledProfileBehavesAsTheReferenceModel(String name) throws IOException {
        BehaviourFingerprint fingerprint = fingerprint(name);
        List<String> expected = new ArrayList<>();
        golden().get(name).get("micro").forEach(outcome -> expected.add(outcome.asString()));
        assertThat(fingerprint.outcomes()).isEqualTo(expected);
    }

    @Test
    void twentyOneOfTheTwentyFiveBehaveDifferently() {
        assertThat(ProfileLibrary.names()).hasSize(25);
        assertThat(new HashSet<>(ProfileLibrary.names().stream()
                        .map(MicroScenarioTest::fingerprint)
                        .toList()))
                .hasSize(21);
        assertThat(fingerprint("kvm-inkernel")).isEqualTo(fingerprint("qemu-kvm-ioapic"));
        assertThat(fingerprint("crosvm").digest())
                .isEqualTo(fingerprint("crosvm-userspace").digest())
                .matches("[0-9a-f]{8}")
                .isNotEqualTo(fingerprint("acrn").digest());
    }

    private static BehaviourFingerprint fingerprint(String name) {
        return BehaviourFingerprint.of(
                ProfileLibrary.find(name).orElseThrow().profile().ioApic());
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = MicroScenarioTest.class.getResourceAsStream("fingerprints.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
