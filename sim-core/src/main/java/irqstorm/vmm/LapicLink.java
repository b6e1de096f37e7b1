// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

/** The VMM's way to the local APICs, which are the kernel's or its own. */
public interface LapicLink {
    /** Sends {@code message}, an {@link irqstorm.apic.InterruptMessage}; it arrives later. */
    void sendMessage(long message);

    /** The interrupt of pin {@code gsi} will be sent as {@code message} from now on. */
    void setRoute(int gsi, long message);
}
