// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import irqstorm.report.Runs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VcdTest {
    private static final String WAVES = "vcd2fst";

    @TempDir
    Path directory;

    private static String dump(Subject subject) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExportFormat.VCD.open(subject, bytes).finish(Runs.right());
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theRootCauseTraceShowsRemoteIrrHoldingThePinUntilTheDirectedEoi() {
        String vcd = Exported.text(ExportFormat.VCD, "credential-guard-rca", "split-enable");
        String line = code(vcd, "line");
        String remoteIrr = code(vcd, "remote_irr");
        String level = code(vcd, "vcpu0_level");
        assertThat(vcd)
                .contains("$timescale 1 ns $end")
                .containsSubsequence(
                        "\n$enddefinitions $end\n#0\n",
                        "\n1" + remoteIrr + "\n",
                        "\n#13000\nb10 " + level + "\n",
                        "\n#38000\nb11 " + level + "\n",
                        "\n0" + line + "\n",
                        "\n#68000\n",
                        "\n0" + remoteIrr + "\n")
                .endsWith("\n#1000000\n");
    }

    private static String code(String vcd, String variable) {
        Matcher matcher = Pattern.compile("\\$var \\S+ \\d+ (\\S+) " + variable + " \\$end")
                .matcher(vcd);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void timeNeverGoesBack() {
        List<Long> times = Exported.lines(ExportFormat.VCD, "shared-line", "").stream()
                .filter(text -> text.startsWith("#"))
                .map(text -> Long.valueOf(text.substring(1)))
                .toList();
        assertThat(times).hasSizeGreaterThan(10).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void namesOfAScenarioCannotEndADeclarationOrComment() {
        assertThat(dump(Exported.hostile()).lines())
                .filteredOn(text -> text.startsWith("$var") || text.startsWith("$comment"))
                .allSatisfy(text -> assertThat(text.indexOf("$end")).isEqualTo(text.length() - "$end".length()));
    }

    @Test
    void everyVariableHasACodeOfItsOwn() {
        List<Integer> gsis = IntStream.range(0, 120).boxed().toList();
        List<String> names = Stream.generate(() -> "same").limit(120).toList();
        Matcher declared = Pattern.compile("\\$var \\S+ \\d+ (\\S+) (\\S+) \\$end")
                .matcher(dump(new Subject("many", "", "", "split", true, 4, names, gsis, gsis)));
        Set<String> codes = new HashSet<>();
        while (declared.find()) {
            assertThat(codes.add(declared.group(1))).isTrue();
            assertThat(declared.group(1)).matches("[!-~]{1,2}");
        }
        assertThat(codes).hasSize(120 * 4 + 120 + 4);
    }

    @Test
    void gtkwavesReaderTakesIt() throws Exception {
        assumeTrue(
                System.getenv("CI") != null || isInstalled(),
                "vcd2fst is not installed (Debian package gtkwave); .ci/run installs it");
        accepts(Exported.text(ExportFormat.VCD, "credential-guard-rca", "split-enable"));
        accepts(Exported.text(ExportFormat.VCD, "vfio-intx", ""));
        accepts(dump(Exported.hostile()));
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, WAVES)));
    }

    private void accepts(String vcd) throws IOException, InterruptedException {
        Path input = Files.writeString(directory.resolve("in.vcd"), vcd);
        Path output = directory.resolve("out.fst");
        Process process = new ProcessBuilder(WAVES, input.toString(), output.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).doesNotContainIgnoringCase("error").doesNotContainIgnoringCase("unknown");
        assertThat(output).isNotEmptyFile();
    }
}
