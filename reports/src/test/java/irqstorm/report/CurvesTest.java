// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.stats.measure.RunMeasure;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {
    private static RunMeasure run(String... lines) {
        return Measured.of(
                        Runs.storm(),
                        List.of(lines).stream().map(Measured::line).toList())
                .measure();
    }

    @Test
    void aStageThatNoInterruptReachedHasNoCurve() {
        Curves curves = Curves.latencies(run("usb"));
        assertThat(curves.curves()).extracting(Curves.Curve::name).containsExactly("to accept", "to LAPIC EOI");
        assertThat(curves.curves().get(1).at(4)).isEqualTo("12us");
        assertThat(curves.words()).startsWith("to accept: 0ns (p50) to 4us (max); to LAPIC EOI: 5us (p50)");
    }

    @Test
    void severalLinesAreToldApart() {
        assertThat(Curves.latencies(run("usb", "nic")).curves())
                .extracting(Curves.Curve::name)
                .containsExactly("usb: to accept", "usb: to LAPIC EOI", "nic: to accept", "nic: to LAPIC EOI");
        assertThat(Curves.dispersions(run("usb", "nic")).curves())
                .extracting(Curves.Curve::line)
                .containsExactly(0, 1);
    }

    @Test
    void aWindowWithoutAFanoFactorHasNoPoint() {
        Curves curves = Curves.dispersions(run("usb"));
        assertThat(curves.ticks()).containsExactly("100us", "1ms", "10ms");
        assertThat(curves.curves().get(0).points())
                .containsExactly(new Curves.Point(0, 0, "0"), new Curves.Point(2, 250, "250.0"));
        assertThat(curves.curves().get(0).at(1)).isEqualTo("-");
        assertThat(Curves.dispersion(Measured.line("usb")))
                .isEqualTo("usb: 0 in windows of 100us, steadier than chance; 250.0 in windows of 10ms, burstier than"
                        + " chance");
    }

    @Test
    void theAxisHoldsEveryPointAndTheReferenceAndZeroStandsLowest() {
        Curves curves = Curves.dispersions(run("usb"));
        assertThat(curves.decades())
                .extracting(Curves.Decade::words)
                .containsExactly("0.001", "0.01", "0.1", "1", "10", "100", "1,000");
        assertThat(curves.drawn(0)).isEqualTo(0.001);
        assertThat(new Curves(List.of("p50"), List.of(), 1, 1.0).decades())
                .extracting(Curves.Decade::value)
                .containsExactly(1.0, 10.0);
    }

    @Test
    void nothingMeasuredIsNothingToDraw() {
        assertThat(Curves.latencies(run()).isEmpty()).isTrue();
        assertThat(Curves.dispersions(run()).isEmpty()).isTrue();
    }
}
