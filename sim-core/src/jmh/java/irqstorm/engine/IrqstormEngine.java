// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

/** The engine of this project: {@link Simulation}. */
final class IrqstormEngine implements BenchmarkEngine, EventHandler {
    private final Simulation simulation;
    private final long[] timeouts;
    private EventHandler handler = (timeNanos, payload, cause) -> {};
    private int eventsLeft;

    IrqstormEngine(int maxPending) {
        simulation = new Simulation(this, new RunLimits(SimTime.LATEST, Long.MAX_VALUE, maxPending));
        timeouts = new long[maxPending];
    }

    @Override
    public void setHandler(EventHandler handler) {
        this.handler = handler;
    }

    @Override
    public void scheduleAfter(long delayNanos, Priority priority, long payload) {
        simulation.scheduleAfter(delayNanos, priority, payload);
    }

    @Override
    public void scheduleTimeoutAfter(long delayNanos, Priority priority, long payload, int process) {
        timeouts[process] = simulation.scheduleAfter(delayNanos, priority, payload);
    }

    @Override
    public boolean cancelTimeout(int process) {
        return simulation.cancel(timeouts[process]);
    }

    @Override
    public long run(int events) {
        eventsLeft = events;
        simulation.runUntil(SimTime.LATEST);
        return simulation.now();
    }

    @Override
    public void onEvent(long timeNanos, long payload, long cause) {
        handler.onEvent(timeNanos, payload, cause);
        eventsLeft--;
        if (eventsLeft == 0) {
            simulation.requestStop();
        }
    }
}
