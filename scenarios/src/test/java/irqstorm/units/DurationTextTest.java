// SPDX-License-Identifier: Apache-2.0
package irqstorm.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0ns",
        "1, 1ns",
        "999, 999ns",
        "1000, 1us",
        "1500, 1.5us",
        "59000, 59us",
        "100001, 100.001us",
        "999999, 999.999us",
        "1000000, 1ms",
        "10000000, 10ms",
        "250004000, 250.004ms",
        "1000000000, 1s",
        "60000000000, 60s",
        "2592000000000000, 2592000s",
        "-1500, -1.5us",
        "-9223372036854775808, -9223372036.854775808s",
    })
    void durationsAreWrittenExactlyInTheLargestFittingUnit(long nanos, String text) {
        assertThat(DurationText.format(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "59us, 59000",
        "59\u00b5s, 59000",
        "59\u03bcs, 59000",
        "0ns, 0",
        "0.0s, 0",
        "1.5us, 1500",
        "1.500000us, 1500",
        "0.001us, 1",
        "007ms, 7000000",
        "250.004ms, 250004000",
        "1.000000001s, 1000000001",
        "2min, 120000000000",
        "0.5min, 30000000000",
        "1.00000000005min, 60000000003",
        "43200min, 2592000000000000",
        "2592000s, 2592000000000000",
    })
    void durationsAreReadWithAnyUnitAndDecimalsThatComeOutWhole(String text, long nanos) {
        assertThat(DurationText.parseNanos(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "us",
                "5 us",
                " 5us",
                "5us ",
                "5us\n",
                "-5us",
                "+5us",
                "5US",
                "5Ms",
                "5sec",
                "5h",
                ".5us",
                "5.us",
                "1e3us",
                "1,5us",
                "5us5",
                "0x5us",
                "\u0665us",
                "1.0000000000000us",
                "12345678901234567ns"
            })
    void anythingElseIsRefusedWithExamples(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parseNanos(text))
                .withMessage(DurationText.EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5ns", "1.0001us", "0.0000000001s", "0.00000000001min"})
    void fractionsOfANanosecondAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parseNanos(text))
                .withMessage("a whole number of nanoseconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2592000000000001ns", "2592000.000000001s", "43201min", "9999999999999999min"})
    void moreThanThirtyDaysAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parseNanos(text))
                .withMessage("a duration of at most 30 days");
    }

    @Test
    void readingUndoesWriting() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100_000; i++) {
            long precise = random.nextLong(DurationText.MAX_NANOS + 1) >>> random.nextInt(52);
            long round = precise - precise % (long) Math.pow(10, random.nextInt(10));
            assertThat(DurationText.parseNanos(DurationText.format(precise))).isEqualTo(precise);
            assertThat(DurationText.parseNanos(DurationText.format(round))).isEqualTo(round);
        }
    }
}
