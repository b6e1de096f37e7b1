// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static irqstorm.report.Moments.broadcast;
import static irqstorm.report.Moments.held;
import static irqstorm.report.Moments.lowered;
import static irqstorm.report.Moments.raised;
import static irqstorm.report.Moments.released;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {
    @Test
    void lanesGoFromTheWireInwardsWhateverHappensFirst() {
        assertThat(Lanes.of(List.of(broadcast(1), held(2), raised(3))).names()).containsExactly("usb", "pin 19", "L0");
    }

    @Test
    void aBarLastsFromTheRiseToTheFall() {
        assertThat(Lanes.of(List.of(raised(1), held(2), lowered(3), released(4)))
                        .bars())
                .containsExactlyInAnyOrder(
                        new Lanes.Bar("usb", 0, 2, "the line is high"),
                        new Lanes.Bar("pin 19", 1, 3, "Remote IRR is set"));
    }

    @Test
    void aBarThatDoesNotEndReachesTheLastEvent() {
        assertThat(Lanes.of(List.of(held(1), broadcast(2), broadcast(3))).bars())
                .containsExactly(new Lanes.Bar("pin 19", 0, 2, "Remote IRR is set"));
    }

    @Test
    void anEndWithoutABeginningIsNoBar() {
        assertThat(Lanes.of(List.of(released(1), lowered(2))).bars()).isEmpty();
    }
}
