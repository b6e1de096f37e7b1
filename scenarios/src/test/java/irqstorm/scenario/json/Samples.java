// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import irqstorm.scenario.Problem;
import irqstorm.scenario.ScenarioFormatException;
import java.util.List;
import java.util.stream.Stream;

/** Two small valid scenarios, called {@code my.json} in messages, and what becomes of them under a change. */
final class Samples {
    private static final JsonDocument PLAIN = JsonSource.text("my.json", """
            {
              "name": "sample",
              "title": "One device on one line",
              "duration": "1ms",
              "kvm": {"irqchip": "split"},
              "vmm": {"ioApic": {"profile": "qemu-ioapic-0x20"}},
              "pins": [{"gsi": 5, "vector": "0x41", "trigger": "level"}],
              "devices": [{"name": "nic", "line": {"gsi": 5}, "arrivals": {"at": ["10us"]}}],
              "guest": {
                "start": "fresh",
                "programs": {
                  "boot": [{"step": "write-spiv", "value": "0x1ff"}],
                  "background": [{"step": "halt"}],
                  "on-interrupt": [{"step": "service"}, {"step": "lapic-eoi", "via": "mmio"}]
                }
              }
            }
            """);

    private static final String AS_L1 = """
            {
              "guest": {
                "nested": {"externalInterruptExiting": true, "acknowledgeOnExit": true, "interceptsEoi": true},
                "programs": {
                  "l1-on-external-interrupt": [{"step": "resume-l2"}],
                  "l1-on-l2-eoi": [{"step": "lapic-eoi", "via": "mmio"}, {"step": "resume-l2"}],
                  "l1-on-interrupt-window": [{"step": "resume-l2"}]
                }
              }
            }
            """;

    private Samples() {}

    /** A plain guest with one level device on GSI 5. */
    static JsonDocument plain() {
        return PLAIN;
    }

    /** The same with a guest hypervisor. */
    static JsonDocument nested() {
        return changed(PLAIN, AS_L1);
    }

    /** A scenario under a merge patch. */
    static JsonDocument changed(JsonDocument scenario, String patch) {
        return scenario.patched(scenario.source(), JsonSource.text("patch", patch));
    }

    /** A scenario file as text. */
    static String text(JsonDocument scenario) {
        return scenario.root().toString();
    }

    /** The problems for which {@code scenario} is refused; none if it is valid. */
    static List<Problem> problems(JsonDocument scenario) {
        ScenarioFormatException refusal =
                catchThrowableOfType(ScenarioFormatException.class, () -> ScenarioReader.read(scenario));
        return refusal == null ? List.of() : refusal.problems();
    }

    /** Asserts that {@code scenario} is refused with exactly these lines, all of which begin with the file's name. */
    static void refused(JsonDocument scenario, String... lines) {
        ScenarioFormatException refusal =
                catchThrowableOfType(ScenarioFormatException.class, () -> ScenarioReader.read(scenario));
        assertThat(refusal).as("the scenario is refused").isNotNull();
        assertThat(refusal.getMessage().lines())
                .containsExactlyElementsOf(Stream.of(lines)
                        .map(line -> scenario.source() + ": " + line)
                        .toList());
    }
}
