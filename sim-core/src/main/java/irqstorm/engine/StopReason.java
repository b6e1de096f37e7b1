// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

/** Why a run came back to its caller. */
public enum StopReason {
    /** No event is pending. */
    DRAINED,

    /** All events up to the time asked for, or up to {@link RunLimits#maxTimeNanos()}, have been run; others pend. */
    TIME,

    /** As many events as {@link RunLimits#maxEvents()} allows have been run, and another one is due. */
    EVENTS,

    /** A handler called {@link Simulation#requestStop()}. */
    STOPPED,

    /** The model tried to have more than {@link RunLimits#maxPending()} events pending. */
    PENDING
}
