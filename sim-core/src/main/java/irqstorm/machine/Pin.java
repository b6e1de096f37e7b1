// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.TriggerMode;

/**
 * How the guest programs one I/O APIC pin at boot.
 *
 * @param gsi the pin
 * @param vector the vector, 16 to 255
 * @param trigger edge or level
 * @param activeLow RTE bit 13
 * @param masked RTE bit 16
 * @param delivery the delivery mode
 * @param logical the destination mode
 * @param destination an APIC ID or a logical destination, 0 to 255
 */
public record Pin(
        int gsi,
        int vector,
        TriggerMode trigger,
        boolean activeLow,
        boolean masked,
        DeliveryMode delivery,
        boolean logical,
        int destination) {

    /** The same pin with another vector. */
    Pin withVector(int other) {
        return new Pin(gsi, other, trigger, activeLow, masked, delivery, logical, destination);
    }
}
