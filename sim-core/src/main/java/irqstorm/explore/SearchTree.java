// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

/** How each state was reached first: from which state, by which choice. States are numbered in the order of their first visit. */
final class SearchTree {
    /** The parent of the first state. */
    static final int NONE = -1;

    private static final int HALF = 16;
    private static final int LOW = (1 << HALF) - 1;

    private final IntLog parents = new IntLog();

    /** Two choices each: the even state's in the low half. */
    private final IntLog choices = new IntLog();

    /** The next state was reached from state {@code parent} by {@code choice}, 0 to 65,535. */
    void add(int parent, int choice) {
        if ((parents.size() & 1) == 0) {
            choices.add(choice);
        } else {
            int pair = choices.size() - 1;
            choices.set(pair, choices.get(pair) | choice << HALF);
        }
        parents.add(parent);
    }

    /** The choices that lead from the first state to {@code state}. */
    int[] path(int state) {
        int length = 0;
        for (int at = state; parents.get(at) != NONE; at = parents.get(at)) {
            length++;
        }
        int[] path = new int[length];
        for (int at = state; parents.get(at) != NONE; at = parents.get(at)) {
            int pair = choices.get(at / 2);
            path[--length] = (at & 1) == 0 ? pair & LOW : pair >>> HALF;
        }
        return path;
    }
}
