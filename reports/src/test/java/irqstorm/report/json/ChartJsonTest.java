// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.report.Measured;
import irqstorm.report.Overview;
import irqstorm.report.Rates;
import irqstorm.report.Report;
import irqstorm.report.Runs;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.stats.experiment.ConfigurationMeasure;
import irqstorm.stats.inference.KaplanMeier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChartJsonTest {
    private static String json(ConfigurationMeasure measured) {
        return ChartJson.of(new Report.Section(
                measured,
                new Rates(512, 1024, List.of(new Rates.Line("usb", List.of(4L, 1L)))),
                List.of(),
                List.of(
                        new Report.Moment(
                                1, 2000, 0, Actor.DEVICE, EventKind.LINE_ASSERTED, "usb", "usb raises GSI 19"),
                        new Report.Moment(2, 3000, 1, Actor.L0_KVM, EventKind.VM_ENTRY, "L0", "enters \"L1\"")),
                Optional.empty()));
    }

    @Test
    void theChartsHaveTheRatesTheEpisodesAndTheTimeline() {
        assertThat(json(Measured.of(Runs.storm()))).isEqualTo("""
                        {"binNanos":512,"endNanos":1024,"lines":[{"name":"usb","deliveries":[4,1]}],\
                        "episodes":[{"line":"usb","startNanos":2034756,"endNanos":205647101,"deliveries":10000}],\
                        "lanes":["usb","L0"],"events":[\
                        {"number":1,"nanos":2000,"cause":0,"lane":0,"who":"DEVICE","what":"usb raises GSI 19"},\
                        {"number":2,"nanos":3000,"cause":1,"lane":1,"who":"L0_KVM","what":"enters \\"L1\\""}],\
                        "bars":[{"lane":0,"from":0,"to":1,"what":"the line is high"}],\
                        "latency":null,"dispersion":null}""");
    }

    @Test
    void theyHaveTheLatenciesAndTheFanoFactorsThatThereAre() {
        assertThat(json(Measured.of(Runs.storm(), List.of(Measured.line("usb")))))
                .endsWith("""
                        "latency":{"lowest":1.0,"reference":null,"ticks":["p50","p90","p99","p99.9","max"],\
                        "decades":[[1.0,"1ns"],[10.0,"10ns"],[100.0,"100ns"],[1000.0,"1us"],[10000.0,"10us"],[100000.0,"100us"]],\
                        "curves":[{"name":"to accept","line":0,"stage":0,"points":\
                        [[0,0.0,"0ns"],[1,1000.0,"1us"],[2,2000.0,"2us"],[3,3000.0,"3us"],[4,4000.0,"4us"]]},\
                        {"name":"to LAPIC EOI","line":0,"stage":2,"points":\
                        [[0,5000.0,"5us"],[1,6000.0,"6us"],[2,7000.0,"7us"],[3,8000.0,"8us"],[4,12000.0,"12us"]]}]},\
                        "dispersion":{"lowest":0.001,"reference":1.0,"ticks":["100us","1ms","10ms"],\
                        "decades":[[0.001,"0.001"],[0.01,"0.01"],[0.1,"0.1"],[1.0,"1"],[10.0,"10"],[100.0,"100"],[1000.0,"1,000"]],\
                        "curves":[{"name":"usb","line":0,"stage":0,"points":[[0,0.0,"0"],[2,250.0,"250.0"]]}]}}""");
    }

    @Test
    void theTimeToTheFirstStormIsThatOfTheConfigurationsThatHadOne() {
        KaplanMeier times = KaplanMeier.of(
                List.of(new KaplanMeier.Observation(1_000_000, true), new KaplanMeier.Observation(5_000_000, false)));
        KaplanMeier never = KaplanMeier.of(List.of(new KaplanMeier.Observation(5_000_000, false)));
        Report report = new Report(
                ScenarioLibrary.open("plain-level"),
                Measured.report(
                        2,
                        List.of(
                                Measured.replicated(Runs.storm(), List.of(), times),
                                Measured.replicated(Runs.right(), List.of(), never))),
                new Overview(List.of()),
                List.of(),
                List.of());
        assertThat(ChartJson.of(report))
                .isEqualTo("{\"endNanos\":1100000,\"survival\":[{\"name\":\"6-quirked\",\"steps\":[[1000000,0.5]]}]}");
    }
}
