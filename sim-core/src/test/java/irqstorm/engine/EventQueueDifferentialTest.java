// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Millions of random operations, each done to an {@link EventQueue} and to a {@link ReferenceQueue}. */
class EventQueueDifferentialTest {

    /**
     * What the random operations are like.
     *
     * @param pending about how many events are pending
     * @param delays how many different delays there are: the fewer, the more ties; events that would be beyond the end of
     *     time are at it
     * @param scales how many powers of two the delays are spread over: with many, most events are scheduled long before the
     *     latest ones that pend
     * @param cancelPercent how many of the operations cancel, also by stale handles
     * @param renumbering whether sequence numbers run out all the time
     */
    record Mix(
            long seed, int operations, int pending, long delays, int scales, int cancelPercent, boolean renumbering) {
        Mix(long seed, int operations, int pending, long delays, int cancelPercent, boolean renumbering) {
            this(seed, operations, pending, delays, 1, cancelPercent, renumbering);
        }
    }

    static Stream<Mix> mixes() {
        return Stream.of(
                new Mix(1, 400_000, 3, 2, 10, false),
                new Mix(2, 400_000, 20, 1, 10, false),
                new Mix(3, 400_000, 20, 1_000_000, 40, false),
                new Mix(4, 400_000, 200, 5, 20, false),
                new Mix(5, 400_000, 500, SimTime.NANOS_PER_SECOND, 5, false),
                new Mix(6, 400_000, 5_000, 100, 30, false),
                new Mix(7, 400_000, 5_000, SimTime.LATEST / 500_000, 48, false),
                new Mix(8, 400_000, 300, 20, 20, true),
                new Mix(9, 200_000, 3_000, 2, 10, false),
                new Mix(10, 50_000, 700, SimTime.LATEST / 20, 10, false),
                new Mix(11, 200_000, 1_000, 1L << 40, 40, 10, false),
                new Mix(12, 200_000, 100, 1L << 50, 50, 30, false),
                new Mix(13, 200_000, 1_000, 1L << 30, 30, 20, true),
                new Mix(14, 300_000, 5_000, 50, 30, false),
                new Mix(15, 200_000, 3_000, 10, 45, true),
                new Mix(16, 300_000, 2_000, 1L << 20, 20, 10, false),
                new Mix(17, 200_000, 2_000, 60, 5, true),
                new Mix(18, 100_000, 10_000, 1, 20, false));
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void behavesAsTheReferenceQueueDoes(Mix mix) {
        Duel duel = new Duel(mix);
        for (int operation = 0; operation < mix.operations; operation++) {
            duel.runOperation();
        }
        duel.drain();
    }

    /** Both queues, and the last handles that were given out, many of them stale. */
    private static final class Duel {
        private static final int REMEMBERED = 4096;

        private record Known(long handle, ReferenceQueue.Event event) {}

        private record Past(EventQueue.Snapshot queue, ReferenceQueue reference, List<Known> known, long nowNanos) {}

        private final Mix mix;
        private final SplittableRandom random;
        private final EventQueue queue;
        private ReferenceQueue reference = new ReferenceQueue();
        private List<Known> known = new ArrayList<>();
        private Past past;
        private long nowNanos;

        Duel(Mix mix) {
            this.mix = mix;
            this.random = new SplittableRandom(mix.seed);
            this.queue = new EventQueue(3 * mix.pending);
            this.past = remember();
        }

        void runOperation() {
            int dice = random.nextInt(100);
            if (dice < mix.cancelPercent) {
                cancel();
            } else if (random.nextInt(2 * mix.pending) >= reference.size()) {
                schedule();
            } else {
                poll();
            }
            assertThat(queue.size()).isEqualTo(reference.size());
            switch (random.nextInt(3000)) {
                case 0 -> past = remember();
                case 1 -> goBack();
                case 2 -> compareFingerprints();
                case 3 -> continueNearTheLastSequenceNumber();
                default -> askAboutAHandle();
            }
        }

        void drain() {
            while (reference.size() > 0) {
                poll();
            }
            poll();
            assertThat(queue.isEmpty()).isTrue();
        }

        private void schedule() {
            long delayNanos = random.nextLong(Math.max(1, mix.delays >>> random.nextInt(mix.scales)));
            long timeNanos = nowNanos + Math.min(delayNanos, SimTime.LATEST - nowNanos);
            Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
            long payload = random.nextLong();
            long cause = random.nextLong();
            long handle = queue.schedule(timeNanos, priority, payload, cause);
            Known event = new Known(handle, reference.schedule(timeNanos, priority, payload, cause));
            assertThat(handle).isNotZero();
            known.add(event);
            if (known.size() > 2 * REMEMBERED) {
                known.subList(0, REMEMBERED).clear();
            }
        }

        /** Half of the time one that is likely to be pending. */
        private Known someKnown() {
            int recent = random.nextBoolean() ? Math.min(mix.pending, known.size()) : known.size();
            return known.get(known.size() - 1 - random.nextInt(recent));
        }

        private void poll() {
            if (random.nextBoolean()) {
                assertThat(queue.peekTimeNanos()).isEqualTo(reference.peekTimeNanos());
            }
            ReferenceQueue.Event expected = reference.pollWith(queue);
            if (expected != null) {
                nowNanos = expected.timeNanos();
            }
        }

        private void cancel() {
            if (!known.isEmpty()) {
                Known event = someKnown();
                assertThat(queue.cancel(event.handle)).isEqualTo(reference.cancel(event.event));
            }
        }

        private void askAboutAHandle() {
            if (!known.isEmpty()) {
                Known event = someKnown();
                boolean pending = reference.isPending(event.event);
                assertThat(queue.isPending(event.handle)).isEqualTo(pending);
                assertThat(queue.timeOf(event.handle)).isEqualTo(pending ? event.event.timeNanos() : SimTime.NEVER);
            }
        }

        private Past remember() {
            return new Past(queue.snapshot(), reference.copy(), new ArrayList<>(known), nowNanos);
        }

        private void goBack() {
            queue.restore(past.queue);
            reference = past.reference.copy();
            known = new ArrayList<>(past.known);
            nowNanos = past.nowNanos;
        }

        private void compareFingerprints() {
            assertThat(queue.fingerprint(mix.seed))
                    .isEqualTo(reference.asEventQueue().fingerprint(mix.seed));
        }

        private void continueNearTheLastSequenceNumber() {
            if (mix.renumbering) {
                queue.continueSequenceAt(OrderKey.SEQUENCE_END - 1 - random.nextInt(100));
            }
        }
    }
}
