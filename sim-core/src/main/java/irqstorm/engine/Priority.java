// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

/**
 * Who goes first among the events of one instant: the order of declaration. Events of one instant and one priority run
 * in the order in which they were scheduled.
 *
 * <p>A priority settles only ties. It never moves an event to another time, and an event scheduled by a handler for the
 * current instant with an earlier priority than the handler's own simply runs next.
 */
public enum Priority {
    /** The environment changes an input before anybody samples it. */
    INPUT("the environment changes an input before anybody samples it"),

    /** Signals travel before software reacts. */
    PROPAGATION("signals travel before software reacts"),

    /** Work that is finished is finished before new work is begun. */
    COMPLETION("work that is finished is finished before new work is begun"),

    /** Software reacts to the inputs, signals and completions of this instant, so after all of them. */
    REACTION("software reacts to the inputs, signals and completions of this instant, so after all of them"),

    /** A timer due now sees what happened now. */
    TIMER("a timer due now sees what happened now"),

    /** Observers look last, at the state the instant ends with. */
    OBSERVATION("observers look last, at the state the instant ends with");

    private static final Priority[] IN_ORDER = values();

    private final String reason;

    Priority(String reason) {
        this.reason = reason;
    }

    /** Why this priority has its place in the order: one clause, for people. */
    public String reason() {
        return reason;
    }

    /** As {@code values()[ordinal]}, without the copy of the array. */
    static Priority inOrder(int ordinal) {
        return IN_ORDER[ordinal];
    }
}
