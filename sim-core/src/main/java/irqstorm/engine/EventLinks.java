// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;

/**
 * For each slot the next one of its {@link EventLists list}.
 *
 * <p>They are apart from the {@link EventSlots}, because with many events each slot is a cache miss. To link a slot it need not be
 * read; and sixteen links share a line of the cache, so that those of a list are gone through faster than its slots arrive, and
 * the processor waits for several slots at a time.
 */
final class EventLinks {
    private int[] links = {};

    /** The slot this one was linked to last. */
    int next(int slot) {
        return links[slot];
    }

    void link(int slot, int next) {
        if (slot >= links.length) {
            links = Arrays.copyOf(links, EventSlots.grown(Math.max(slot, next)) + 1);
        }
        links[slot] = next;
    }

    void copyFrom(EventLinks other) {
        links = other.links.clone();
    }
}
