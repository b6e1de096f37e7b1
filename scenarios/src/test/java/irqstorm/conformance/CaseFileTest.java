// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of cases that are not the project's own, and what is wrong with it. */
class CaseFileTest {
    private static final String GOOD = "{\"id\": \"good\", \"level\": \"system\", \"preconditions\": {},"
            + " \"stimulus\": [{\"actor\": \"vcpu0\", \"op\": \"nop\"}],"
            + " \"expect\": [{\"at\": \"end\", \"what\": \"isr_count_any\", \"value\": 0}]}";

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("cases.json"), text);
    }

    private Outcome outcome(String one) throws IOException, CaseFile.Unreadable {
        List<ConformanceCase> cases = CaseFile.read(file("[" + one + "]"));
        assertThat(cases).hasSize(1);
        return CaseRunner.run(cases.get(0));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> CaseFile.read(directory.resolve("nowhere.json")))
                .isInstanceOf(CaseFile.Unreadable.class)
                .hasMessageContaining("There is no file")
                .hasMessageContaining("nowhere.json");
    }

    @Test
    void aFileThatIsNoTextOrNoJsonOrNoListIsSaidToBeSo() throws IOException {
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        assertThatThrownBy(() -> CaseFile.read(binary)).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> CaseFile.read(file("[\n{\"id\": }]"))).hasMessageContaining("line 2");
        assertThatThrownBy(() -> CaseFile.read(file("{}"))).hasMessageContaining("array");
        assertThatThrownBy(() -> CaseFile.read(directory)).isInstanceOf(CaseFile.Unreadable.class);
    }

    @Test
    void aGoodCasePasses() throws Exception {
        assertThat(outcome(GOOD)).isEqualTo(new Outcome("good", Outcome.Kind.PASSED, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"nop\" | \"levitate\" | operation levitate",
                "\"isr_count_any\" | \"aura\" | observation aura",
                "\"value\": 0 | \"value\": 0, \"mood\": 1 | argument mood",
                "\"op\": \"nop\" | \"op\": \"nop\", \"speed\": 1 | argument speed",
                "\"preconditions\": {} | \"preconditions\": {\"weather\": 1} | precondition weather",
                "\"preconditions\": {} | \"preconditions\": {\"nested\": {\"arch\": \"vmx\", \"mtf\": true}} | mtf",
                "\"preconditions\": {} | \"preconditions\": {\"irqchip_mode\": \"quantum\"} | quantum",
                "\"vcpu0\" | \"vcpu7\" | vCPU 7",
                "\"vcpu0\" | \"gremlin\" | actor gremlin",
                "\"value\": 0 | \"value\": \"half a dozen\" | half a dozen",
                "\"value\": 0 | \"value\": 0, \"cmp\": \"almost\" | almost",
                "\"stimulus\": [ | \"stimulus\": [7, | cannot be read",
                "\"expect\": [{ | \"expect\": {\"x\": 1}, \"y\": [{ | expect"
            })
    void whatIsNotUnderstoodIsNamedAndMakesOnlyItsCaseUnsupported(String what, String instead, String reason)
            throws Exception {
        Outcome outcome = outcome(GOOD.replace(what, instead));
        assertThat(outcome.kind()).as(outcome.toString()).isEqualTo(Outcome.Kind.UNSUPPORTED);
        assertThat(outcome.reason()).contains(reason);
    }

    @Test
    void somethingThatIsNoCaseIsUnsupportedByItsPlace() throws Exception {
        assertThat(outcome("42"))
                .isEqualTo(new Outcome("case 1", Outcome.Kind.UNSUPPORTED, "the case is no JSON object"));
    }

    @Test
    void theReportIsAListOfIdOutcomeAndReason() {
        String json = CaseFile.json(List.of(new Outcome("a", Outcome.Kind.FAILED, "\"because\"")));
        assertThat(json.replaceAll("\\s+", "").getBytes(StandardCharsets.UTF_8))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("[{\"id\":\"a\",\"outcome\":\"failed\",\"reason\":\"\\\"because\\\"\"}]");
    }
}
