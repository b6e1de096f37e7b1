// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowsAndEpisodesTest {
    private static final long MILLI = 1_000_000;

    @Test
    void thePeakIsThatOfAWindowWhereverItLies() {
        SlidingWindow window = new SlidingWindow(MILLI);
        for (long time : new long[] {0, 600_000, 900_000, 1_100_000, 1_400_000, 5_000_000}) {
            window.add(time);
        }

        WindowRate rate = window.result(10 * MILLI);
        assertThat(rate.peakPerSecond()).isEqualTo(4000);
        assertThat(rate.busyShare()).isEqualTo(0.3);
        assertThat(rate.busyPerSecond()).isEqualTo(2000);
    }

    @Test
    void aRunShorterThanTheWindowHasNoRateInIt() {
        SlidingWindow window = new SlidingWindow(MILLI);
        window.add(10);

        assertThat(window.result(MILLI - 1)).isEqualTo(new WindowRate(MILLI, null, null, null));
        assertThat(window.result(MILLI).peakPerSecond()).isEqualTo(1000);
    }

    @Test
    void aLineWithoutDeliveriesIsNeverBusy() {
        assertThat(new SlidingWindow(MILLI).result(2 * MILLI)).isEqualTo(new WindowRate(MILLI, 0.0, null, 0.0));
    }

    @Test
    void theSeriesHasSoManyBinsHoweverLongTheRun() {
        CountSeries series = new CountSeries();
        for (int i = 0; i < 100_000; i++) {
            series.add(i * MILLI);
        }

        long[] counts = series.until(100_000 * MILLI);
        assertThat(counts.length).isLessThanOrEqualTo(CountSeries.MOST_BINS).isGreaterThan(CountSeries.MOST_BINS / 2);
        assertThat(Arrays.stream(counts).sum()).isEqualTo(100_000);
    }

    @Test
    void ratesChangeWhereTheyChangeAndNotByChance() {
        Random random = new Random(7);
        long[] counts = new long[1000];
        for (int i = 0; i < counts.length; i++) {
            double rate = i >= 300 && i < 420 ? 9 : 3;
            for (int j = 0; j < 100; j++) {
                counts[i] += random.nextDouble() < rate / 100 ? 1 : 0;
            }
        }

        int[] changes = ChangePoints.of(counts);
        assertThat(changes).hasSize(4).startsWith(0).endsWith(1000);
        assertThat(changes[1]).isCloseTo(300, within(3));
        assertThat(changes[2]).isCloseTo(420, within(3));
    }

    @Test
    void changePointsOfNothingAreItsEnds() {
        assertThat(ChangePoints.of(new long[0])).containsExactly(0);
        assertThat(ChangePoints.of(new long[5])).containsExactly(0, 5);
    }

    @Test
    void anEpisodeBeginsAndEndsWithTheRateAndLastsThroughPausesOfTheThrottle() {
        EpisodeFinder finder = new EpisodeFinder();
        for (int i = 0; i < 100; i++) {
            finder.asserted(i * 10 * MILLI);
            finder.delivered(i * 10 * MILLI);
        }
        storm(finder, 300, 350);
        storm(finder, 360, 400);
        finder.serviced(410 * MILLI);
        storm(finder, 500, 520);

        List<RateEpisode> episodes = finder.episodes(1000 * MILLI);
        assertThat(finder.resolutionNanos(1000 * MILLI)).isEqualTo(512_000);
        assertThat(episodes).hasSize(2);
        assertThat(episodes.get(0).onsetNanos()).isCloseTo(300 * MILLI, within(1_024_000L));
        assertThat(episodes.get(0).endNanos()).isCloseTo(400 * MILLI, within(1_024_000L));
        assertThat(episodes.get(0).deliveries()).isCloseTo(9010, within(60L));
        assertThat(episodes.get(1).onsetNanos()).isCloseTo(500 * MILLI, within(1_024_000L));
        assertThat(episodes.get(1).ratePerSecond()).isCloseTo(100_000, within(5000.0));
    }

    private static void storm(EpisodeFinder finder, int fromMillis, int toMillis) {
        for (long time = fromMillis * MILLI; time < toMillis * MILLI; time += 10_000) {
            finder.delivered(time);
        }
    }

    @Test
    void honestLoadIsNoEpisodeHoweverFast() {
        EpisodeFinder finder = new EpisodeFinder();
        for (long time = 0; time < 100 * MILLI; time += 2000) {
            finder.asserted(time);
            finder.delivered(time);
        }

        assertThat(finder.episodes(100 * MILLI)).isEmpty();
    }

    @Test
    void theDutyCycleIsTheTimeBetweenPausesOverAllOfIt() {
        ThrottleMeter meter = new ThrottleMeter();
        meter.delivered(100);
        meter.delivered(150);
        meter.throttled(400);
        meter.expired(500);
        meter.delivered(500);
        meter.throttled(800);
        meter.expired(900);
        meter.delivered(950);
        meter.serviced();

        assertThat(meter.result()).isEqualTo(new ThrottleDuty(2, 600, 200));
        assertThat(meter.result().share()).isEqualTo(0.75);
        assertThat(new ThrottleMeter().result().share()).isNull();
    }

    @Test
    void eachDeviceOfASharedLineWaitsForItself() {
        StageMeter meter = new StageMeter(2);
        meter.asserted(0, 100);
        meter.accepted(150);
        meter.asserted(1, 200);
        meter.serviced(0, 300);
        meter.ended(400);
        meter.accepted(500);
        meter.serviced(1, 700);
        meter.ended(800);

        Stages stages = meter.result();
        assertThat(stages.accept()).isEqualTo(new Latency(2, 50, 300, 300, 300, 300));
        assertThat(stages.service()).isEqualTo(new Latency(2, 200, 500, 500, 500, 500));
        assertThat(stages.eoi()).isEqualTo(new Latency(2, 300, 600, 600, 600, 600));
    }
}
