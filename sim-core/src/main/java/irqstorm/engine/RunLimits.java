// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

/**
 * How far a run may go. All limits are mandatory: a model under study may loop at one instant or flood the queue, and
 * such a run has to end with a reason instead of with the patience of its user.
 *
 * @param maxTimeNanos the last instant whose events are run, 0 to {@link SimTime#LATEST}
 * @param maxEvents how many events may be run, 1 or more
 * @param maxPending how many events may be pending at once, 1 to {@link EventQueue#LARGEST_MAX_PENDING}
 */
public record RunLimits(long maxTimeNanos, long maxEvents, int maxPending) {
    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public RunLimits {
        if (maxTimeNanos < 0 || maxTimeNanos > SimTime.LATEST) {
            throw new IllegalArgumentException(
                    "maxTimeNanos must be between 0 and " + SimTime.LATEST + ", but is " + maxTimeNanos);
        }
        if (maxEvents < 1) {
            throw new IllegalArgumentException("maxEvents must be 1 or more, but is " + maxEvents);
        }
        EventQueue.requireMaxPending(maxPending);
    }
}
