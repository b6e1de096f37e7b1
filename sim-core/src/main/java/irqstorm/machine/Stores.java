// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.StateStore;

/**
 * Where a machine keeps its state.
 *
 * @param state what decides what happens next
 * @param times what matters only to a clock: until when, since when, and what it will take back
 * @param rests how long interrupted steps still take: a matter of the clock where there is one, and otherwise of the state
 * @param counts how many events were recorded and how many numbers drawn, with the fingerprint of the events
 */
record Stores(StateStore state, StateStore times, StateStore rests, StateStore counts) {
    /** Those of a machine that a clock runs. */
    static Stores timed() {
        StateStore times = new StateStore();
        return new Stores(new StateStore(), times, times, new StateStore());
    }

    /** Those of a machine without a clock, with all of its state that matters in {@code state}. */
    static Stores untimed(StateStore state) {
        return new Stores(state, new StateStore(), state, new StateStore());
    }
}
