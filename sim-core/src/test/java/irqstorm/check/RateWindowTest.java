// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The most events in any millisecond. */
class RateWindowTest {
    private static final long MILLI = 1_000_000;

    @Test
    void theEventsOfOneMillisecondCountTogether() {
        RateWindow window = new RateWindow();
        for (int i = 0; i < 5; i++) {
            window.add(i * MILLI / 5);
        }
        assertThat(window.peak()).isEqualTo(5);
    }

    @Test
    void anEventExactlyAMillisecondLaterIsInTheNextWindow() {
        RateWindow window = new RateWindow();
        window.add(0);
        window.add(MILLI);
        assertThat(window.peak()).isEqualTo(1);

        window.clear();
        window.add(1);
        window.add(MILLI);
        assertThat(window.peak()).isEqualTo(2);
    }

    @Test
    void thePeakStaysWhenTheRateFalls() {
        RateWindow window = new RateWindow();
        window.add(0);
        window.add(1);
        window.add(2);
        window.add(10 * MILLI);
        assertThat(window.peak()).isEqualTo(3);
    }

    @Test
    void clearingForgetsPeakAndEvents() {
        RateWindow window = new RateWindow();
        window.add(0);
        window.add(1);
        window.clear();
        assertThat(window.peak()).isZero();
        window.add(2);
        assertThat(window.peak()).isEqualTo(1);
    }

    @Test
    void moreEventsThanItKeepsMakeItSayHowManyItKeeps() {
        RateWindow window = new RateWindow();
        for (int i = 0; i < 100_000; i++) {
            window.add(0);
        }
        assertThat(window.peak()).isEqualTo(1 << 13);
    }

    @Test
    void itAgreesWithAQueueOnRandomTimes() {
        SplittableRandom random = new SplittableRandom(1);
        RateWindow window = new RateWindow();
        Deque<Long> queue = new ArrayDeque<>();
        int peak = 0;
        long time = 0;
        for (int i = 0; i < 50_000; i++) {
            time += random.nextInt(random.nextInt(10) == 0 ? 400_000 : 2_000);
            queue.addLast(time);
            while (queue.peekFirst() <= time - MILLI) {
                queue.removeFirst();
            }
            peak = Math.max(peak, queue.size());
            window.add(time);
        }
        assertThat(window.peak()).isEqualTo(peak).isGreaterThan(100);
    }
}
