// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.inference;

import java.util.Arrays;
import java.util.Comparator;

/** Holm's step-down correction for several tests at once (Scandinavian Journal of Statistics 6, 1979, pages 65 to 70). */
public final class Holm {
    private Holm() {}

    /** The adjusted p-values of {@code pValues}, in their order. NaN stays NaN and does not count as a test. */
    public static double[] adjust(double... pValues) {
        Integer[] order = new Integer[pValues.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
        long tests = Arrays.stream(pValues).filter(p -> !Double.isNaN(p)).count();
        double[] adjusted = new double[pValues.length];
        double greatest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            double p = pValues[order[rank]];
            greatest = Double.isNaN(p) ? Double.NaN : Math.max(greatest, Math.min(1, (tests - rank) * p));
            adjusted[order[rank]] = greatest;
        }
        return adjusted;
    }
}
