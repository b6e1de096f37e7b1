// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.state.StateStore;

/**
 * What one line's causes and deliveries have come to, as far as the next delivery depends on it.
 *
 * <p>A delivery is redundant if every cause that holds the line was delivered before and none was serviced since; where several devices
 * share a line, the service of one makes the next delivery necessary for the others.
 */
final class LineProgress {
    /** How many redundant deliveries of one assertion make a storm: one can be a race, two can be two of them; three are a loop. */
    static final int STORM_REDUNDANT = 3;

    private static final int HOLDERS = 0;
    private static final int LEVEL_WAITS = 1;
    private static final int EDGES_WAITING = 2;
    private static final int LAST_EDGE_WAITS = 3;
    private static final int REDUNDANT = 4;
    private static final int WORDS = 5;

    private final StateStore store;
    private final int base;

    /** A line that nothing has happened to, with its state in {@code store}. */
    LineProgress(StateStore store) {
        this.store = store;
        this.base = store.reserve(WORDS);
    }

    /** A device begins to hold the line; however many do, it is one level. */
    void asserted() {
        store.add(base + HOLDERS, 1);
        store.set(base + LEVEL_WAITS, 1);
    }

    /** A device holds the line no more. Whoever still does waits for a delivery, whatever was delivered before. */
    void deasserted() {
        store.add(base + HOLDERS, -1);
        if (get(HOLDERS) > 0) {
            store.set(base + LEVEL_WAITS, 1);
        }
    }

    /** A device sends an edge, which is an interrupt of its own. */
    void edgeSent() {
        store.add(base + EDGES_WAITING, 1);
        store.set(base + LAST_EDGE_WAITS, 1);
    }

    /** The line is delivered; whether that is redundant. */
    boolean delivered() {
        boolean redundant = get(LEVEL_WAITS) == 0 && get(EDGES_WAITING) == 0;
        if (redundant) {
            store.set(base + REDUNDANT, Math.min(STORM_REDUNDANT, get(REDUNDANT) + 1));
        }
        store.set(base + LEVEL_WAITS, 0);
        store.set(base + EDGES_WAITING, Math.max(0, get(EDGES_WAITING) - 1));
        store.set(base + LAST_EDGE_WAITS, 0);
        return redundant;
    }

    /** An edge that was sent does not arrive. */
    void edgeLost() {
        store.set(base + EDGES_WAITING, Math.max(0, get(EDGES_WAITING) - 1));
    }

    /** The guest serviced a device of the line: what is delivered from now on is not delivered again. */
    void serviced() {
        store.set(base + REDUNDANT, 0);
    }

    /** Whether enough redundant deliveries followed each other without a service to make a storm. */
    boolean isStorm() {
        return get(REDUNDANT) == STORM_REDUNDANT;
    }

    /** Whether a level that is still held, or the last edge, was never delivered. */
    boolean isUndelivered() {
        return get(LEVEL_WAITS) != 0 && get(HOLDERS) > 0 || get(LAST_EDGE_WAITS) != 0;
    }

    private long get(int word) {
        return store.get(base + word);
    }
}
