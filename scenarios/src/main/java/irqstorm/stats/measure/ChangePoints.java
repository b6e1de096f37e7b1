// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import java.util.Arrays;

/**
 * Where the rate of a series of counts changes: the exact optimum by PELT (Killick, Fearnhead and Eckley, Journal of the American
 * Statistical Association 107, 2012) with the cost of a Poisson rate. Each change costs three times the logarithm of the length (Zhang and
 * Siegmund, Biometrics 63, 2007), which keeps chance from making one.
 *
 * <p>Only places where one count differs from the next are tried: while a change moves through equal counts, the cost is a concave
 * function of where it is, so the best place is at one of their ends.
 */
final class ChangePoints {
    private static final double PENALTY = 3;

    /** The logarithms of small whole numbers. Comparing every two places would otherwise take longer than most runs. */
    private static final double[] LOGARITHMS = logarithms(1 << 16);

    private final long[] sums;

    private ChangePoints(long[] counts) {
        sums = new long[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            sums[i + 1] = sums[i] + counts[i];
        }
    }

    /** The indexes at which stretches of one rate begin, 0 among them, and last the length of {@code counts}. */
    static int[] of(long[] counts) {
        return new ChangePoints(counts).optimum(counts);
    }

    private int[] optimum(long[] counts) {
        int length = counts.length;
        double penalty = PENALTY * Math.log(Math.max(2, length));
        double[] best = new double[length + 1];
        int[] previous = new int[length + 1];
        best[0] = -penalty;
        int[] candidates = new int[length + 1];
        double[] costs = new double[length + 1];
        int size = 1;
        for (int end = 1; end <= length; end++) {
            if (end < length && counts[end] == counts[end - 1]) {
                continue;
            }
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                costs[i] = best[candidates[i]] + cost(candidates[i], end);
                if (costs[i] + penalty < least) {
                    least = costs[i] + penalty;
                    previous[end] = candidates[i];
                }
            }
            best[end] = least;
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (costs[i] <= least) {
                    candidates[kept++] = candidates[i];
                }
            }
            candidates[kept] = end;
            size = kept + 1;
        }
        return backwards(previous, length);
    }

    private static int[] backwards(int[] previous, int length) {
        int[] ends = new int[length + 1];
        int size = 0;
        int at = length;
        while (at > 0) {
            ends[length - size++] = at;
            at = previous[at];
        }
        ends[length - size++] = 0;
        return Arrays.copyOfRange(ends, length + 1 - size, length + 1);
    }

    /** Minus twice the greatest logarithmic likelihood of the counts from {@code start} to {@code end}, but for a constant. */
    private double cost(int start, int end) {
        long count = sums[end] - sums[start];
        return count == 0 ? 0 : 2 * count * (1 - logarithm(count) + logarithm(end - start));
    }

    private static double logarithm(long number) {
        return number < LOGARITHMS.length ? LOGARITHMS[(int) number] : Math.log((double) number);
    }

    private static double[] logarithms(int size) {
        double[] logarithms = new double[size];
        Arrays.setAll(logarithms, Math::log);
        return logarithms;
    }
}
