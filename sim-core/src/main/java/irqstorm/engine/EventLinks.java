// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.Arrays;

/**
 * For each slot the next one of its {@link EventLists list}.
 *
 * <p>They are apart from the {@link EventSlots}, because with many events each slot is a cache miss. Links take an eighth of the
 * memory, so that more of them are in the caches: an event is added without reading the slot before it, and a list is gone
 * through faster than its slots arrive, so that the processor waits for several of them at a time.
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
