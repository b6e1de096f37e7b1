// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static irqstorm.report.Moments.broadcast;
import static irqstorm.report.Moments.delivered;
import static irqstorm.report.Moments.lowered;
import static irqstorm.report.Moments.raised;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FirstTurnTest {
    @Test
    void aTurnEndsBeforeTheNextInterrupt() {
        assertThat(FirstTurn.of(List.of(broadcast(1), raised(2), delivered(3), lowered(4), raised(5))))
                .containsExactly(raised(2), delivered(3), lowered(4));
    }

    @Test
    void aStormsTurnEndsWithTheDeliveryThatIsTooMany() {
        assertThat(FirstTurn.of(List.of(raised(1), delivered(2), broadcast(3), delivered(4), broadcast(5))))
                .containsExactly(raised(1), delivered(2), broadcast(3), delivered(4));
    }

    @Test
    void aTurnThatDoesNotEndIsCutOff() {
        List<Report.Moment> events = IntStream.rangeClosed(1, 60)
                .mapToObj(i -> i == 1 ? raised(1) : broadcast(i))
                .toList();
        assertThat(FirstTurn.of(events)).hasSize(40);
    }

    @Test
    void withoutAnInterruptThereIsNoTurn() {
        assertThat(FirstTurn.of(List.of(broadcast(1), lowered(2)))).isEmpty();
    }
}
