// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import irqstorm.report.Runs;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChromeTraceTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Path SCRIPTS = Path.of("src/test/js");

    @TempDir
    Path directory;

    private static JsonNode events(String scenario, String configuration) {
        return STRICT.readTree(Exported.text(ExportFormat.PERFETTO, scenario, configuration))
                .get("traceEvents");
    }

    /** What a reader of the Trace Event Format relies on, whatever the run. */
    @ParameterizedTest
    @CsvSource({
        "credential-guard-rca,split-enable",
        "credential-guard,3b",
        "shared-line,''",
        "edge-msi,''",
        "vfio-intx,''"
    })
    void slicesNestArrowsHaveTwoEndsAndTimeNeverGoesBack(String scenario, String configuration) {
        Map<Long, Deque<String>> open = new HashMap<>();
        Set<Long> arrows = new HashSet<>();
        BigDecimal last = BigDecimal.ZERO;
        int slices = 0;
        for (JsonNode event : events(scenario, configuration)) {
            String phase = event.get("ph").asString();
            if (phase.equals("M")) {
                continue;
            }
            BigDecimal time = event.get("ts").decimalValue();
            assertThat(time).isGreaterThanOrEqualTo(last);
            last = time;
            Deque<String> track = open.computeIfAbsent(event.get("tid").asLong(), tid -> new ArrayDeque<>());
            switch (phase) {
                case "B" -> track.push(event.get("name").asString());
                case "E" -> {
                    track.pop();
                    slices++;
                }
                case "s" -> assertThat(arrows.add(event.get("id").asLong())).isTrue();
                case "f" -> {
                    assertThat(arrows).contains(event.get("id").asLong());
                    assertThat(track).as("slice that an arrow points to").isNotEmpty();
                }
                default -> assertThat(phase).isIn("i", "C");
            }
        }
        assertThat(slices).isPositive();
        assertThat(open.values()).allSatisfy(track -> assertThat(track).isEmpty());
    }

    @Test
    void thereIsATrackForEachContextAndPinAndAnArrowFromTheDeliveryToL2() {
        JsonNode events = events("credential-guard-rca", "split-enable");
        Map<Long, String> tracks = new HashMap<>();
        Map<String, String> arrows = new HashMap<>();
        for (JsonNode event : events) {
            long tid = event.get("tid").asLong();
            if (event.get("name").asString().equals("thread_name")) {
                tracks.put(tid, event.get("args").get("name").asString());
            }
            if (event.get("ph").asString().matches("[sf]")) {
                arrows.put(event.get("ph").asString() + event.get("id").asLong(), tracks.get(tid));
            }
        }
        assertThat(tracks.values())
                .contains("vCPU 0 L0 (host kernel)", "vCPU 0 VMM", "vCPU 0 L1", "vCPU 0 L2", "GSI 21 uhci", "pin 21");
        assertThat(arrows)
                .containsEntry("s7", "GSI 21 uhci")
                .containsEntry("f7", "pin 21")
                .containsEntry("s9", "pin 21")
                .containsEntry("f9", "vCPU 0 L2");
    }

    /** The trace engine of Chrome's developer tools, which pairs begins and ends into slices with durations. */
    @Test
    void chromesTraceEngineFindsTheSlicesOfEveryTrack() throws Exception {
        assumeTrue(
                System.getenv("CI") != null || Files.isDirectory(SCRIPTS.resolve("node_modules")),
                "Chrome's trace engine is not installed (npm ci in src/test/js); .ci/run installs it");
        Path input = Files.writeString(
                directory.resolve("trace.json"),
                Exported.text(ExportFormat.PERFETTO, "credential-guard-rca", "split-enable"));
        Process process = new ProcessBuilder("node", "tracks.mjs", input.toString())
                .directory(SCRIPTS.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines())
                .contains(
                        "vCPU 0 L1: runs 6+2 us, runs 9+2 us, runs 61+2 us, runs 74+1 us",
                        "vCPU 0 VMM: handles exit 38+6 us, handles exit 68+6 us",
                        "GSI 21 uhci: asserted 0+38 us",
                        "pin 21: Remote IRR 0+68 us");
    }

    @Test
    void aNameIsOnlyAName() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExportFormat.PERFETTO.open(Exported.hostile(), bytes).finish(Runs.right());
        assertThat(STRICT.readTree(bytes.toByteArray()).get("traceEvents").valueStream())
                .anySatisfy(event ->
                        assertThat(event.get("args").get("name").asString()).isEqualTo("GSI 5 " + Exported.HOSTILE));
    }
}
