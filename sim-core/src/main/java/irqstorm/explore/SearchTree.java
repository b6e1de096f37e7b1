// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import java.util.Arrays;

/** How each state was reached first: from which state, by which choice. States are numbered in the order of their first visit. */
final class SearchTree {
    /** The parent of the first state. */
    static final int NONE = -1;

    private final IntLog parents = new IntLog();
    private final IntLog choices = new IntLog();

    /** The next state was reached from state {@code parent} by {@code choice}. */
    void add(int parent, int choice) {
        choices.add(choice);
        parents.add(parent);
    }

    /** How many bytes it takes. */
    long bytes() {
        return parents.bytes() + choices.bytes();
    }

    /** The choices that lead from the first state to {@code state}, and {@code choice} after them. */
    int[] path(int state, int choice) {
        int[] path = path(state);
        int[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = choice;
        return longer;
    }

    /** The choices that lead from the first state to {@code state}. */
    int[] path(int state) {
        int length = 0;
        for (int at = state; parents.get(at) != NONE; at = parents.get(at)) {
            length++;
        }
        int[] path = new int[length];
        for (int at = state; parents.get(at) != NONE; at = parents.get(at)) {
            path[--length] = choices.get(at);
        }
        return path;
    }
}
