// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import irqstorm.stats.measure.Dispersion.Reading;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Variation and dispersion of processes for which theory knows them. Gaps are in nanoseconds, about 10 us in the mean. */
class KnownProcessesTest {
    private static final double MEAN_GAP = 10_000;
    private static final int ARRIVALS = 400_000;
    private static final long WINDOW = 1_000_000;

    private final Random random = new Random(20_250_918);
    private final InterArrivals gaps = new InterArrivals();
    private final CountDispersion counts = new CountDispersion(WINDOW);

    private double exponential(double mean) {
        return -mean * Math.log1p(-random.nextDouble());
    }

    private void feed(DoubleSupplier gap) {
        double time = 0;
        for (int i = 0; i < ARRIVALS; i++) {
            time += gap.getAsDouble();
            gaps.add((long) time);
            counts.add((long) time);
        }
    }

    @Test
    void aPoissonProcessHasVariationAndFanoFactorOne() {
        feed(() -> exponential(MEAN_GAP));

        assertThat(gaps.variation()).isCloseTo(1, within(0.01));
        assertThat(counts.result().fano()).isCloseTo(1, within(0.07));
        assertThat(counts.result().reading()).isEqualTo(Reading.CHANCE);
    }

    @Test
    void aLoopThatIsLockedToItsLatencyHasNone() {
        feed(() -> MEAN_GAP);

        assertThat(gaps.variation()).isEqualTo(0);
        assertThat(counts.result().fano()).isEqualTo(0);
        assertThat(counts.result().reading()).isEqualTo(Reading.STEADIER);
    }

    @Test
    void aRenewalProcessOfErlangGapsHasTheFanoFactorOfItsSquaredVariation() {
        feed(() -> exponential(MEAN_GAP / 4)
                + exponential(MEAN_GAP / 4)
                + exponential(MEAN_GAP / 4)
                + exponential(MEAN_GAP / 4));

        assertThat(gaps.variation()).isCloseTo(0.5, within(0.01));
        assertThat(counts.result().fano()).isCloseTo(0.25, within(0.03));
    }

    @Test
    void aStormThatAThrottleInterruptsIsFarBurstierThanChance() {
        int[] delivered = {0};
        feed(() -> ++delivered[0] % 2000 == 0 ? 20_000_000 : MEAN_GAP);

        assertThat(counts.result().fano()).isGreaterThan(20);
        assertThat(counts.result().reading()).isEqualTo(Reading.BURSTIER);
    }

    @Test
    void theDeparturesOfAnMd1QueueVaryAsTheUtilisationSays() {
        double utilisation = 0.6;
        double service = utilisation * MEAN_GAP;
        double arrival = 0;
        double departure = 0;
        double waits = 0;
        for (int i = 0; i < ARRIVALS; i++) {
            arrival += exponential(MEAN_GAP);
            waits += Math.max(0, departure - arrival);
            departure = Math.max(arrival, departure) + service;
            gaps.add((long) departure);
        }

        assertThat(gaps.variation()).isCloseTo(Math.sqrt(1 - utilisation * utilisation), within(0.01));
        assertThat(waits / ARRIVALS).isCloseTo(service * utilisation / (2 * (1 - utilisation)), within(0.03 * service));
    }

    @Test
    void tooFewWindowsOrArrivalsSayNothing() {
        assertThat(gaps.variation()).isNull();
        assertThat(counts.result().fano()).isNull();
        counts.add(0);
        counts.add(9 * WINDOW + 1);
        assertThat(counts.result().windows()).isEqualTo(9);
        assertThat(counts.result().fano()).isNull();
        counts.add(10 * WINDOW + 1);
        assertThat(counts.result().fano()).isNotNull();
    }

    @Test
    void emptyWindowsCountAsWindows() {
        counts.add(0);
        for (int i = 0; i <= 10; i++) {
            counts.add(2L * i * WINDOW + 1);
        }

        assertThat(counts.result().windows()).isEqualTo(20);
        assertThat(counts.result().fano()).isCloseTo(20.0 / 19 * 0.5, within(1e-9));
    }
}
