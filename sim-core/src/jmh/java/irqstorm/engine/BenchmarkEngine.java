// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

/**
 * What the benchmarks ask of an engine. Each engine keeps the handles of its timeouts in its own way: a fork of a
 * benchmark loads one engine only, so the calls cost nothing.
 */
interface BenchmarkEngine {
    /** The engine of this name, as in the {@code engine} parameter of the benchmarks. */
    static BenchmarkEngine named(String name, int maxPending) {
        return switch (name) {
            case "irqstorm" -> new IrqstormEngine(maxPending);
            case "priority-queue" -> new PriorityQueueEngine(maxPending);
            default -> throw new IllegalArgumentException("no engine is named " + name);
        };
    }

    /** Sets what happens at an event. */
    void setHandler(EventHandler handler);

    /** Schedules an event. */
    void scheduleAfter(long delayNanos, Priority priority, long payload);

    /** Schedules an event that can be cancelled by the number of its process. */
    void scheduleTimeoutAfter(long delayNanos, Priority priority, long payload, int process);

    /** Cancels the last timeout of this process. */
    boolean cancelTimeout(int process);

    /** Runs so many events. */
    long run(int events);
}
