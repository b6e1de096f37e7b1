// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.engine.StopReason;
import irqstorm.scenario.Scenario;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bundled scenario shows what it says it shows, and the same thing every time. */
class BundledRunsTest {

    static List<Named<Scenario>> scenarios() {
        return BundledScenarios.all().stream()
                .map(scenario -> Named.of(BundledScenarios.name(scenario), scenario))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aBundledScenarioMeetsItsOwnExpectationsAndComesToRest(Scenario scenario) {
        RunRecord run = BundledScenarios.run(scenario);

        assertThat(run.failures()).isEmpty();
        assertThat(run.stop()).isEqualTo(StopReason.DRAINED);
        assertThat(run.reason()).isNotBlank().endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void runningTwiceGivesTheSameWhetherOrNotSomebodyListens(Scenario scenario) {
        AtomicLong heard = new AtomicLong();
        RunRecord alone = BundledScenarios.run(scenario);
        RunRecord watched =
                ScenarioRunner.run(scenario, (sequence, time, actor, kind, a, b, c, cause) -> heard.incrementAndGet());

        assertThat(watched).isEqualTo(alone);
        assertThat(heard).hasValue(alone.events());
    }
}
