// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static irqstorm.report.Moments.broadcast;
import static irqstorm.report.Moments.delivered;
import static irqstorm.report.Moments.raised;
import static irqstorm.report.Moments.section;
import static irqstorm.report.Moments.suppressed;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.stats.experiment.Execution;
import irqstorm.stats.experiment.Plan;
import irqstorm.trace.TraceEvent;
import irqstorm.trace.TraceSink;
import java.util.List;
import org.junit.jupiter.api.Test;

class DivergenceTest {
    private static Divergence between(List<Report.Moment> base, List<Report.Moment> other) {
        int alike = 0;
        while (alike < Math.min(base.size(), other.size()) && base.get(alike).equals(other.get(alike))) {
            alike++;
        }
        return Divergence.of(new Divergence.Side("9", 1, base), new Divergence.Side("6", 1, other), alike);
    }

    private static KeptRun keptRun(Scenario scenario) {
        KeptRun keptRun = new KeptRun(scenario);
        ScenarioRunner.run(scenario, keptRun.sinks().toArray(TraceSink[]::new));
        return keptRun;
    }

    @Test
    void anEoiThatIsSuppressedInOneSaysThatBit12WasHonoured() {
        assertThat(between(List.of(raised(1), suppressed(2)), List.of(raised(1), broadcast(2)))
                        .sentence())
                .isEqualTo(
                        "Identical until event 1; then bit 12 of SPIV was honoured in 9 and the EOI kept from the I/O APIC;"
                                + " not so in 6, where L0 EOI reaches the I/O APIC.");
        assertThat(between(List.of(broadcast(1)), List.of(suppressed(1))).sentence())
                .startsWith("Different from the first event: bit 12 of SPIV was honoured in 6");
    }

    @Test
    void otherDifferencesAreToldFromBothSides() {
        assertThat(between(List.of(raised(1), delivered(2)), List.of(raised(1), broadcast(2)))
                        .sentence())
                .isEqualTo("Identical until event 1; then in 9 pin 19 delivers; in 6 L0: EOI reaches the I/O APIC.");
    }

    @Test
    void aDifferenceInTimeOrCauseIsADifference() {
        Report.Moment one = raised(1);
        Report.Moment later =
                new Report.Moment(1, one.timeNanos() + 250, one.cause(), one.who(), one.kind(), one.lane(), one.what());
        Report.Moment otherwise =
                new Report.Moment(1, one.timeNanos(), 7, one.who(), one.kind(), one.lane(), one.what());
        assertThat(between(List.of(one), List.of(later)).sentence())
                .isEqualTo("Different from the first event: the same happens 250ns later in 6: usb raises GSI 19.");
        assertThat(between(List.of(later), List.of(one)).sentence()).contains("250ns earlier in 6");
        assertThat(between(List.of(one), List.of(otherwise)).sentence())
                .contains("for another cause: usb raises GSI 19");
    }

    @Test
    void aRunThatEndsPartsFromOneThatGoesOn() {
        Divergence divergence = between(List.of(raised(1)), List.of(raised(1), broadcast(2)));
        assertThat(divergence.sentence()).isEqualTo("Identical until event 1; then 9 ends, while the other goes on.");
        assertThat(divergence.rows())
                .containsExactly(new Divergence.Row(raised(1), raised(1)), new Divergence.Row(null, broadcast(2)));
        assertThat(divergence.rows()).extracting(Divergence.Row::differs).containsExactly(false, true);
    }

    @Test
    void aValueThatTheWordsLeaveOutIsADifferenceToo() {
        Divergence divergence = Divergence.of(
                new Divergence.Side("9", 1, List.of(raised(1))), new Divergence.Side("6", 1, List.of(raised(1))), 0);
        assertThat(divergence.sentence())
                .isEqualTo("Different from the first event: the same happens, with other values: usb raises GSI 19.");
    }

    @Test
    void runsThatAreAlikeToTheEndSaySo() {
        Scenario scenario = ScenarioLibrary.open("plain-level").base();
        long events = ScenarioRunner.run(scenario).events();
        assertThat(Divergence.of(keptRun(scenario), "9", keptRun(scenario), "6"))
                .isEqualTo(new Divergence(
                        "The two runs are identical, all " + Figures.counted(events, "event") + ".",
                        events,
                        List.of()));
    }

    @Test
    void runsThatPartLateAreFollowedToTheEventAtWhichTheyDo() {
        Scenario whole = ScenarioLibrary.open("credential-guard").find("9").orElseThrow();
        Scenario shorter = new Scenario(
                whole.name(),
                whole.title(),
                "shorter",
                whole.durationNanos() * 3 / 4,
                whole.settleNanos(),
                whole.limits(),
                whole.machine(),
                whole.expectations());
        List<TraceEvent> one = events(whole);
        List<TraceEvent> two = events(shorter);
        int alike = 0;
        while (alike < two.size() && one.get(alike).equals(two.get(alike))) {
            alike++;
        }
        assertThat(alike).isGreaterThan(Checkpoints.MOST);

        Divergence divergence = Divergence.of(keptRun(whole), "whole", keptRun(shorter), "shorter");

        assertThat(divergence.alike()).isEqualTo(alike);
        assertThat(divergence.sentence()).startsWith("Identical until event " + Figures.count(alike) + "; then ");
        assertThat(divergence.common())
                .hasSize(3)
                .last()
                .extracting(Report.Moment::number)
                .isEqualTo((long) alike);
        assertThat(divergence.baseOnly()).hasSize(8);
        assertThat(divergence.rows()).hasSize(11);
        assertThat(divergence.rows().subList(0, 3)).noneMatch(Divergence.Row::differs);
        assertThat(divergence.rows().get(3).differs()).isTrue();
    }

    private static List<TraceEvent> events(Scenario scenario) {
        EventWindow all = new EventWindow(1, Long.MAX_VALUE);
        ScenarioRunner.run(scenario, all);
        return all.events();
    }

    @Test
    void whatIsShownOfEachIsWhatOnlyItDoes() {
        Divergence divergence = between(List.of(raised(1), delivered(2)), List.of(raised(1), broadcast(2)));
        assertThat(divergence.common()).containsExactly(raised(1));
        assertThat(divergence.baseOnly()).containsExactly(delivered(2));
        assertThat(divergence.otherOnly()).containsExactly(broadcast(2));
    }

    @Test
    void aReportComparesWithWhatItRecommends() {
        Report.Section right = section(Runs.right(), suppressed(1));
        Report.Section storm = section(Runs.storm(), broadcast(1));
        Report.Section refused = section(Runs.refused());
        Report report = Moments.report(storm, right, refused);
        assertThat(report.base()).contains(right.run());
        assertThat(Moments.report(refused, storm).base()).contains(storm.run());
    }

    @Test
    void everyConfigurationThatRanIsComparedWithTheBaseAndNotTheBaseItself() {
        Report report = Report.of(ScenarioLibrary.open("credential-guard"), Plan.of(1), Execution.onAllProcessors());
        assertThat(report.sections())
                .filteredOn(section -> section.divergence().isEmpty())
                .extracting(section -> section.run().configuration())
                .containsExactly(
                        "4-kernel-enable", "9-split-enable", "13-enable-and-disable", "14-no-kernel-lapic-enable");
        assertThat(report.sections().get(6).divergence().orElseThrow().sentence())
                .isEqualTo(
                        "Identical until event 15; then bit 12 of SPIV was honoured in 9 and the EOI kept from the I/O"
                                + " APIC; not so in 6, where L0 exits to VMM: KVM_EXIT_IOAPIC_EOI (26), vector 0x81.");
    }
}
