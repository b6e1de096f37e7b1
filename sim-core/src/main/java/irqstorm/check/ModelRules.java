// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.VectorSet;
import irqstorm.event.EventKind;
import irqstorm.machine.Machine;

/**
 * The rules that hold of every machine, whatever its guest, flags and I/O APIC: where one is broken the model is wrong, not what it was
 * told.
 *
 * <ul>
 *   <li>A processor takes an interrupt through its IDT only if its class is above that of all others in service (SDM volume 3, section
 *       12.8.3.1).
 *   <li>An EOI ends the highest vector in service (SDM volume 3, section 12.8.5).
 *   <li>Remote IRR becomes 1 only of a pin that is level-triggered (82093AA datasheet, section 3.2.4).
 * </ul>
 *
 * <p>They are looked at as events are recorded. A machine that keeps them needs nobody to look, so only explorations and written orders
 * pay for it.
 */
final class ModelRules {
    private static final int L1 = 1;

    /** The class of a vector is its upper four bits. */
    private static final int CLASS_SHIFT = 4;

    private ModelRules() {}

    /**
     * Looks at an event that {@code machine} has just recorded.
     *
     * @throws IllegalStateException if it breaks a rule
     */
    static void check(Machine machine, EventKind kind, long a, long b, long c) {
        switch (kind) {
            case INTERRUPT_TAKEN -> {
                if (c == L1) {
                    taken(machine, (int) a, (int) b);
                }
            }
            case LAPIC_EOI -> ended(machine, (int) a, (int) b);
            case REMOTE_IRR_SET -> held((int) a, machine.entry((int) a));
            default -> {}
        }
    }

    private static void taken(Machine machine, int vcpu, int vector) {
        int highest = machine.inServiceBelow(vcpu, VectorSet.VECTORS);
        int other = highest == vector ? machine.inServiceBelow(vcpu, vector) : highest;
        if (other >> CLASS_SHIFT >= vector >> CLASS_SHIFT) {
            throw new IllegalStateException(String.format(
                    "vCPU %d takes vector 0x%02x while vector 0x%02x is in service", vcpu, vector, other));
        }
    }

    private static void ended(Machine machine, int vcpu, int vector) {
        int left = machine.inServiceBelow(vcpu, VectorSet.VECTORS);
        if (left > vector) {
            throw new IllegalStateException(
                    String.format("vCPU %d ends vector 0x%02x while vector 0x%02x is in service", vcpu, vector, left));
        }
    }

    private static void held(int pin, long entry) {
        if (!RedirectionEntry.isLevel(entry)) {
            throw new IllegalStateException("Remote IRR of pin " + pin + " becomes 1, and the pin is edge-triggered");
        }
    }
}
