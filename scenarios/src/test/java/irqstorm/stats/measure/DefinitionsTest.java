// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What is measured as a run goes on against what its definition gives from all times at once. */
class DefinitionsTest {
    private static final int TIMES = 50;
    private static final long WINDOW = 1000;

    private static long[] arrivals(Random random) {
        double mean = 50 + random.nextInt(2000);
        long[] times = new long[100 + random.nextInt(300)];
        double time = random.nextInt(5000);
        for (int i = 0; i < times.length; i++) {
            time += -mean * Math.log1p(-random.nextDouble()) * (random.nextInt(10) == 0 ? 20 : 1);
            times[i] = (long) time;
        }
        return times;
    }

    @RepeatedTest(TIMES)
    void theFanoFactorIsTheSampleVarianceOfTheCountsOverTheirMean(RepetitionInfo repetition) {
        long[] times = arrivals(new Random(repetition.getCurrentRepetition()));
        CountDispersion dispersion = new CountDispersion(WINDOW);
        Arrays.stream(times).forEach(dispersion::add);

        long first = times[0];
        int windows = (int) ((times[times.length - 1] - first - 1) / WINDOW);
        double[] counts = new double[windows];
        Arrays.stream(times)
                .skip(1)
                .map(time -> Math.max(0, time - first - 1) / WINDOW)
                .filter(window -> window < windows)
                .forEach(window -> counts[(int) window]++);
        assertThat(dispersion.result().windows()).isEqualTo(windows);
        assertThat(dispersion.result().fano())
                .isCloseTo(StatUtils.variance(counts) / StatUtils.mean(counts), within(1e-9));
    }

    @RepeatedTest(TIMES)
    void theVariationIsTheSampleDeviationOfTheGapsOverTheirMean(RepetitionInfo repetition) {
        long[] times = arrivals(new Random(repetition.getCurrentRepetition()));
        InterArrivals gaps = new InterArrivals();
        Arrays.stream(times).forEach(gaps::add);

        double[] all = new double[times.length - 1];
        Arrays.setAll(all, i -> times[i + 1] - times[i]);
        assertThat(gaps.variation()).isCloseTo(Math.sqrt(StatUtils.variance(all)) / StatUtils.mean(all), within(1e-9));
    }

    /** PELT leaves out cuts that cannot win, and must find what trying all of them finds. */
    @RepeatedTest(TIMES)
    void theChangePointsAreTheBestOfAllDivisions(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        long[] counts = new long[2 + random.nextInt(11)];
        int rate = 1 + random.nextInt(20);
        for (int i = 0; i < counts.length; i++) {
            rate = random.nextInt(4) == 0 ? random.nextInt(60) : rate;
            counts[i] = random.nextInt(rate + 1);
        }
        double best = Double.POSITIVE_INFINITY;
        for (int division = 0; division < 1 << counts.length - 1; division++) {
            best = Math.min(best, cost(counts, ends(division, counts.length)));
        }

        int[] found = ChangePoints.of(counts);
        List<Integer> ends = new ArrayList<>();
        Arrays.stream(found).skip(1).forEach(ends::add);
        assertThat(found[0]).isZero();
        assertThat(cost(counts, ends)).isCloseTo(best, within(1e-9));
    }

    private static List<Integer> ends(int division, int length) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 1; i < length; i++) {
            if ((division >> i - 1 & 1) != 0) {
                ends.add(i);
            }
        }
        ends.add(length);
        return ends;
    }

    /** Minus twice the logarithm of the likelihood, but for the factorials, and the penalty for each change. */
    private static double cost(long[] counts, List<Integer> ends) {
        double cost = (ends.size() - 1) * 3 * Math.log(counts.length);
        int from = 0;
        for (int to : ends) {
            double rate = Arrays.stream(counts, from, to).average().orElseThrow();
            for (int i = from; i < to; i++) {
                cost -= rate == 0 ? 0 : 2 * (counts[i] * Math.log(rate) - rate);
            }
            from = to;
        }
        return cost;
    }
}
