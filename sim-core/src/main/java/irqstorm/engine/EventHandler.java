// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

/** The model: what happens when an event is due. */
@FunctionalInterface
public interface EventHandler {
    /**
     * Runs one event. The handler may schedule and cancel events, also for the current instant.
     *
     * @param timeNanos the current instant
     * @param payload what happens, in the model's own encoding, as given to {@code schedule}
     * @param cause what made it happen, as given to {@code schedule}: for the record, not for decisions
     */
    void onEvent(long timeNanos, long payload, long cause);
}
