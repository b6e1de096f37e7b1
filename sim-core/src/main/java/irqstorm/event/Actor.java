// SPDX-License-Identifier: Apache-2.0
package irqstorm.event;

/** Who does something to an interrupt: the lanes of a timeline, from the wire up to the innermost guest. */
public enum Actor {
    /** A device, or the thread of the VMM that emulates it. */
    DEVICE("device"),
    /** The interrupt hardware that the guest sees: the I/O APIC's pins and the local APICs. */
    CHIP("chip"),
    /** The host kernel's hypervisor. */
    L0_KVM("L0"),
    /** The userspace virtual machine monitor on a vCPU thread. */
    VMM("VMM"),
    /** The guest hypervisor of a nested guest, or the only guest there is. */
    L1("L1"),
    /** The guest of the guest hypervisor. */
    L2("L2");

    private final String label;

    Actor(String label) {
        this.label = label;
    }

    /** The short name used in tables. */
    public String label() {
        return label;
    }
}
