// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import irqstorm.machine.MachineConfig;

/**
 * One thing to simulate: a machine, how long to run it, and what is expected of it.
 *
 * @param name the scenario's name
 * @param title what it is about, in a line
 * @param configuration the configuration's name, or an empty string for the scenario as written
 * @param durationNanos how long devices have causes for interrupts, nanoseconds
 * @param settleNanos how long the machine may then take to come to rest, nanoseconds
 * @param limits what the run may use at the most
 * @param machine the machine
 * @param expectations what the run is expected to show
 */
public record Scenario(
        String name,
        String title,
        String configuration,
        long durationNanos,
        long settleNanos,
        Limits limits,
        MachineConfig machine,
        Expectations expectations) {
    /**
     * What a run may use at the most.
     *
     * @param maxEvents events of the engine
     * @param maxPending events pending at a time
     */
    public record Limits(long maxEvents, int maxPending) {
        /** Enough for minutes of a storm, and an end for everything else. */
        public static final Limits DEFAULT = new Limits(500_000_000L, 100_000);
    }
}
