// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OwnCasesTest {
    private static final Set<String> REQUIRED_GROUPS = Set.of("ioapic", "lapic", "split");

    private static final List<ConformanceCase> CASES = CaseFile.own();
    private static final Map<String, Outcome> OUTCOMES = new TreeMap<>();

    @BeforeAll
    static void runAll() {
        CASES.forEach(test -> OUTCOMES.put(test.id(), CaseRunner.run(test)));
    }

    private static boolean passes(ConformanceCase test) {
        return OUTCOMES.get(test.id()).kind() == Outcome.Kind.PASSED;
    }

    @Test
    void noTwoCasesHaveTheSameIdAndEachSaysWhereItIsFrom() {
        assertThat(CASES.stream().map(ConformanceCase::id)).doesNotHaveDuplicates();
        assertThat(CASES)
                .allSatisfy(test -> assertThat(
                                test.json().path("source").path("suite").asString(""))
                        .as(test.id())
                        .isNotEmpty());
    }

    @Test
    void whatTheControllersDoIsNeverLeftUnexplained() {
        Map<String, String> disagreements = CaseFile.disagreements();
        List<String> unexplained = new ArrayList<>();
        for (ConformanceCase test : CASES) {
            boolean mustPass = REQUIRED_GROUPS.contains(test.group())
                    && (test.confidence().equals("high") || !disagreements.containsKey(test.id()))
                    && !test.preconditions().path("flags").toString().contains("intremap");
            if (mustPass && !passes(test)) {
                unexplained.add(test.id());
            }
        }
        assertThat(unexplained).isEmpty();
    }

    @Test
    void aDisagreementIsAboutACaseThatDoesNotPass() {
        Map<String, String> disagreements = CaseFile.disagreements();
        List<String> settled = CASES.stream()
                .filter(test -> disagreements.containsKey(test.id()) && passes(test))
                .map(ConformanceCase::id)
                .toList();
        assertThat(settled).isEmpty();
        assertThat(CASES.stream().map(ConformanceCase::id)).containsAll(disagreements.keySet());
    }

    @Test
    void theSameCasesHaveTheSameOutcomesEveryTime() {
        assertThat(CASES.stream().map(CaseRunner::run).toList())
                .isEqualTo(CASES.stream().map(test -> OUTCOMES.get(test.id())).toList());
    }
}
