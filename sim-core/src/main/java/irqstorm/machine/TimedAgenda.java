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
    public long inTurn(StateStore times, int busyUntil, long delay) {
        long done = Math.max(now() + delay, times.get(busyUntil));
        times.set(busyUntil, done);
        return done - now();
    }

    @Override
    public long remainingNanos(long handle) {
        return simulation.remainingNanos(handle);
    }
}
