// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Param;

/**
 * A hold model on a clock: 4096 pending events, each of which schedules its successor 1 to 100 clock edges later, so that
 * the pending events share about 100 instants.
 */
public class TiesBenchmark extends EngineBenchmark {
    private static final int PENDING = 4096;
    private static final int EDGES_AHEAD = 100;
    private static final int DRAWN = 1 << 14;

    /** Nanoseconds between two edges: from every nanosecond being one to most instants being none. */
    @Param({"1", "1000"})
    public long periodNanos;

    /** How many priorities the events have, drawn at random: ties of time are broken by them. */
    @Param({"1", "6"})
    public int priorities;

    private final long[] delaysNanos = new long[DRAWN];
    private final Priority[] drawnPriorities = new Priority[DRAWN];
    private int next;

    @Override
    int maxPending() {
        return PENDING;
    }

    /** Draws delays and priorities, fills the pending set, and ages it by twenty events a place. */
    @Override
    void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DRAWN; i++) {
            delaysNanos[i] = (1 + random.nextInt(EDGES_AHEAD)) * periodNanos;
            drawnPriorities[i] = Priority.values()[random.nextInt(priorities)];
        }
        subject.setHandler((timeNanos, payload, cause) -> begin(payload));
        for (int i = 0; i < PENDING; i++) {
            begin(i);
        }
        subject.run(20 * PENDING);
    }

    private void begin(long payload) {
        next = next + 1 & DRAWN - 1;
        subject.scheduleAfter(delaysNanos[next], drawnPriorities[next], payload);
    }
}
