// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

/**
 * Simulated time: a {@code long} count of nanoseconds since the start of the run, from 0 to {@link #LATEST}.
 *
 * <p>Whole nanoseconds, because sums of whole numbers do not depend on the order of addition: two runs of one scenario
 * agree to the last bit on every machine. The range is 292 years.
 */
public final class SimTime {
    /** Nanoseconds in a microsecond. */
    public static final long NANOS_PER_MICRO = 1_000L;

    /** Nanoseconds in a millisecond. */
    public static final long NANOS_PER_MILLI = 1_000_000L;

    /** Nanoseconds in a second. */
    public static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Later than any event: the time of what is not going to happen. Nothing can be scheduled for it. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The last instant for which an event can be scheduled. */
    public static final long LATEST = NEVER - 1;

    private SimTime() {}

    /**
     * The instant {@code delay} nanoseconds after {@code now}.
     *
     * @param now an instant, 0 to {@link #LATEST}
     * @param delay nanoseconds, 0 or more
     * @throws IllegalArgumentException if {@code now} is no instant or {@code delay} is negative
     * @throws ArithmeticException if the sum is beyond {@link #LATEST}
     */
    public static long add(long now, long delay) {
        long sum = now + delay;
        // One test for all that can be wrong: if the sum of two instants is too large, the long after it is negative.
        if ((now | delay | sum + 1) < 0) {
            requireInstant(now);
            if (delay < 0) {
                throw new IllegalArgumentException("delay must be 0 ns or more, but is " + delay + " ns");
            }
            throw new ArithmeticException(
                    now + " ns + " + delay + " ns is beyond the end of simulated time (" + LATEST + " ns)");
        }
        return sum;
    }

    /**
     * {@code timeNanos} itself if it is an instant.
     *
     * @throws IllegalArgumentException if {@code timeNanos} is not between 0 and {@link #LATEST}
     */
    public static long requireInstant(long timeNanos) {
        if (timeNanos < 0 || timeNanos > LATEST) {
            throw new IllegalArgumentException(
                    "time must be between 0 ns and " + LATEST + " ns, but is " + timeNanos + " ns");
        }
        return timeNanos;
    }
}
