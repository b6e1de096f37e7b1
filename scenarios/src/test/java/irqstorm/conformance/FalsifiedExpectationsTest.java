// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FalsifiedExpectationsTest {
    /** Of all falsified versions of passing cases, so many percent fail. */
    private static final int CAUGHT_PERCENT = 95;

    @Test
    void aCaseWhoseExpectationIsFalsifiedFails() {
        int versions = 0;
        List<String> missed = new ArrayList<>();
        for (ConformanceCase test : CaseFile.own()) {
            if (CaseRunner.run(test).kind() != Outcome.Kind.PASSED) {
                continue;
            }
            for (ConformanceCase falsified : Falsifier.versions(test)) {
                versions++;
                Outcome outcome = CaseRunner.run(falsified);
                if (outcome.kind() != Outcome.Kind.FAILED) {
                    missed.add(test.id() + ": " + outcome);
                }
            }
        }
        assertThat(versions).isGreaterThan(500);
        assertThat(missed)
                .as("falsified versions that do not fail")
                .hasSizeLessThan(versions * (100 - CAUGHT_PERCENT) / 100);
    }

    @Test
    void everyPassingCaseHasAnExpectationThatCanBeFalsified() {
        List<String> untouchable = CaseFile.own().stream()
                .filter(test -> CaseRunner.run(test).kind() == Outcome.Kind.PASSED)
                .filter(test -> Falsifier.versions(test).stream()
                        .noneMatch(falsified -> CaseRunner.run(falsified).kind() == Outcome.Kind.FAILED))
                .map(ConformanceCase::id)
                .toList();
        assertThat(untouchable).isEmpty();
    }
}
