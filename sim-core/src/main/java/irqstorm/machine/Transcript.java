// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import java.util.Arrays;

/**
 * What recorded transitions do besides changing the state, step by step, as numbers in one array: bits 7:0 of a step's first number say
 * what it is, bits 31:8 and 63:32 hold two small operands, and large ones follow. Where a step gets a time, that goes into the next
 * register of the transition, from 0.
 */
final class Transcript {
    /** The transition is over. */
    static final int END = 0;
    /** An event is recorded: the first operand is the actor, the second the kind, and its three arguments follow. */
    static final int RECORD = 1;
    /** The first operand is the number of a stream; a register gets its next duration. */
    static final int DRAW = 2;
    /** The first operand is a word of the times; a register gets what is in it. */
    static final int LOAD = 3;
    /** The first operand is the word of a handle; a register gets how long it is until its event happens. */
    static final int REMAINING = 4;
    /** The first operand is the word of a lane, and how long something takes follows; a register gets when its turn is over. */
    static final int IN_TURN = 5;
    /** An event is scheduled: the operands are {@link #priority}, {@link #hasCause} and {@link #handleWord}; its payload and its delay follow. */
    static final int SCHEDULE = 6;
    /** The first operand is the word of a handle, whose event is cancelled. */
    static final int CANCEL = 7;
    /** The first operand is the word of a sum, the second that of the moment since which time is added to it. */
    static final int ADD_SINCE = 8;
    /** The first operand is a word of the times; what it is set to follows. */
    static final int SET = 9;
    /** The first operand is a word of the times, which is set to the present moment. */
    static final int MARK = 10;

    private static final int FIRST_SHIFT = 8;
    private static final int FIRST_MASK = 0xFF_FFFF;
    private static final int SECOND_SHIFT = 32;
    private static final int HAS_CAUSE = 1 << 8;
    private static final int PRIORITY = HAS_CAUSE - 1;

    private static final Actor[] ACTORS = Actor.values();
    private static final EventKind[] KINDS = EventKind.values();
    private static final Priority[] PRIORITIES = Priority.values();

    private long[] numbers = new long[1 << 8];
    private int size;

    /** How many numbers there are: where the next step begins. */
    int size() {
        return size;
    }

    /** Forgets what is at {@code end} and after it. */
    void cutTo(int end) {
        size = end;
    }

    void add(int kind, long first, long second) {
        addNumber(kind | first << FIRST_SHIFT | second << SECOND_SHIFT);
    }

    void addRecord(Actor actor, EventKind kind, long a, long b, long c) {
        add(RECORD, actor.ordinal(), kind.ordinal());
        addNumber(a);
        addNumber(b);
        addNumber(c);
    }

    void addSchedule(Priority priority, boolean hasCause, long payload, long delay) {
        add(SCHEDULE, priority.ordinal() | (hasCause ? HAS_CAUSE : 0), 0);
        addNumber(payload);
        addNumber(delay);
    }

    /** The handle of what step {@code at} schedules goes into {@code word}. Returns false if it goes into another one already. */
    boolean keepHandle(int at, int word) {
        if (second(numbers[at]) != 0) {
            return false;
        }
        numbers[at] |= word + 1L << SECOND_SHIFT;
        return true;
    }

    void addNumber(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    /** All numbers; those from {@link #size} on mean nothing. */
    long[] numbers() {
        return numbers;
    }

    static int kind(long step) {
        return (int) step & (1 << FIRST_SHIFT) - 1;
    }

    static int first(long step) {
        return (int) (step >>> FIRST_SHIFT) & FIRST_MASK;
    }

    static int second(long step) {
        return (int) (step >>> SECOND_SHIFT);
    }

    /** Who does what a step records. */
    static Actor actor(long step) {
        return ACTORS[first(step)];
    }

    /** What a step records. */
    static EventKind eventKind(long step) {
        return KINDS[second(step)];
    }

    /** The priority of what a step schedules. */
    static Priority priority(long step) {
        return PRIORITIES[first(step) & PRIORITY];
    }

    /** Whether what a step schedules has the event recorded last as its cause, and not the environment. */
    static boolean hasCause(long step) {
        return (first(step) & HAS_CAUSE) != 0;
    }

    /** Where the handle of what a step schedules is kept, or −1. */
    static int handleWord(long step) {
        return second(step) - 1;
    }
}
