// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

import irqstorm.apic.IoApicOutput.Delivery;

/** The VMM's way to the local APICs, which are the kernel's or its own. */
public interface LapicLink {
    /**
     * Sends {@code message}, an {@link irqstorm.apic.InterruptMessage}: at once to local APICs of the VMM's own, by an ioctl to the
     * kernel's, where it arrives later.
     *
     * @return what the VMM knows of its fate: the ioctl tells whether a local APIC would take it
     */
    Delivery sendMessage(long message);

    /** The interrupt of pin {@code gsi} will be sent as {@code message} from now on. */
    void setRoute(int gsi, long message);

    /** Pin {@code gsi} has no route any more. */
    void removeRoute(int gsi);
}
