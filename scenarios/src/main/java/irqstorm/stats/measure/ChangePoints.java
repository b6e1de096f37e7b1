// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the rate of a series of counts changes: the exact optimum by PELT (Killick, Fearnhead and Eckley, Journal of the American
 * Statistical Association 107, 2012) with the cost of a Poisson rate. Each change costs three times the logarithm of the length (Zhang and
 * Siegmund, Biometrics 63, 2007), which keeps chance from making one.
 */
final class ChangePoints {
    private static final double PENALTY = 3;

    private final double[] sums;

    private ChangePoints(long[] counts) {
        sums = new double[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            sums[i + 1] = sums[i] + counts[i];
        }
    }

    /** The indexes at which stretches of one rate begin, 0 among them, and last the length of {@code counts}. */
    static int[] of(long[] counts) {
        return new ChangePoints(counts).optimum(counts.length);
    }

    private int[] optimum(int length) {
        double penalty = PENALTY * Math.log(Math.max(2, length));
        double[] best = new double[length + 1];
        int[] previous = new int[length + 1];
        best[0] = -penalty;
        List<Integer> candidates = new ArrayList<>(List.of(0));
        for (int end = 1; end <= length; end++) {
            int at = end;
            best[end] = Double.POSITIVE_INFINITY;
            for (int start : candidates) {
                double cost = best[start] + cost(start, end) + penalty;
                if (cost < best[end]) {
                    best[end] = cost;
                    previous[end] = start;
                }
            }
            candidates.removeIf(start -> best[start] + cost(start, at) > best[at]);
            candidates.add(end);
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
        double count = sums[end] - sums[start];
        return count == 0 ? 0 : 2 * count * (1 - Math.log(count / (end - start)));
    }
}
