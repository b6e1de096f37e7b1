// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.Priority;
import irqstorm.state.StateStore;

/**
 * Where the machine puts what is to happen later. Who picks the next event is behind it: the clock in a timed run, a scheduler that
 * tries every order in an exploration.
 */
public interface Agenda {
    /** The simulated time, nanoseconds. */
    long now();

    /**
     * The event {@code payload} is to happen {@code delayNanos} from now because of event {@code cause}.
     *
     * @return a handle for {@link #cancel} and {@link #remainingNanos}
     */
    long schedule(long delayNanos, Priority priority, long payload, long cause);

    /** Takes an event back; nothing happens if it has happened already. */
    void cancel(long handle);

    /** How long it is until {@code timeNanos}, nanoseconds; 0 if it is over. Where durations mean nothing, either may be. */
    long waitNanos(long timeNanos);

    /**
     * The delay, from now, of something that takes {@code delay} and begins when what is before it in its lane is done.
     *
     * @param times where a clock keeps when that is
     * @param busyUntil the word of the lane there
     */
    long inTurn(StateStore times, int busyUntil, long delay);

    /** How long until {@code timeNanos}, which is not over, nanoseconds. */
    long untilNanos(long timeNanos);

    /**
     * Adds the time since a moment to a sum.
     *
     * @param times where a clock keeps both
     * @param sum the word of the sum there
     * @param since the word of the moment there
     */
    void addSince(StateStore times, int sum, int since);

    /** How long until the event happens, nanoseconds. */
    long remainingNanos(long handle);
}
