// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.TriggerMode;

/** How a device's interrupt leaves it. */
public sealed interface Wire {
    /**
     * A line to an I/O APIC pin, which several devices may share.
     *
     * @param gsi the pin
     * @param signalling whether the device holds the line until it is serviced, or pulses it
     */
    record Line(int gsi, TriggerMode signalling) implements Wire {}

    /**
     * A message-signalled interrupt (MSI), edge-triggered.
     *
     * @param vector the vector, 16 to 255
     * @param destination the APIC ID it goes to
     */
    record Message(int vector, int destination) implements Wire {}
}
