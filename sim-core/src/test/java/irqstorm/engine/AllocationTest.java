// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final long EVENTS = 1_000_000;
    private static final long ALLOWED_BYTES = 10_000;

    /** Every event cancels the timeout of its process and schedules its next work and a new timeout, without end. */
    private static final class Timeouts implements EventHandler {
        private static final int PROCESSES = 50;

        private final Simulation simulation =
                new Simulation(this, new RunLimits(SimTime.LATEST, Long.MAX_VALUE, 2 * PROCESSES));
        private final long[] timeouts = new long[PROCESSES];

        Timeouts() {
            for (int process = 0; process < PROCESSES; process++) {
                begin(process);
            }
        }

        @Override
        public void onEvent(long timeNanos, long payload, long cause) {
            simulation.cancel(timeouts[(int) payload]);
            begin((int) payload);
            if (simulation.eventsRun() % EVENTS == 0) {
                simulation.requestStop();
            }
        }

        private void begin(int process) {
            long workNanos = 100 + process * 37 % 50;
            simulation.scheduleAfter(workNanos, Priority.COMPLETION, process);
            timeouts[process] = simulation.scheduleAfter(10 * workNanos, Priority.TIMER, process);
        }
    }

    @Test
    void runningAMillionEventsAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Simulation simulation = new Timeouts().simulation;
        simulation.run();

        long before = threads.getCurrentThreadAllocatedBytes();
        StopReason reason = simulation.run();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(reason).isEqualTo(StopReason.STOPPED);
        assertThat(simulation.eventsRun()).isEqualTo(2 * EVENTS);
        assertThat(allocated).isBetween(0L, ALLOWED_BYTES);
    }

    @Test
    void cancelledEventsDoNotPileUpBehindThePendingOne() {
        EventQueue queue = new EventQueue(100);
        queue.schedule(0, Priority.OBSERVATION, 0, 0);

        long allocated = allocatedAfterTheFirstOf(
                time -> queue.cancel(queue.schedule(SimTime.NANOS_PER_SECOND + time, Priority.TIMER, 0, 0)));

        assertThat(allocated).isBetween(0L, ALLOWED_BYTES);
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void cancelledEventsDoNotPileUpBeforeThePendingOnes() {
        EventQueue queue = new EventQueue(100);
        for (int i = 0; i < 50; i++) {
            queue.schedule(SimTime.LATEST, Priority.OBSERVATION, 0, 0);
        }

        long allocated = allocatedAfterTheFirstOf(time -> {
            queue.cancel(queue.schedule(time, Priority.TIMER, 0, 0));
            queue.schedule(time, Priority.TIMER, 0, 0);
            queue.poll();
        });

        assertThat(allocated).isBetween(0L, ALLOWED_BYTES);
        assertThat(queue.size()).isEqualTo(50);
    }

    /** The hold model: a number of events each of which schedules its successor, with delays of all scales. */
    @Test
    void runningAMillionEventsOfThousandsThatPendAllocatesNothing() {
        EventQueue queue = new EventQueue(5_000);
        SplittableRandom random = new SplittableRandom(1);
        while (queue.size() < 5_000) {
            queue.schedule(random.nextLong(SimTime.NANOS_PER_MILLI), Priority.REACTION, 0, 0);
        }
        LongConsumer hold = time -> {
            queue.poll();
            long delayNanos = random.nextLong(SimTime.NANOS_PER_SECOND >>> random.nextInt(30));
            queue.schedule(queue.time() + delayNanos, Priority.REACTION, 0, 0);
        };
        allocatedAfterTheFirstOf(hold);

        assertThat(allocatedAfterTheFirstOf(hold)).isBetween(0L, ALLOWED_BYTES);
    }

    /** A snapshot is a copy of all arrays of the queue, with the room they have to spare. */
    @Test
    void fromAThousandOnAPendingEventTakesAtMost64BytesEvenWhenTheArraysHaveJustGrown() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        EventQueue queue = new EventQueue(300_000);
        SplittableRandom random = new SplittableRandom(1);
        List<EventQueue.Snapshot> snapshots = new ArrayList<>();
        double mostBytes = 0;
        for (int pending = 1_024; pending < 300_000; pending += pending / 20) {
            while (queue.size() < pending) {
                queue.schedule(random.nextLong(SimTime.NANOS_PER_SECOND), Priority.REACTION, 0, 0);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            snapshots.add(queue.snapshot());
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            mostBytes = Math.max(mostBytes, (double) bytes / pending);
        }

        assertThat(snapshots).hasSizeGreaterThan(100);
        assertThat(mostBytes).isBetween(32.0, 64.0);
    }

    private static long allocatedAfterTheFirstOf(LongConsumer action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        action.accept(0);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (long time = 1; time < EVENTS; time++) {
            action.accept(time);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
