// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

/** How each state was reached first: from which state, by which choice. States are numbered in the order of their first visit. */
final class SearchTree {
    /** The parent of the first state. */
    static final int NONE = -1;

    private static final int PARENT_SHIFT = 32;
    private static final int CHOICE_MASK = 0xFFFF;

    private final LongLog nodes = new LongLog();

    /** The next state was reached from state {@code parent} by {@code choice}, 0 to 65,535. */
    void add(int parent, int choice) {
        nodes.add((long) parent << PARENT_SHIFT | choice & CHOICE_MASK);
    }

    /** The choices that lead from the first state to {@code state}. */
    int[] path(int state) {
        int length = 0;
        for (int at = state; parent(at) != NONE; at = parent(at)) {
            length++;
        }
        int[] path = new int[length];
        for (int at = state; parent(at) != NONE; at = parent(at)) {
            path[--length] = (int) nodes.get(at) & CHOICE_MASK;
        }
        return path;
    }

    private int parent(int state) {
        return (int) (nodes.get(state) >> PARENT_SHIFT);
    }
}
