// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.trace.TraceEvent;
import java.util.List;

/**
 * The shortest way to a violation, in the smallest scenario that was found to have one.
 *
 * @param devices the names of its devices; events refer to them by their place in this list
 * @param vcpus how many vCPUs it has
 * @param boot what happens before the first move
 * @param steps the moves
 * @param removed what the scenario had besides, which the violation does not need
 * @param file the scenario file that {@code run} goes through to the same verdict; empty where no run can end with it
 */
public record Counterexample(
        List<String> devices, int vcpus, List<TraceEvent> boot, List<Step> steps, List<String> removed, String file) {
    /** Keeps its own copies. */
    public Counterexample {
        devices = List.copyOf(devices);
        boot = List.copyOf(boot);
        steps = List.copyOf(steps);
        removed = List.copyOf(removed);
    }

    /**
     * One choice of what happens next.
     *
     * @param number its number, from 1
     * @param move the name of what happens ({@link irqstorm.machine.Move#label})
     * @param remark which hazard it is, if it is one; else empty
     * @param events what comes of it
     */
    public record Step(int number, String move, String remark, List<TraceEvent> events) {
        /** Keeps its own copy. */
        public Step {
            events = List.copyOf(events);
        }
    }
}
