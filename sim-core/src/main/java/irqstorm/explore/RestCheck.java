// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Finds a state from which the machine cannot come to rest, whatever it does by itself: CTL's AG EF rest.
 *
 * <p>For each state one way forward is kept, the first event that is neither the outside world's nor an idle guest's. Nearly all of
 * these ways end at rest; only where one goes in circles all ways are tried.
 */
final class RestCheck {
    /** What follows a state at rest. */
    static final int REST = -1;

    private final IntLog next;
    private final IntPredicate search;
    private final BitSet followed = new BitSet();

    /** What was followed before, from another state: where a way meets itself, it is followed and not settled. */
    private final BitSet settled = new BitSet();

    private final BitSet tried = new BitSet();
    private final BitSet resting = new BitSet();

    /**
     * A check of all states.
     *
     * @param next the number of the state that follows each state on its one way, or {@link #REST}
     * @param search whether any way from a state leads to rest, which takes long to find out
     */
    RestCheck(IntLog next, IntPredicate search) {
        this.next = next;
        this.search = search;
    }

    /** The number of the first state that cannot come to rest, or −1. */
    int firstRestless() {
        for (int state = 0; state < next.size(); state++) {
            if (!followsToRest(state) && !triesToRest(state)) {
                return state;
            }
        }
        return -1;
    }

    /**
     * Whether the way from {@code state} leads to rest, or into a circle that another way leads out of to rest. No part of a way is
     * followed twice, and no circle is tried twice to be left.
     */
    private boolean followsToRest(int state) {
        int at = state;
        while (!followed.get(at)) {
            followed.set(at);
            if (next.get(at) != REST) {
                at = next.get(at);
            }
        }
        boolean circles = next.get(at) != REST && !settled.get(at);
        for (int on = state; on != REST && !settled.get(on); on = next.get(on)) {
            settled.set(on);
        }
        if (next.get(at) != REST && !triesToRest(at)) {
            return false;
        }
        if (circles) {
            markWay(next.get(at));
        }
        markWay(state);
        return true;
    }

    private void markWay(int from) {
        int at = from;
        while (next.get(at) != REST && !resting.get(at)) {
            resting.set(at);
            at = next.get(at);
        }
        resting.set(at);
    }

    private boolean triesToRest(int state) {
        if (!resting.get(state) && !tried.get(state)) {
            tried.set(state);
            resting.set(state, search.test(state));
        }
        return resting.get(state);
    }
}
