// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.Priority;
import irqstorm.engine.Simulation;
import irqstorm.state.StateStore;

/** The agenda of a timed run: the clock picks. */
final class TimedAgenda implements Agenda {
    private final Simulation simulation;

    TimedAgenda(Simulation simulation) {
        this.simulation = simulation;
    }

    /** How many events have happened, counting the one that happens. */
    long eventsRun() {
        return simulation.eventsRun();
    }

    /**
     * Moves time on by {@code delayNanos} to an event that is not scheduled first, if it would be the next one.
     *
     * @see Simulation#advanceBy
     */
    boolean advanceBy(long delayNanos) {
        return simulation.advanceBy(delayNanos);
    }

    /** How many more events may be pending. */
    int room() {
        return simulation.room();
    }

    @Override
    public long now() {
        return simulation.now();
    }

    @Override
    public long schedule(long delayNanos, Priority priority, long payload, long cause) {
        return simulation.scheduleAfter(delayNanos, priority, payload, cause);
    }

    @Override
    public void cancel(long handle) {
        simulation.cancel(handle);
    }

    @Override
    public long waitNanos(long timeNanos) {
        return Math.max(0, timeNanos - simulation.now());
    }

    @Override
    public long inTurn(StateStore times, int busyUntil, long delay) {
        long done = Math.max(now() + delay, times.get(busyUntil));
        times.set(busyUntil, done);
        return done - now();
    }

    @Override
    public long untilNanos(long timeNanos) {
        return timeNanos - simulation.now();
    }

    @Override
    public void addSince(StateStore times, int sum, int since) {
        times.add(sum, simulation.now() - times.get(since));
    }

    @Override
    public long remainingNanos(long handle) {
        return simulation.remainingNanos(handle);
    }
}
