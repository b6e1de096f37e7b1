// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.json.JsonSource;
import irqstorm.scenario.json.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scenarios as large as one likes: with so many vCPUs or devices, each of which has as much to do as in the smallest one. */
final class GrownScenario {
    private static final int FIRST_VECTOR = 0x20;
    private static final int VECTORS = 0xE0;
    private static final int PINS = 24;

    private GrownScenario() {}

    /** So many vCPUs, each with a device of its own that sends it a message every 100 us on average. */
    static String vcpus(int count) {
        return text("100ms", count, List.of(), devices(count, "100us", device -> message(device, device)));
    }

    /** One vCPU and so many devices, each with a message every 10 ms on average. */
    static String messages(int count) {
        return text("2s", 1, List.of(), devices(count, "10ms", device -> message(device, 0)));
    }

    /** One vCPU and so many devices, each with a level every 10 ms on average, on the 24 pins of one I/O APIC. */
    static String lines(int count) {
        List<String> pins = IntStream.range(0, PINS)
                .mapToObj(pin -> "{\"gsi\": %d, \"vector\": %d, \"trigger\": \"level\"}".formatted(pin, vector(pin)))
                .toList();
        return text(
                "2s", 1, pins, devices(count, "10ms", device -> "\"line\": {\"gsi\": %d}".formatted(device % PINS)));
    }

    /** A file with 10 ms of credential-guard as written, which is a storm, and without what comes after them. */
    static Path shortStorm() throws IOException {
        try (InputStream bundled =
                GrownScenario.class.getResourceAsStream("/irqstorm/scenarios/credential-guard.json")) {
            String text = new String(Objects.requireNonNull(bundled).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"duration\": \"1s\"", "\"duration\": \"10ms\"")
                    .replace("\"settle\": \"2s\"", "\"settle\": \"0ns\"");
            Path file = Files.createTempFile("irqstorm", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, text);
        }
    }

    private static int vector(int number) {
        return FIRST_VECTOR + number % VECTORS;
    }

    private static String message(int device, int vcpu) {
        return "\"msi\": {\"vector\": %d, \"destination\": %d}".formatted(vector(device), vcpu);
    }

    private static List<String> devices(int count, String gap, IntFunction<String> wire) {
        String device = "{\"name\": \"d%d\", %s, \"arrivals\": {\"every\": {\"exponential\": {\"mean\": \"%s\"}}}}";
        return IntStream.range(0, count)
                .mapToObj(number -> device.formatted(number, wire.apply(number), gap))
                .toList();
    }

    private static String text(String duration, int vcpus, List<String> pins, List<String> devices) {
        return """
                {
                  "name": "grown", "title": "Grown", "duration": "%s",
                  "kvm": {"irqchip": "split"},
                  "vmm": {"ioApic": {"profile": "qemu-ioapic-0x20"}},
                  "cpu": {"vcpus": %d, "apicMode": "x2apic"},
                  "pins": [%s],
                  "devices": [%s],
                  "guest": {
                    "start": "fresh",
                    "programs": {
                      "boot": [{"step": "write-spiv", "value": "0x1ff"}, {"step": "read-spiv"}],
                      "background": [{"step": "run", "for": "forever"}],
                      "on-interrupt": [
                        {"step": "run", "for": "500ns"}, {"step": "service"},
                        {"step": "lapic-eoi", "via": "x2apic-msr"}
                      ]
                    }
                  },
                  "configurations": {}
                }
                """.formatted(duration, vcpus, joined(pins), joined(devices));
    }

    private static String joined(List<String> values) {
        return values.stream().collect(Collectors.joining(",\n"));
    }

    /** The scenario of {@code text}. */
    static ScenarioFile read(String text) {
        return ScenarioReader.read(JsonSource.text("grown", text));
    }
}
