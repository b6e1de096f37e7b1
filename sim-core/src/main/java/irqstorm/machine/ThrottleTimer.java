// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.engine.Priority;
import irqstorm.state.StateStore;

/** The timer of the I/O APIC's throttle: one for all pins, and one at a time. */
final class ThrottleTimer {
    private final StateStore store;
    private final int running;
    private final StateStore times;
    private final int handle;
    private final Agenda agenda;

    ThrottleTimer(StateStore store, StateStore times, Agenda agenda) {
        this.store = store;
        this.running = store.reserve(1);
        this.times = times;
        this.handle = times.reserve(1);
        this.agenda = agenda;
    }

    /** Starts it because of event {@code cause}, unless it is running. */
    void start(long delayNanos, long cause) {
        if (!isRunning()) {
            store.set(running, 1);
            long payload = Payload.of(Payload.THROTTLE_EXPIRED, 0);
            times.set(handle, agenda.schedule(delayNanos, Priority.TIMER, payload, cause));
        }
    }

    /** It has expired. */
    void expired() {
        store.set(running, 0);
    }

    /** It will not expire. */
    void cancel() {
        if (isRunning()) {
            agenda.cancel(times.get(handle));
            store.set(running, 0);
        }
    }

    boolean isRunning() {
        return store.get(running) != 0;
    }
}
