// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import org.openjdk.jmh.annotations.Param;

/**
 * The hold model (Jones, 1986): a fixed number of pending events, each of which schedules its successor an exponential
 * delay later.
 */
public class HoldModelBenchmark extends EngineBenchmark {
    /** How many events are pending. */
    @Param({"16", "256", "4096", "65536", "1048576"})
    public int pending;

    @Override
    int maxPending() {
        return pending;
    }

    /** Fills the pending set, and ages it by two events a place. */
    @Override
    void fill() {
        ExponentialDelays delays = new ExponentialDelays(1);
        subject.setHandler(
                (timeNanos, payload, cause) -> subject.scheduleAfter(delays.nextNanos(), Priority.REACTION, payload));
        for (int i = 0; i < pending; i++) {
            subject.scheduleAfter(delays.nextNanos(), Priority.REACTION, i);
        }
        subject.run(2 * pending);
    }
}
