// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReaderOnlyRuleTest {

    @Test
    void theSamplesThatTheExamplesChangeAreValid() {
        assertThat(Samples.problems(Samples.plain())).isEmpty();
        assertThat(Samples.problems(Samples.nested())).isEmpty();
        assertThat(Schemas.problemsOfScenario(Samples.nested().root())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theReaderAloneSeesTheRuleBroken(ReaderOnlyRule rule) {
        JsonDocument broken = rule.brokenSample();

        assertThat(Schemas.problemsOfScenario(broken.root())).isEmpty();
        Samples.refused(broken, rule.message());
        assertThat(Samples.problems(broken)).allMatch(rule::explains);
    }
}
