// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

import java.util.Arrays;

/**
 * What was found out for each footprint that an action had: a tree of the words that it touches, one after the other, with a number at
 * the end of each way. As it always does the same where it has read the same, the words before say which one comes next.
 *
 * <p>A way through the tree is laid out in a row as far as it was new when it was added, and goes on elsewhere where another way leaves
 * it: so following it reads memory in order, which is most of what a look-up costs.
 */
final class FootprintTree {
    /** No way leads on. */
    static final int NONE = -1;

    /** What the ways of all actions branch off from. */
    private static final int ROOT = -1;

    /** Each node's word and what is in it if the way goes on with the next node; at the end of a way, the complement of its number. */
    private int[] places = new int[1 << 10];

    private long[] values = new long[1 << 10];
    private int nodes;

    /** Where ways with other values go on, hashed: pairs of a value, and a node in the high and the one that follows, plus 1, in the low half. */
    private long[] branches = new long[1 << 10];

    private int branchCount;

    /** The number at the end of the way of {@code action} that {@code words} lead on, or {@link #NONE}. */
    int find(int action, long[] words) {
        int node = branch(ROOT, action);
        while (node != NONE && places[node] >= 0) {
            long value = words[places[node]];
            node = value == values[node] ? node + 1 : branch(node, value);
        }
        return node == NONE ? NONE : ~places[node];
    }

    /**
     * Adds a way that is not there.
     *
     * @throws IllegalStateException if the action has touched another word after the same values: then it depends on something else
     */
    void add(int action, Footprint footprint, int number) {
        int from = ROOT;
        long value = action;
        int touched = 0;
        for (int node = branch(ROOT, action); node != NONE; node = next(node, value)) {
            if (touched == footprint.size() || places[node] != footprint.place(touched)) {
                throw new IllegalStateException("action " + action + " depends on more than the words that it reads");
            }
            from = node;
            value = footprint.value(touched++);
        }
        addBranch(from, value, nodes);
        for (; touched < footprint.size(); touched++) {
            addNode(footprint.place(touched), footprint.value(touched));
        }
        addNode(~number, 0);
    }

    private int next(int node, long value) {
        return value == values[node] ? node + 1 : branch(node, value);
    }

    private void addNode(int place, long value) {
        if (nodes == places.length) {
            places = Arrays.copyOf(places, 2 * nodes);
            values = Arrays.copyOf(values, 2 * nodes);
        }
        places[nodes] = place;
        values[nodes++] = value;
    }

    private int branch(int node, long value) {
        int slot = slotOf(node, value);
        return (int) branches[slot + 1] - 1;
    }

    private void addBranch(int node, long value, int to) {
        put(node, value, to);
        if (4 * ++branchCount > branches.length) {
            long[] old = branches;
            branches = new long[2 * old.length];
            for (int slot = 0; slot < old.length; slot += 2) {
                if (old[slot + 1] != 0) {
                    put((int) (old[slot + 1] >>> Integer.SIZE), old[slot], (int) old[slot + 1] - 1);
                }
            }
        }
    }

    private void put(int node, long value, int to) {
        int slot = slotOf(node, value);
        branches[slot] = value;
        branches[slot + 1] = (long) node << Integer.SIZE | to + 1;
    }

    /** Where the branch is, or would be. */
    private int slotOf(int node, long value) {
        int mask = branches.length - 2;
        int slot = (int) (Hash64.mix(node, value) >>> Integer.SIZE) & mask;
        while (branches[slot + 1] != 0
                && (branches[slot] != value || (int) (branches[slot + 1] >>> Integer.SIZE) != node)) {
            slot = slot + 2 & mask;
        }
        return slot;
    }

    /** How many words the ways touch. */
    int size() {
        return nodes;
    }

    void clear() {
        nodes = 0;
        branchCount = 0;
        Arrays.fill(branches, 0);
    }
}
