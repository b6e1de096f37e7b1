// SPDX-License-Identifier: Apache-2.0
package irqstorm.random;

import java.util.Arrays;

/**
 * A continuous distribution given by its quantiles, with linear interpolation between them.
 *
 * <p>The probabilities of the quantiles are spaced as floating-point numbers are: from the median outwards, each halving
 * of the remaining tail is divided into 32 equal cells, down to a tail of 2<sup>-24</sup>, whose 32 cells are
 * 2<sup>-29</sup> wide. So the tails are as well resolved as the middle with {@value #KNOTS} quantiles a side. Rejected:
 * equally wide cells, of which several thousand are needed and which still cut the tails.
 */
public final class QuantileTable implements DelayTable {

    /** How many quantiles describe each half of the distribution. */
    public static final int KNOTS = 769;

    /** Tail probabilities are counted in units of 2 to the power of minus this. */
    public static final int TAIL_BITS = 29;

    private static final int CELLS_LOG2 = 5;
    private static final int CELLS = 1 << CELLS_LOG2;
    private static final int LAST = KNOTS - 1;

    /** The quantiles below the median, and from {@value #KNOTS} on those above it: from the extremes inwards. */
    private final long[] quantiles;

    /**
     * A table of quantiles.
     *
     * @param lower the delay in nanoseconds that is undercut with the probability {@link #tailProbability} of its index,
     *     in ascending order; at index 0 the least delay
     * @param upper the delay in nanoseconds that is exceeded with the probability {@link #tailProbability} of its index,
     *     in descending order; at index 0 the greatest delay. The last is the median, as in {@code lower}
     */
    public QuantileTable(long[] lower, long[] upper) {
        if (lower.length != KNOTS || upper.length != KNOTS || lower[LAST] != upper[LAST]) {
            throw new IllegalArgumentException(KNOTS + " quantiles a side with one median");
        }
        if (lower[0] < 0 || upper[0] > MAX_NANOS) {
            throw new IllegalArgumentException("no delays from " + lower[0] + "ns to " + upper[0] + "ns");
        }
        for (int i = 1; i < KNOTS; i++) {
            if (lower[i - 1] > lower[i] || upper[i - 1] < upper[i]) {
                throw new IllegalArgumentException("quantile " + i + " is out of order");
            }
        }
        this.quantiles = Arrays.copyOf(lower, 2 * KNOTS);
        System.arraycopy(upper, 0, quantiles, KNOTS, KNOTS);
    }

    /**
     * The probability beyond a quantile, in units of 2<sup>-{@value #TAIL_BITS}</sup>.
     *
     * @param knot the index of the quantile, from 0 at the extreme to {@value #KNOTS} - 1 at the median
     */
    public static long tailProbability(int knot) {
        int octave = Math.max(0, (knot >> CELLS_LOG2) - 1);
        return (long) (knot - (octave << CELLS_LOG2)) << octave;
    }

    /** Which half it is is random, so a branch on it would be mispredicted every other time: arithmetic costs less. */
    @Override
    public long at(long bits) {
        // The first bit says which side of the median; the others, inverted above it, are the tail probability.
        long above = bits >> 63;
        long tail = bits ^ above;
        int units = (int) (tail >>> (64 - TAIL_BITS));
        int octave = Long.SIZE - 1 - CELLS_LOG2 - Long.numberOfLeadingZeros(units | CELLS);
        int cell = (octave << CELLS_LOG2) + (units >>> octave) + (KNOTS & (int) above);
        long fraction = tail << (TAIL_BITS - octave);
        long inwards = UnsignedMultiply.rounded(fraction, negateIf(above, quantiles[cell + 1] - quantiles[cell]));
        return quantiles[cell] + negateIf(above, inwards);
    }

    /** {@code value} negated if {@code mask} is −1, itself if it is 0. */
    private static long negateIf(long mask, long value) {
        return (value ^ mask) - mask;
    }

    @Override
    public long minNanos() {
        return quantiles[0];
    }

    @Override
    public long maxNanos() {
        return quantiles[KNOTS];
    }

    /** The expected delay, exact to a nanosecond: the trapezoids over the cells, narrow ones first. */
    @Override
    public long meanNanos() {
        long sum = 0;
        for (int cell = 0; cell < LAST; cell++) {
            boolean cellsDouble = cell % CELLS == 0 && cell > CELLS;
            sum = (cellsDouble ? sum >> 1 : sum) + ends(cell);
        }
        // A trapezoid is half the sum of its ends times its width, and the widest cells are 2 to the minus 7 wide.
        return (sum + (1 << 7)) >> 8;
    }

    private long ends(int cell) {
        return quantiles[cell] + quantiles[cell + 1] + quantiles[KNOTS + cell] + quantiles[KNOTS + cell + 1];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantileTable that && Arrays.equals(quantiles, that.quantiles);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(quantiles);
    }
}
