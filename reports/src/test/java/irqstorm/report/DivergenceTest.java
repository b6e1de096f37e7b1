// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static irqstorm.report.Happenings.broadcast;
import static irqstorm.report.Happenings.delivered;
import static irqstorm.report.Happenings.raised;
import static irqstorm.report.Happenings.section;
import static irqstorm.report.Happenings.suppressed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DivergenceTest {
    private static final Overview OVERVIEW = new Overview(List.of(Runs.right(), Runs.storm()));

    private static Divergence between(List<Report.Happening> base, List<Report.Happening> other) {
        return Divergence.of(
                section(Runs.right(), base.toArray(Report.Happening[]::new)),
                section(Runs.storm(), other.toArray(Report.Happening[]::new)),
                OVERVIEW);
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
        Report.Happening one = raised(1);
        Report.Happening later = new Report.Happening(
                1, one.timeNanos() + 250, one.cause(), one.who(), one.kind(), one.lane(), one.what());
        Report.Happening otherwise =
                new Report.Happening(1, one.timeNanos(), 7, one.who(), one.kind(), one.lane(), one.what());
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
    void runsThatAreAlikeSoFarAreNotCalledIdenticalUnlessTheirFingerprintsAre() {
        assertThat(between(List.of(raised(1)), List.of(raised(1))))
                .isEqualTo(new Divergence("The two runs are identical, all 500,621 events.", List.of()));
        Report.Section other = section(Runs.refused(), raised(1));
        assertThat(Divergence.of(section(Runs.right(), raised(1)), other, OVERVIEW)
                        .sentence())
                .isEqualTo("Identical in the first 1 event; they part later.");
    }

    @Test
    void theRowsAreThoseAroundTheFirstDifference() {
        List<Report.Happening> base =
                IntStream.rangeClosed(1, 40).mapToObj(Happenings::raised).toList();
        List<Report.Happening> other = new ArrayList<>(base);
        other.set(20, broadcast(21));
        List<Divergence.Row> rows = between(base, other).rows();
        assertThat(rows).hasSize(11);
        assertThat(rows.get(0).base()).isEqualTo(raised(18));
        assertThat(rows)
                .filteredOn(Divergence.Row::differs)
                .containsExactly(new Divergence.Row(raised(21), broadcast(21)));
    }

    @Test
    void aReportComparesWithWhatItRecommends() {
        Report.Section right = section(Runs.right(), suppressed(1));
        Report.Section storm = section(Runs.storm(), broadcast(1));
        Report.Section refused = section(Runs.refused());
        Report report = Happenings.report(storm, right, refused);
        assertThat(report.base()).contains(right);
        assertThat(report.divergence(storm)).isPresent();
        assertThat(report.divergence(right)).isEmpty();
        assertThat(report.divergence(refused)).isEmpty();
        assertThat(Happenings.report(refused, storm).base()).contains(storm);
    }
}
