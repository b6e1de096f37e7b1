// SPDX-License-Identifier: Apache-2.0
package irqstorm.trace;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;

/**
 * Someone who is told of each event as it happens, in order. The arguments are plain values, so that telling costs no allocation.
 */
@FunctionalInterface
public interface TraceSink {
    /**
     * One thing happened.
     *
     * @param sequence the event's number in the run, from 1
     * @param timeNanos the simulated time, nanoseconds since the start of the run
     * @param actor who did it
     * @param kind what it was; says what {@code a}, {@code b} and {@code c} mean
     * @param cause the number of the event that made this one happen, 0 where the environment did
     */
    void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause);
}
