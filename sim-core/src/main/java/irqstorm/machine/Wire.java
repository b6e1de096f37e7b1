// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.TriggerMode;

/** How a device's interrupt leaves it. */
public sealed interface Wire {
    /** How many register accesses of the guest service a cause; the last one does. */
    int accesses();

    /**
     * A line to an I/O APIC pin, which several devices may share.
     *
     * @param gsi the pin
     * @param signalling what the device does to the line
     */
    record Line(int gsi, Signalling signalling) implements Wire {
        /** A line of the plainest kind: held until one access services the device, or pulsed. */
        public Line(int gsi, TriggerMode trigger) {
            this(gsi, trigger == TriggerMode.LEVEL ? Signalling.LEVEL : Signalling.PULSE);
        }

        /** The trigger mode that the pin should have. */
        public TriggerMode trigger() {
            return signalling instanceof Signalling.Pulse ? TriggerMode.EDGE : TriggerMode.LEVEL;
        }

        @Override
        public int accesses() {
            return signalling.accesses();
        }
    }

    /**
     * A message-signalled interrupt (MSI), edge-triggered, that one access services.
     *
     * @param vector the vector, 16 to 255
     * @param destination the APIC ID it goes to
     */
    record Message(int vector, int destination) implements Wire {
        @Override
        public int accesses() {
            return 1;
        }
    }
}
