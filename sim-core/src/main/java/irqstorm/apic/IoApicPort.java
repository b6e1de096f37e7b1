// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.apic.IoApicOutput.Delivery;

/** What an I/O APIC needs of the kernel or VMM it is part of; {@link TracedIoApicOutput} adds time and the record of what happened. */
public interface IoApicPort {
    /** Sends the interrupt of {@code pin} as {@code message}, an {@link InterruptMessage}. */
    Delivery deliver(int pin, long message);

    /** The redirection entry of the pin was written. */
    void entryWritten(int pin, long entry);
}
