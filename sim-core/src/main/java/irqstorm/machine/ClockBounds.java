// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.state.StateStore;

/**
 * Between which moments, from now, each pending event happens, so that an exploration can leave out orders that no choice of durations
 * allows: an event cannot come next if another one must have come before it.
 *
 * <p>Each event has its own bounds, and how they hang together is forgotten: after an event that took from 2 to 3 us, one that was due
 * in 10 us is due in 7 to 8 us, whichever it was. So no possible order is left out, but some impossible ones may stay. Bounds are widened
 * to whole microseconds, for the same reason. The exact way, differences between all pairs (Berthomieu and Menasche, 1983), takes
 * a square of numbers a state.
 */
final class ClockBounds {
    private static final int GRID_NANOS = 1000;

    private final StateStore store;
    private final int base;

    ClockBounds(StateStore store, int capacity) {
        this.store = store;
        this.base = store.reserve(capacity);
    }

    /** The event at {@code place} happens after {@code delay}. */
    void set(int place, long delay) {
        put(place, DelayRange.least(delay), DelayRange.greatest(delay));
    }

    /**
     * What happens at {@code later} is what happens later of two events: either the second one had to wait for the first, after which it
     * takes no more time of its own ({@link Agenda#inTurn}), or they are equal, and either may be the first.
     */
    void order(int earlier, int later) {
        int least = Math.min(least(earlier), least(later));
        int greatest = Math.max(greatest(earlier), greatest(later));
        put(later, Math.max(least(earlier), least(later)), greatest);
        put(earlier, least, greatest(earlier));
    }

    long get(int place) {
        return store.get(base + place);
    }

    void move(int from, int to) {
        store.set(base + to, get(from));
    }

    void clear(int place) {
        store.set(base + place, 0);
    }

    int least(int place) {
        return DelayRange.least(get(place));
    }

    int greatest(int place) {
        return DelayRange.greatest(get(place));
    }

    /** Between {@code least} and {@code greatest} nanoseconds go by. */
    void pass(int place, int least, int greatest) {
        int until = greatest(place) == DelayRange.UNLIMITED ? DelayRange.UNLIMITED : greatest(place) - least;
        put(place, Math.max(0, least(place) - greatest), until);
    }

    private void put(int place, long least, long greatest) {
        long up = greatest + GRID_NANOS - 1;
        store.set(base + place, DelayRange.of(least - least % GRID_NANOS, up - up % GRID_NANOS));
    }
}
