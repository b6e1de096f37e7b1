// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasuresTest {
    @Test
    void aStormShowsItsFigures() {
        assertThat(Measures.of(Runs.storm())).isEqualTo(new Measures("10,000.6", "49,144", "0.75 %", "50,000"));
    }

    @Test
    void withoutAStormThereIsNoRateButAnEoiExitCountOfNoneIsAFigure() {
        assertThat(Measures.of(Runs.right())).isEqualTo(new Measures("1.000", "-", "0.75 %", "0"));
    }

    @Test
    void onlyASplitIrqchipHasEoiExits() {
        assertThat(Measures.of(Runs.stuck()).eoiExits()).isEqualTo("-");
    }

    @Test
    void aLineAtFaultCountsBeforeLinesWithMoreDeliveries() {
        assertThat(Measures.of(Runs.lost())).isEqualTo(new Measures("0.200", "-", "-", "3"));
    }

    @Test
    void aRefusedConfigurationHasNoFigures() {
        assertThat(Measures.of(Runs.refused())).isEqualTo(new Measures("-", "-", "-", "-"));
    }
}
