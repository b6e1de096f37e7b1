// SPDX-License-Identifier: Apache-2.0
package irqstorm.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class QuantileTableTest {

    private static final long WHOLE = 1L << QuantileTable.TAIL_BITS;
    private static final int MEDIAN = QuantileTable.KNOTS - 1;

    /** A table whose quantiles lie on a straight line, so that every draw is known exactly. */
    static QuantileTable straightLine() {
        long[] lower = new long[QuantileTable.KNOTS];
        long[] upper = new long[QuantileTable.KNOTS];
        for (int knot = 0; knot < QuantileTable.KNOTS; knot++) {
            lower[knot] = QuantileTable.tailProbability(knot);
            upper[knot] = WHOLE - lower[knot];
        }
        return new QuantileTable(lower, upper);
    }

    @Test
    void betweenQuantilesOnAStraightLineEveryDrawIsOnIt() {
        QuantileTable table = straightLine();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200_000; i++) {
            long nearOneEnd = random.nextLong() >>> random.nextInt(60);
            long bits = random.nextBoolean() ? nearOneEnd : ~nearOneEnd;
            long onTheLine = (bits >>> (63 - QuantileTable.TAIL_BITS)) + 1 >> 1;
            assertThat(table.at(bits)).isCloseTo(onTheLine, within(1L));
        }
    }

    @Test
    void aQuantileIsDrawnExactlyAtItsProbability() {
        QuantileTable table = straightLine();
        for (int knot = 0; knot < MEDIAN; knot++) {
            long bits = QuantileTable.tailProbability(knot) << (Long.SIZE - QuantileTable.TAIL_BITS);
            assertThat(table.at(bits)).isEqualTo(QuantileTable.tailProbability(knot));
            assertThat(table.at(~bits)).isEqualTo(WHOLE - QuantileTable.tailProbability(knot));
        }
        assertThat(table.at(Long.MIN_VALUE)).isEqualTo(WHOLE / 2);
        assertThat(table.at(Long.MAX_VALUE)).isEqualTo(WHOLE / 2);
    }

    @Test
    void tailProbabilitiesAreFineAtTheExtremeAndReachOneHalf() {
        assertThat(QuantileTable.tailProbability(0)).isZero();
        assertThat(QuantileTable.tailProbability(1)).isEqualTo(1);
        assertThat(QuantileTable.tailProbability(64)).isEqualTo(64);
        assertThat(QuantileTable.tailProbability(65)).isEqualTo(66);
        assertThat(QuantileTable.tailProbability(MEDIAN)).isEqualTo(WHOLE / 2);
    }

    @Test
    void cellsAreAtMostOneThirtySecondOfTheirTailWide() {
        for (int knot = 32; knot < MEDIAN; knot++) {
            long width = QuantileTable.tailProbability(knot + 1) - QuantileTable.tailProbability(knot);
            assertThat(width).isPositive();
            assertThat(width * 32).isLessThanOrEqualTo(QuantileTable.tailProbability(knot));
        }
    }

    @Test
    void extremesAndMeanAreThoseOfTheQuantiles() {
        QuantileTable table = straightLine();

        assertThat(table.minNanos()).isZero();
        assertThat(table.maxNanos()).isEqualTo(WHOLE);
        assertThat(table.meanNanos()).isEqualTo(WHOLE / 2);
    }

    @Test
    void theLeastDelayNeedNotBeNothing() {
        QuantileTable table = quantiles(lower -> Arrays.fill(lower, 7), upper -> Arrays.fill(upper, 7));

        assertThat(table.minNanos()).isEqualTo(7);
    }

    @Test
    void theMeanIsThatOfManyEvenlySpacedDraws() {
        QuantileTable table = quantiles(
                lower -> Arrays.setAll(lower, knot -> 1_000 + knot),
                upper -> Arrays.setAll(upper, knot -> 1_768 + 40L * (MEDIAN - knot) * (MEDIAN - knot)));
        double sum = 0;
        int draws = 1 << 20;
        for (long draw = 0; draw < draws; draw++) {
            sum += table.at((draw << 44) + (1L << 43));
        }
        assertThat((double) table.meanNanos()).isCloseTo(sum / draws, within(1.0));
    }

    @Test
    void theMeanOfTheLongestDelaysDoesNotOverflow() {
        QuantileTable table = quantiles(
                lower -> Arrays.fill(lower, DelayTable.MAX_NANOS), upper -> Arrays.fill(upper, DelayTable.MAX_NANOS));

        assertThat(table.meanNanos()).isEqualTo(DelayTable.MAX_NANOS);
    }

    @Test
    void aTableDoesNotChangeWithTheArraysItWasMadeOf() {
        long[] lower = new long[QuantileTable.KNOTS];
        long[] upper = new long[QuantileTable.KNOTS];
        QuantileTable table = new QuantileTable(lower, upper);
        lower[0] = 1;
        upper[0] = 1;

        assertThat(table.minNanos()).isZero();
        assertThat(table.maxNanos()).isZero();
    }

    @Test
    void tablesDifferIfAnyQuantileDiffers() {
        QuantileTable zero = quantiles(lower -> {}, upper -> {});

        assertThat(quantiles(lower -> {}, upper -> upper[0] = 1)).isNotEqualTo(zero);
        assertThat(quantiles(lower -> Arrays.fill(lower, 1, MEDIAN + 1, 1), upper -> Arrays.fill(upper, 1)))
                .isNotEqualTo(quantiles(lower -> Arrays.fill(lower, 1), upper -> Arrays.fill(upper, 1)));
    }

    @Test
    void quantilesOutOfOrderOrRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QuantileTable(new long[5], new long[5]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuantileTable(new long[QuantileTable.KNOTS], new long[5]));
        refused(lower -> lower[3] = 1, upper -> {});
        refused(lower -> {}, upper -> upper[3] = 1);
        refused(lower -> {}, upper -> Arrays.fill(upper, 1));
        refused(lower -> lower[0] = -1, upper -> {});
        refused(lower -> {}, upper -> upper[0] = DelayTable.MAX_NANOS + 1);
    }

    private static void refused(Consumer<long[]> lower, Consumer<long[]> upper) {
        assertThatIllegalArgumentException().isThrownBy(() -> quantiles(lower, upper));
    }

    private static QuantileTable quantiles(Consumer<long[]> setLower, Consumer<long[]> setUpper) {
        long[] lower = new long[QuantileTable.KNOTS];
        long[] upper = new long[QuantileTable.KNOTS];
        setLower.accept(lower);
        setUpper.accept(upper);
        return new QuantileTable(lower, upper);
    }
}
