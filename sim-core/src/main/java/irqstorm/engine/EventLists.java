// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * First-in-first-out lists of events. Each slot is {@link EventLinks linked} to the next one of its list, so a list is two
 * ints, its first slot and its last one, both {@link #NONE} if it is empty; and to add an event costs one write to the link
 * before it. The link of the last slot means nothing.
 */
final class EventLists {
    /** The number of no slot. */
    static final int NONE = -1;

    private static final int FIRST = 0;
    private static final int LAST = 1;
    private static final int INTS_SHIFT = 1;

    private final EventLinks links;
    private int[] ints;

    /** So many empty lists. */
    EventLists(EventLinks links, int count) {
        this.links = links;
        ints = empty(count);
    }

    /** Has at least so many lists; those that are new are empty. */
    void grow(int count) {
        int[] more = empty(count);
        System.arraycopy(ints, 0, more, 0, ints.length);
        ints = more;
    }

    int count() {
        return ints.length >> INTS_SHIFT;
    }

    /** Adds an event. Returns whether it is the first one. */
    boolean add(int list, int slot) {
        int base = list << INTS_SHIFT;
        int last = ints[base + LAST];
        ints[base + LAST] = slot;
        if (last == NONE) {
            ints[base + FIRST] = slot;
            return true;
        }
        links.link(last, slot);
        return false;
    }

    boolean isEmpty(int list) {
        return last(list) == NONE;
    }

    int first(int list) {
        return ints[(list << INTS_SHIFT) + FIRST];
    }

    int last(int list) {
        return ints[(list << INTS_SHIFT) + LAST];
    }

    /** Whether a list has more than so many events; looks at no slot. */
    boolean hasMoreThan(int list, int limit) {
        int last = last(list);
        int slot = first(list);
        for (int left = limit; left > 0; left--) {
            if (slot == last) {
                return false;
            }
            slot = links.next(slot);
        }
        return true;
    }

    void removeFirst(int list) {
        int first = first(list);
        if (first == last(list)) {
            forget(list);
        } else {
            ints[(list << INTS_SHIFT) + FIRST] = links.next(first);
        }
    }

    /** Makes a list empty. Its slots stay linked. */
    void forget(int list) {
        int base = list << INTS_SHIFT;
        ints[base + FIRST] = NONE;
        ints[base + LAST] = NONE;
    }

    /** Removes all events of a list, and passes them on in their order. */
    void drain(int list, IntConsumer taker) {
        int last = last(list);
        int slot = first(list);
        forget(list);
        while (slot != NONE) {
            int next = slot == last ? NONE : links.next(slot);
            taker.accept(slot);
            slot = next;
        }
    }

    /** Removes all events of a list whose slot satisfies the condition. */
    void removeIf(int list, IntPredicate slotCondition) {
        int last = last(list);
        int slot = first(list);
        forget(list);
        while (slot != NONE) {
            int next = slot == last ? NONE : links.next(slot);
            if (!slotCondition.test(slot)) {
                add(list, slot);
            }
            slot = next;
        }
    }

    void copyFrom(EventLists other) {
        ints = other.ints.clone();
    }

    private static int[] empty(int count) {
        int[] empty = new int[count << INTS_SHIFT];
        Arrays.fill(empty, NONE);
        return empty;
    }
}
