// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.function.IntPredicate;

/**
 * The events of one instant in one list a priority, where they need not be sorted: a list is in the order of scheduling.
 * However many share an instant, each costs the same.
 */
final class EventInstant {
    private static final int PRIORITIES = Priority.values().length;

    private final EventSlots slots;
    private final EventLists lists;
    private long time = SimTime.NEVER;

    /** Which priorities have a list that is not empty. */
    private int priorities;

    EventInstant(EventSlots slots, EventLinks links) {
        this.slots = slots;
        lists = new EventLists(links, PRIORITIES);
    }

    /** The instant of the events here and of those to be added; {@link SimTime#NEVER} if none are to be. */
    long time() {
        return time;
    }

    /** Sets the instant; only if no event is here. */
    void setTime(long time) {
        this.time = time;
    }

    boolean isEmpty() {
        return priorities == 0;
    }

    void add(int slot) {
        int priority = slots.priority(slot);
        priorities |= 1 << priority;
        lists.add(priority, slot);
    }

    int first() {
        return lists.first(earliest());
    }

    void removeFirst() {
        int list = earliest();
        lists.removeFirst(list);
        if (lists.isEmpty(list)) {
            priorities &= priorities - 1;
        }
    }

    /** Removes all events whose slot satisfies the condition. */
    void removeIf(IntPredicate slotCondition) {
        for (int priority = 0; priority < PRIORITIES; priority++) {
            if ((priorities >>> priority & 1) != 0) {
                lists.removeIf(priority, slotCondition);
                if (lists.isEmpty(priority)) {
                    priorities ^= 1 << priority;
                }
            }
        }
    }

    void copyFrom(EventInstant other) {
        lists.copyFrom(other.lists);
        time = other.time;
        priorities = other.priorities;
    }

    private int earliest() {
        return Integer.numberOfTrailingZeros(priorities);
    }
}
