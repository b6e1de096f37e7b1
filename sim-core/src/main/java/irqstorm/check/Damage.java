// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

/**
 * Somebody was hurt.
 *
 * @param who the line, by the names of its devices, or an empty string if it is more than a line
 * @param kind what was hurt
 * @param fromNanos since when, nanoseconds
 * @param toNanos until when, nanoseconds, or {@link #FOR_GOOD}
 */
public record Damage(String who, Kind kind, long fromNanos, long toNanos) {
    /** It did not end. */
    public static final long FOR_GOOD = -1;

    /** What was hurt, the worst first. */
    public enum Kind {
        /** The host and every guest on it. */
        HOST,
        /** The guest: KVM killed it, or its VMM stopped. */
        GUEST,
        /** A line on which nothing gets through. */
        LINE_BLOCKED,
        /** A line whose interrupt was ended by the EOI of another. */
        LINE_ENDED_BY_MISTAKE
    }

    /** Whether it lasted to the end of the run. */
    public boolean isForGood() {
        return toNanos == FOR_GOOD;
    }
}
