// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.function.LongPredicate;

/**
 * Events later than a base, roughly sorted: a time is eleven 6-bit digits, and an event is in a list with those that
 * first differ from the base in the same digit, the level, and have the same value there. All lists of a level are earlier
 * than those of the levels above, because those differ from the base in a more significant digit.
 *
 * <p>The earliest list is either taken, or dealt: spread over the lists of the level below. Nothing has to be tuned to
 * the time scale of the model, and one list can hold any number of events.
 */
final class EventWheel {
    private static final int DIGIT_BITS = 6;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int LEVELS = 11;

    /** The wheel uses the lists from 0 to below this. */
    static final int LISTS = LEVELS * DIGITS;

    private final EventLists lists;

    /** For every level, which digits have a list that is not empty. */
    private final long[] digits = new long[LEVELS];

    /** Which levels have such digits. */
    private int levels;

    private long base = SimTime.LATEST;

    EventWheel(EventLists lists) {
        this.lists = lists;
    }

    long base() {
        return base;
    }

    boolean isEmpty() {
        return levels == 0;
    }

    void add(long time, long order) {
        add(levelOf(time ^ base), time, order);
    }

    /** The list with the earliest events, if there is one. */
    int earliest() {
        int level = Integer.numberOfTrailingZeros(levels);
        return level << DIGIT_BITS | Long.numberOfTrailingZeros(digits[level]);
    }

    /** Whether these lists are of one level; {@link EventLists#NONE} is of none. */
    static boolean areOfOneLevel(int list, int otherList) {
        return list >> DIGIT_BITS == otherList >> DIGIT_BITS;
    }

    /** Empties a list, without freeing its pairs. Returns the first of them. */
    int take(int list) {
        int level = list >> DIGIT_BITS;
        digits[level] ^= 1L << list;
        if (digits[level] == 0) {
            levels ^= 1 << level;
        }
        int pair = lists.first(list);
        lists.forget(list);
        return pair;
    }

    /** Spreads the events of the earliest list over the level below. */
    void deal(int list) {
        spread(list, (list >> DIGIT_BITS) - 1);
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
        int level = levelOf(time ^ base);
        while ((levels & (1 << level) - 1) != 0) {
            spread(earliest(), level);
        }
        base = time;
    }

    /** Removes all events whose order key satisfies the condition. */
    void removeIf(LongPredicate orderCondition) {
        for (int level = 0; levels >>> level != 0; level++) {
            for (long left = digits[level]; left != 0; left &= left - 1) {
                int list = level << DIGIT_BITS | Long.numberOfTrailingZeros(left);
                lists.removeIf(list, orderCondition);
                if (lists.isEmpty(list)) {
                    take(list);
                }
            }
        }
    }

    void copyFrom(EventWheel other) {
        System.arraycopy(other.digits, 0, digits, 0, LEVELS);
        levels = other.levels;
        base = other.base;
    }

    /** The level of an event whose time differs from the base in these bits. */
    private static int levelOf(long differentBits) {
        int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(differentBits);
        return bit * 43 >> 8; // = bit / DIGIT_BITS, which takes three times as many instructions
    }

    private void spread(int list, int level) {
        int last = lists.last(list);
        for (int pair = take(list); pair != EventLists.NONE; pair = lists.nextTaken(pair, last)) {
            add(level, lists.time(pair), lists.order(pair));
        }
    }

    private void add(int level, long time, long order) {
        int digit = (int) (time >>> level * DIGIT_BITS) & DIGITS - 1;
        digits[level] |= 1L << digit;
        levels |= 1 << level;
        lists.add(level << DIGIT_BITS | digit, time, order);
    }
}
