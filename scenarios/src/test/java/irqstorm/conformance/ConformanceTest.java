// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

class ConformanceTest {
    private static final Path REPORT =
            Path.of(System.getProperty("conformance.project", "")).resolve(Path.of("target", "conformance.json"));
    private static final List<Outcome> OUTCOMES = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> everyCaseAgreesWithTheModel() {
        Map<String, String> disagreements = CaseFile.disagreements();
        try {
            return CaseFile.cases().stream()
                    .map(test -> DynamicTest.dynamicTest(test.id(), () -> judge(CaseRunner.run(test), disagreements)));
        } catch (CaseFile.Unreadable e) {
            Outcome unreadable = new Outcome(CaseFile.name(), Outcome.Kind.FAILED, e.getMessage());
            return Stream.of(DynamicTest.dynamicTest(CaseFile.name(), () -> judge(unreadable, Map.of())));
        }
    }

    private static void judge(Outcome outcome, Map<String, String> disagreements) {
        String disagreement = disagreements.get(outcome.id());
        boolean explained = outcome.kind() != Outcome.Kind.PASSED && disagreement != null;
        String reason = outcome.reason() + (explained ? "; disagreement: " + disagreement : "");
        OUTCOMES.add(new Outcome(outcome.id(), outcome.kind(), reason));
        if (outcome.kind() == Outcome.Kind.UNSUPPORTED || outcome.kind() == Outcome.Kind.FAILED && explained) {
            throw new TestAbortedException(reason);
        }
        if (outcome.kind() == Outcome.Kind.FAILED) {
            fail(reason);
        }
    }

    @AfterAll
    static void report() throws IOException {
        Files.createDirectories(REPORT.toAbsolutePath().getParent());
        Path unfinished = REPORT.resolveSibling("conformance.json.tmp");
        Files.writeString(unfinished, CaseFile.json(OUTCOMES) + "\n");
        Files.move(unfinished, REPORT, StandardCopyOption.REPLACE_EXISTING);
        System.out.printf(
                "conformance: %d passed, %d failed, %d unsupported%n",
                count(Outcome.Kind.PASSED), count(Outcome.Kind.FAILED), count(Outcome.Kind.UNSUPPORTED));
    }

    private static long count(Outcome.Kind kind) {
        return OUTCOMES.stream().filter(outcome -> outcome.kind() == kind).count();
    }
}
