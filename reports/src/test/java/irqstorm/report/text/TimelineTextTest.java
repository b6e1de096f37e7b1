// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.report.EventText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTextTest {
    private final StringWriter text = new StringWriter();

    private TimelineText timeline(long limit, String device) {
        return new TimelineText(new PrintWriter(text), new EventText(List.of(device), 1), limit);
    }

    @Test
    void anEventHasItsNumberItsTimeItsCauseItsActorAndItsWords() {
        TimelineText timeline = timeline(10, "usb");
        timeline.start();
        timeline.record(1, 2_032_739, Actor.DEVICE, EventKind.LINE_ASSERTED, 0, 19, 0, 0);
        timeline.record(2, 2_034_756, Actor.CHIP, EventKind.LAPIC_ACCEPTED, 0, 0x81, 1, 1);
        timeline.finish();
        assertThat(text.toString().lines())
                .containsExactly(
                        "  event     time [us]    cause  who     what",
                        "      1      2032.739        -  device  usb raises GSI 19",
                        "      2      2034.756        1  chip    LAPIC accepts vector 0x81, level");
    }

    @Test
    void eventsBeyondTheLimitAreCounted() {
        TimelineText timeline = timeline(2, "usb");
        for (int i = 1; i <= 5; i++) {
            timeline.record(i, i, Actor.L2, EventKind.VM_EXIT, 0, 0, 2, i - 1);
        }
        assertThat(text.toString().lines()).hasSize(2);
        timeline.finish();
        assertThat(text.toString().lines()).hasSize(3).last().isEqualTo("... and 3 more events");
    }

    @Test
    void aHundredColumnsAreEnough() {
        TimelineText timeline = timeline(10, "d".repeat(100));
        timeline.record(
                Long.MAX_VALUE, Long.MAX_VALUE, Actor.DEVICE, EventKind.CAUSE_MERGED, 0, 19, 0, Long.MAX_VALUE - 1);
        timeline.record(1, 1, Actor.CHIP, EventKind.THROTTLE_ARMED, 19, 0x81, 10_000_000, 0);
        timeline.finish();
        assertThat(text.toString().lines()).hasSizeGreaterThan(2).allMatch(line -> line.length() <= Layout.WIDTH);
    }
}
