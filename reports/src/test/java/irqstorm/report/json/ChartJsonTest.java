// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.report.Rates;
import irqstorm.report.Report;
import irqstorm.report.Runs;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartJsonTest {
    @Test
    void theChartsHaveTheRatesTheEpisodesAndTheTimeline() {
        Report.Section section = new Report.Section(
                Runs.storm(),
                new Rates(512, 1024, List.of(new Rates.Line("usb", List.of(4L, 1L)))),
                List.of(
                        new Report.Happening(
                                1, 2000, 0, Actor.DEVICE, EventKind.LINE_ASSERTED, "usb", "usb raises GSI 19"),
                        new Report.Happening(2, 3000, 1, Actor.L0_KVM, EventKind.VM_ENTRY, "L0", "enters \"L1\"")));
        assertThat(ChartJson.of(section)).isEqualTo("""
                        {"binNanos":512,"endNanos":1024,"lines":[{"name":"usb","deliveries":[4,1]}],\
                        "episodes":[{"line":"usb","startNanos":2034756,"endNanos":205647101,"deliveries":10000}],\
                        "lanes":["usb","L0"],"events":[\
                        {"number":1,"nanos":2000,"cause":0,"lane":0,"who":"DEVICE","what":"usb raises GSI 19"},\
                        {"number":2,"nanos":3000,"cause":1,"lane":1,"who":"L0_KVM","what":"enters \\"L1\\""}],\
                        "bars":[{"lane":0,"from":0,"to":1,"what":"the line is high"}]}""");
    }
}
