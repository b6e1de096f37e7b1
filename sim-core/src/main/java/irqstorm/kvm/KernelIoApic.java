// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import irqstorm.apic.ApicBus;
import irqstorm.apic.IoApic;
import irqstorm.apic.IoApicClock;
import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicPort;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicWindow;
import irqstorm.apic.TracedIoApicOutput;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;

/** KVM's own I/O APIC: its messages reach the local APICs at once, under one lock, and it learns whether they were accepted. */
public final class KernelIoApic implements IoApicPort {
    private final ApicBus bus;
    private final Runnable entryListener;
    private final IoApic chip;
    private final IoApicWindow window;

    /**
     * KVM's I/O APIC after reset.
     *
     * @param entryListener is run when a redirection entry was written, since the handled vectors depend on it
     */
    public KernelIoApic(
            StateStore store,
            EventLog log,
            IoApicProfile profile,
            ApicBus bus,
            IoApicClock clock,
            Runnable entryListener) {
        this.bus = bus;
        this.entryListener = entryListener;
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
        return bus.send(message) ? Delivery.ACCEPTED : Delivery.REFUSED;
    }

    @Override
    public void entryWritten(int pin, long entry) {
        entryListener.run();
    }
}
