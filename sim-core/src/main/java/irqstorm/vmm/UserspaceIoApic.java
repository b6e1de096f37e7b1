// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

import irqstorm.apic.IoApic;
import irqstorm.apic.IoApicClock;
import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicPort;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicWindow;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.TracedIoApicOutput;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;

/**
 * A VMM's I/O APIC: its messages go through an ioctl, so it sets Remote IRR before it knows whether anybody accepts them, and it keeps
 * the kernel's MSI routes in step with its redirection entries.
 */
public final class UserspaceIoApic implements IoApicPort {
    private final LapicLink link;
    private final IoApic chip;
    private final IoApicWindow window;

    /** A VMM's I/O APIC after reset. */
    public UserspaceIoApic(StateStore store, EventLog log, IoApicProfile profile, LapicLink link, IoApicClock clock) {
        this.link = link;
        this.chip = new IoApic(store, profile, new TracedIoApicOutput(log, this, clock));
        this.window = new IoApicWindow(store, chip);
    }

    /** The chip. */
    public IoApic chip() {
        return chip;
    }

    /** Its registers. */
    public IoApicWindow window() {
        return window;
    }

    @Override
    public Delivery deliver(int pin, long message) {
        link.sendMessage(message);
        return Delivery.SENT;
    }

    /** A masked entry keeps its old route in the kernel, and with it its place among the handled vectors. */
    @Override
    public void entryWritten(int pin, long entry) {
        if (!RedirectionEntry.isMasked(entry)) {
            link.setRoute(pin, RedirectionEntry.message(entry));
        }
    }
}
