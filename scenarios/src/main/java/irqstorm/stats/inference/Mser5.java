// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.inference;

/**
 * Where the start of a series should be cut off so that what remains is a steady state: MSER-5 (White, Cobb and Spratt, Winter Simulation
 * Conference 2000). The series is averaged in batches of five; of the batches, those are cut off without which the marginal standard
 * error of the rest is least.
 *
 * @param truncated how many values are cut off
 * @param mean the mean of the rest
 * @param steady whether the cut lies in the first half; if not, the run is too short for a steady state
 */
public record Mser5(int truncated, double mean, boolean steady) {
    /** Values in a batch. */
    public static final int BATCH = 5;

    private static final int LEAST_BATCHES = 10;

    /** The cut of {@code series}, without the values at its end that do not fill a batch. */
    public static Mser5 of(double... series) {
        int batches = series.length / BATCH;
        if (batches < LEAST_BATCHES) {
            return new Mser5(0, mean(series), false);
        }
        double sum = 0;
        double squares = 0;
        double least = Double.POSITIVE_INFINITY;
        int cut = 0;
        double mean = 0;
        for (int batch = batches - 1; batch >= 0; batch--) {
            double value = batchMean(series, batch);
            sum += value;
            squares += value * value;
            int n = batches - batch;
            // The last batches alone are alike by chance; the original rule leaves them out as well.
            if (n >= BATCH) {
                double error = Math.max(0, squares - sum * sum / n) / ((double) n * n);
                if (error <= least) {
                    least = error;
                    cut = batch;
                    mean = sum / n;
                }
            }
        }
        return new Mser5(cut * BATCH, mean, cut <= batches / 2);
    }

    private static double batchMean(double[] series, int batch) {
        double sum = 0;
        for (int i = batch * BATCH; i < (batch + 1) * BATCH; i++) {
            sum += series[i];
        }
        return sum / BATCH;
    }

    private static double mean(double[] series) {
        double sum = 0;
        for (double value : series) {
            sum += value;
        }
        return series.length == 0 ? Double.NaN : sum / series.length;
    }
}
