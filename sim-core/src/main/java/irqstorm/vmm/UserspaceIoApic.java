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
import org.jspecify.annotations.Nullable;

/**
 * A VMM's I/O APIC: its messages go to the kernel's local APICs through an ioctl or straight to the VMM's own, and under split irqchip
 * it keeps the kernel's MSI routes in step with its redirection entries.
 */
public final class UserspaceIoApic implements IoApicPort {
    private final LapicLink link;
    private final @Nullable SplitRoutes routes;
    private final IoApic chip;
    private final IoApicWindow window;

    /**
     * A VMM's I/O APIC after reset.
     *
     * @param routes how it keeps the kernel's routes in step, or null where the local APICs are not the kernel's
     */
    public UserspaceIoApic(
            StateStore store,
            EventLog log,
            IoApicProfile profile,
            @Nullable SplitRoutes routes,
            LapicLink link,
            IoApicClock clock) {
        this.link = link;
        this.routes = routes;
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

    /** A VM of its own begins with no routes: gives it those of the entries as they are. */
    public void announceRoutes() {
        for (int pin = 0; pin < chip.profile().pins(); pin++) {
            if (routes != null) {
                link.removeRoute(gsi(pin, routes));
            }
            entryWritten(pin, chip.entry(pin));
        }
    }

    @Override
    public Delivery deliver(int pin, long message) {
        return link.sendMessage(message);
    }

    /** A route that stays in the kernel keeps its vector among the handled ones. */
    @Override
    public void entryWritten(int pin, long entry) {
        if (routes == null) {
            return;
        }
        int gsi = gsi(pin, routes);
        boolean masked = RedirectionEntry.isMasked(entry);
        if (!masked || routes.maskedRoute() == SplitRoutes.MaskedRoute.UPDATED) {
            link.setRoute(gsi, RedirectionEntry.message(entry));
        } else if (routes.maskedRoute() == SplitRoutes.MaskedRoute.REMOVED) {
            link.removeRoute(gsi);
        }
    }

    private int gsi(int pin, SplitRoutes routes) {
        return routes.eoiExits() == SplitRoutes.EoiExits.RESERVED
                ? pin
                : chip.profile().pins() + pin;
    }
}
