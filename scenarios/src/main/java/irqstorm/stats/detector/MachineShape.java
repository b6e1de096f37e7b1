// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

import java.util.List;

/**
 * What a detector has to know of the machine.
 *
 * @param lines the names of the lines
 * @param vcpus how many vCPUs there are
 * @param nested whether the guest that the devices belong to is L2
 */
public record MachineShape(List<String> lines, int vcpus, boolean nested) {
    /** Keeps its own copy. */
    public MachineShape {
        lines = List.copyOf(lines);
    }

    /** The level of the guest that has the devices' drivers. */
    int driverLevel() {
        return nested ? 2 : 1;
    }
}
