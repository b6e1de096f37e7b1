// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0;0", "999;999", "1000;1,000", "123456;123,456", "-999;-999", "-1234567;-1,234,567"})
    void thousandsAreSetOffByCommas(long value, String text) {
        assertThat(Figures.count(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"1;1.000", "1.0004;1.000", "1.001;1.001", "99.9994;99.999", "100;100.0", "10000.6;10,000.6"})
    void aRatioShowsThatItIsNotQuiteOne(double value, String text) {
        assertThat(Figures.ratio(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0;0.00 %", "0.00753;0.75 %", "0.0999;9.99 %", "0.1;10.0 %", "0.98153;98.2 %", "1;100.0 %"})
    void aSmallShareHasMoreDecimals(double value, String text) {
        assertThat(Figures.percent(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"3.14159;3.1", "99.96;100.0", "100;100", "49143.7;49,144", "-3.14159;-3.1", "-49143.7;-49,144"})
    void aRateIsRounded(double value, String text) {
        assertThat(Figures.rate(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0ns",
        "999,999ns",
        "9999,9.999us",
        "42217,42.22us",
        "203612345,203.6ms",
        "1034567890,1.035s",
        "9999600000,10s",
        "120000000000,120s"
    })
    void aDurationIsRoundedToFourDigits(long nanos, String text) {
        assertThat(Figures.about(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0.000", "7,0.007", "999,0.999", "1000,1.000", "2032739,2032.739"})
    void microsecondsHaveThreeDecimals(long nanos, String text) {
        assertThat(Figures.micros(nanos)).isEqualTo(text);
    }

    @Test
    void whatWasNotMeasuredIsADash() {
        assertThat(Figures.ratio(null)).isEqualTo("-");
        assertThat(Figures.percent(null)).isEqualTo("-");
        assertThat(Figures.aboutOrNone(null)).isEqualTo("-");
        assertThat(Figures.aboutOrNone(1500L)).isEqualTo("1.5us");
    }

    @Test
    void numbersInHexadecimalArePadded() {
        assertThat(Figures.vector(0x8)).isEqualTo("0x08");
        assertThat(Figures.vector(0x81)).isEqualTo("0x81");
        assertThat(Figures.hex(0x123456, 4)).isEqualTo("0x123456");
    }

    @Test
    void aNounIsInThePluralUnlessThereIsOne() {
        assertThat(Figures.counted(0, "firing")).isEqualTo("0 firings");
        assertThat(Figures.counted(1, "firing")).isEqualTo("1 firing");
        assertThat(Figures.counted(2000, "firing")).isEqualTo("2,000 firings");
    }
}
