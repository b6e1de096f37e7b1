// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.VectorSet;
import irqstorm.state.StateStore;

/** The local APIC that L1 emulates for L2, as far as interrupts L1 passes on are concerned: requested, in service, priority. */
final class VirtualApic {
    private final VectorSet requested;
    private final VectorSet inService;

    VirtualApic(StateStore store) {
        this.requested = new VectorSet(store);
        this.inService = new VectorSet(store);
    }

    void request(int vector) {
        requested.add(vector);
    }

    /** The vector that L2 would take now, by its priority class, or {@link VectorSet#NONE}. */
    int deliverable() {
        int vector = requested.highest();
        return vector != VectorSet.NONE && vector >>> 4 > inService.highest() >> 4 ? vector : VectorSet.NONE;
    }

    void acknowledge(int vector) {
        requested.remove(vector);
        inService.add(vector);
    }

    void withdraw(int vector) {
        requested.remove(vector);
    }

    int highestInService() {
        return inService.highest();
    }

    void endOfInterrupt() {
        int vector = inService.highest();
        if (vector != VectorSet.NONE) {
            inService.remove(vector);
        }
    }

    /** Whether {@code vector} waits for L2 or is in service in it. */
    boolean holds(int vector) {
        return requested.contains(vector) || inService.contains(vector);
    }
}
