// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class ProblemsTest {

    private final Problems problems = new Problems("my.json");

    @Test
    void aProblemNamesFilePathFoundAndExpected() {
        assertThat(new Problem("my.json", "$.devices[1].gsi", "300", "an integer from 0 to 23").text())
                .isEqualTo("my.json: $.devices[1].gsi: found 300, expected an integer from 0 to 23");
    }

    @Test
    void aProblemLeavesOutWhatItDoesNotHave() {
        assertThat(new Problem("my.json", "", "no such file", "a readable file").text())
                .isEqualTo("my.json: found no such file, expected a readable file");
        assertThat(new Problem("my.json", "$", "{}", "", "a name is needed").text())
                .isEqualTo("my.json: $: found {}; a name is needed");
    }

    @Test
    void anInputWithoutProblemsPasses() {
        assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void allProblemsAreThrownAtOnceOneALine() {
        problems.add("$.a", "1", "2");
        problems.add("$.b", "\"strom\"", "one of \"storm\"", "did you mean \"storm\"?");

        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOf(ScenarioFormatException.class)
                .hasMessage("my.json: $.a: found 1, expected 2\n"
                        + "my.json: $.b: found \"strom\", expected one of \"storm\"; did you mean \"storm\"?");
    }

    @Test
    void theExceptionHoldsTheProblems() {
        problems.add("$.a", "1", "2");

        ScenarioFormatException thrown = catchThrowableOfType(ScenarioFormatException.class, problems::throwIfAny);
        assertThat(thrown.problems()).containsExactly(new Problem("my.json", "$.a", "1", "2", ""));
    }

    @Test
    void onlyFiftyAreListedAndTheOthersCounted() {
        for (int i = 0; i < Problems.LIMIT + 7; i++) {
            problems.add("$[" + i + "]", "1", "2");
        }

        assertThat(problems.count()).isEqualTo(57);
        ScenarioFormatException thrown = catchThrowableOfType(ScenarioFormatException.class, problems::throwIfAny);
        assertThat(thrown.problems()).hasSize(50);
        assertThat(thrown).hasMessageEndingWith("my.json: $[49]: found 1, expected 2\nand 7 more");
    }
}
