// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.stream;

/**
 * Someone who is told, in the order of time, what happens to the lines of a machine. Lines are numbered from 0 as in
 * {@link irqstorm.check.LineMap#lines()}; times are nanoseconds since the start of the run.
 */
public interface LineObserver {
    /** A device of the line has a new cause: its line rose, or it sent an edge. */
    default void asserted(int line, int device, long timeNanos) {}

    /** The guest serviced a device of the line. */
    default void serviced(int line, int device, long timeNanos) {}

    /** The guest accessed a device of the line that had a cause, without servicing it yet. */
    default void accessed(int line) {}

    /** The line was delivered: its pin, or a device with messages, sent its interrupt to the local APICs. */
    default void delivered(int line, long timeNanos) {}

    /** A local APIC accepted the line's interrupt. */
    default void accepted(int line, long timeNanos) {}

    /**
     * A guest took the line's interrupt, through its IDT or as the acknowledged exit of its own guest.
     *
     * @param level 1 for L1 or the only guest, 2 for L2
     */
    default void taken(int line, int vcpu, int level, long timeNanos) {}

    /**
     * A guest ended the line's interrupt in the local APIC that it sees.
     *
     * @param level 1 for L1 or the only guest, 2 for L2
     */
    default void ended(int line, int vcpu, int level, long timeNanos) {}

    /**
     * An EOI of the line's level interrupt reached its pin.
     *
     * @param pending whether the line is still high and the pin not masked
     */
    default void pinEnded(int line, boolean pending, long timeNanos) {}

    /** The redirection entry of the line's pin was written. */
    default void entryWritten(int line) {}

    /** The I/O APIC postponed the next delivery of the line. */
    default void throttled(int line, long timeNanos) {}

    /** The postponed deliveries of all lines are due. */
    default void throttleExpired(long timeNanos) {}

    /** The run ended. */
    default void finished(long timeNanos) {}
}
