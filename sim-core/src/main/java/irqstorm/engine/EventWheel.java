// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Events later than a base, roughly sorted: a time is eight 8-bit digits, and an event is in a list with those that
 * first differ from the base in the same digit, the level, and have the same value there. All lists of a level are earlier
 * than those of the levels above, because those differ from the base in a more significant digit.
 *
 * <p>The earliest list is either taken, or dealt: spread over the lists of the level below. Nothing has to be tuned to
 * the time scale of the model, and one list can hold any number of events.
 */
final class EventWheel {
    private static final int LOG_DIGIT_BITS = 3;
    private static final int DIGIT_BITS = 1 << LOG_DIGIT_BITS;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int LEVELS = Long.SIZE / DIGIT_BITS;

    /** How many words have one bit for each digit. */
    private static final int WORDS = DIGITS / Long.SIZE;

    private final EventSlots slots;
    private final EventLinks links;

    /** Those of all levels that have been needed so far. */
    private final EventLists lists;

    /** For every list of every level, whether it is not empty. */
    private final long[] notEmpty = new long[LEVELS * WORDS];

    /** Which levels have such lists. */
    private int levels;

    private long base = SimTime.LATEST;

    EventWheel(EventSlots slots, EventLinks links) {
        this.slots = slots;
        this.links = links;
        lists = new EventLists(links, 0);
    }

    long base() {
        return base;
    }

    boolean isEmpty() {
        return levels == 0;
    }

    /** The lists, to look at. */
    EventLists lists() {
        return lists;
    }

    void add(long time, int slot) {
        add(levelOfBits(time ^ base), time, slot);
    }

    /** The list with the earliest events, if there is one. */
    int earliest() {
        int word = Integer.numberOfTrailingZeros(levels) * WORDS;
        while (notEmpty[word] == 0) {
            word++;
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(notEmpty[word]);
    }

    /** Whether these lists are of one level; {@link EventLists#NONE} is of none. */
    static boolean areOfOneLevel(int list, int otherList) {
        return levelOf(list) == levelOf(otherList);
    }

    /** By less than 2 to the power of how many bits the events of a list, and of the other lists of its level, can differ. */
    static int bitsOf(int list) {
        return (levelOf(list) + 1) * DIGIT_BITS;
    }

    /** A time that is not later than the events of a list, and differs from them in less than {@link #bitsOf} bits. */
    long startOf(int list) {
        int shift = levelOf(list) * DIGIT_BITS;
        return slots.time(lists.first(list)) >>> shift << shift;
    }

    /** Removes all events of a list, and passes them on in their order. */
    void drain(int list, IntConsumer taker) {
        noteEmpty(list);
        lists.drain(list, taker);
    }

    private void forget(int list) {
        noteEmpty(list);
        lists.forget(list);
    }

    private void noteEmpty(int list) {
        notEmpty[list / Long.SIZE] ^= 1L << list;
        int level = levelOf(list);
        long left = 0;
        for (int word = level * WORDS; word < (level + 1) * WORDS; word++) {
            left |= notEmpty[word];
        }
        if (left == 0) {
            levels ^= 1 << level;
        }
    }

    /** Whether all events of a list have one time. */
    boolean isOneInstant(int list) {
        int last = lists.last(list);
        int slot = lists.first(list);
        long time = slots.time(slot);
        while (slot != last) {
            slot = links.next(slot);
            if (slots.time(slot) != time) {
                return false;
            }
        }
        return true;
    }

    /** Spreads the events of the earliest list over the level below. */
    void deal(int list) {
        spread(list, levelOf(list) - 1);
    }

    /** Makes the base the time of the last event taken. It has the digits that the lists below its level have above. */
    void raiseBase(long time) {
        base = time;
    }

    /**
     * Makes the base earlier. What shared with the old base the digit in which the new one differs from it, and was
     * therefore in the levels below, now differs there, too.
     */
    void lowerBase(long time) {
        if (time == base) {
            return;
        }
        int level = levelOfBits(time ^ base);
        while ((levels & (1 << level) - 1) != 0) {
            spread(earliest(), level);
        }
        base = time;
    }

    /** Removes all events whose slot satisfies the condition. */
    void removeIf(IntPredicate slotCondition) {
        for (int word = 0; word < notEmpty.length; word++) {
            for (long left = notEmpty[word]; left != 0; left &= left - 1) {
                int list = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                lists.removeIf(list, slotCondition);
                if (lists.isEmpty(list)) {
                    noteEmpty(list);
                }
            }
        }
    }

    void copyFrom(EventWheel other) {
        lists.copyFrom(other.lists);
        System.arraycopy(other.notEmpty, 0, notEmpty, 0, notEmpty.length);
        levels = other.levels;
        base = other.base;
    }

    private static int levelOf(int list) {
        return list >> DIGIT_BITS;
    }

    /** The level of an event whose time differs from the base in these bits. */
    private static int levelOfBits(long differentBits) {
        return LEVELS - 1 - (Long.numberOfLeadingZeros(differentBits) >> LOG_DIGIT_BITS);
    }

    private void spread(int list, int level) {
        int last = lists.last(list);
        int slot = lists.first(list);
        forget(list);
        add(level, slots.time(slot), slot);
        while (slot != last) {
            slot = links.next(slot);
            add(level, slots.time(slot), slot);
        }
    }

    private void add(int level, long time, int slot) {
        int list = level << DIGIT_BITS | (int) (time >>> level * DIGIT_BITS) & DIGITS - 1;
        if (list >= lists.count()) {
            lists.grow((level + 1) * DIGITS);
        }
        if (lists.add(list, slot)) {
            notEmpty[list / Long.SIZE] |= 1L << list;
            levels |= 1 << level;
        }
    }
}
