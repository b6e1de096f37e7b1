// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FalsifiedExpectationsTest {
    /** Of all falsified versions of passing cases, so many percent fail. */
    private static final int CAUGHT_PERCENT = 95;

    private static final List<String> MISSED = new ArrayList<>();
    private static final List<String> UNTOUCHABLE = new ArrayList<>();
    private static int versions;

    @BeforeAll
    static void falsifyEveryExpectation() {
        for (ConformanceCase test : CaseFile.own()) {
            if (CaseRunner.run(test).kind() == Outcome.Kind.PASSED && !falsify(test)) {
                UNTOUCHABLE.add(test.id());
            }
        }
    }

    /** Whether any falsified version fails. */
    private static boolean falsify(ConformanceCase test) {
        boolean caught = false;
        for (ConformanceCase falsified : Falsifier.versions(test)) {
            versions++;
            Outcome outcome = CaseRunner.run(falsified);
            if (outcome.kind() == Outcome.Kind.FAILED) {
                caught = true;
            } else {
                MISSED.add(test.id() + ": " + outcome);
            }
        }
        return caught;
    }

    @Test
    void aCaseWhoseExpectationIsFalsifiedFails() {
        assertThat(versions).isGreaterThan(800);
        assertThat(MISSED)
                .as("falsified versions that do not fail")
                .hasSizeLessThan(versions * (100 - CAUGHT_PERCENT) / 100);
    }

    @Test
    void everyPassingCaseHasAnExpectationThatCanBeFalsified() {
        assertThat(UNTOUCHABLE).isEmpty();
    }
}
