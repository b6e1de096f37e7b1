// SPDX-License-Identifier: Apache-2.0
package irqstorm.event;

import java.util.Locale;

/**
 * What may happen to an interrupt: the closed vocabulary of the trace, of the timeline and of every checker.
 *
 * <p>Each kind names what its three arguments mean, in their order. The subject is a device, a pin (GSI) or a vCPU.
 */
public enum EventKind {
    /** A device's cause became pending and its level line rose. */
    LINE_ASSERTED("device", "gsi", ""),
    /** A device's cause was serviced and its level line fell. */
    LINE_DEASSERTED("device", "gsi", ""),
    /** A device's cause occurred while its line was already asserted. */
    CAUSE_MERGED("device", "gsi", ""),
    /** A device sent an edge: a message, or a pulse on a line. */
    EDGE_SENT("device", "gsi", "vector"),
    /** The guest accessed the device's registers and serviced its cause. */
    DEVICE_SERVICED("device", "gsi", ""),
    /** The guest accessed the device's registers and found nothing to do. */
    DEVICE_IDLE("device", "gsi", ""),

    /** The I/O APIC sent the interrupt of a pin towards the local APICs. */
    IOAPIC_DELIVERED("pin", "vector", ""),
    /** An asserted level pin was not delivered because its Remote IRR is set. */
    REMOTE_IRR_BLOCKED("pin", "vector", ""),
    /** An asserted pin was not delivered because it is masked. */
    PIN_MASKED("pin", "vector", ""),
    /** An edge was lost: the pin was masked or no local APIC took it. */
    EDGE_LOST("pin", "vector", ""),
    /** The I/O APIC set a pin's Remote IRR. */
    REMOTE_IRR_SET("pin", "vector", ""),
    /** The I/O APIC cleared a pin's Remote IRR. */
    REMOTE_IRR_CLEARED("pin", "vector", ""),
    /** The I/O APIC saw too many successive EOIs on an asserted pin and postponed the next delivery. */
    THROTTLE_ARMED("pin", "vector", "delayNanos"),
    /** The postponed deliveries are due. */
    THROTTLE_EXPIRED("", "", ""),
    /** A redirection entry was written. */
    RTE_WRITTEN("pin", "vector", "value"),

    /** A local APIC took the interrupt into its IRR. */
    LAPIC_ACCEPTED("vcpu", "vector", "level"),
    /** A local APIC that is disabled refused the interrupt. */
    LAPIC_REFUSED("vcpu", "vector", "level"),
    /** Software ended the highest-priority interrupt in service; the third argument is SPIV bit 12. */
    LAPIC_EOI("vcpu", "vector", "suppressBit"),
    /** Software wrote EOI with nothing in service. */
    LAPIC_EOI_SPURIOUS("vcpu", "", ""),
    /** The EOI of a level vector was kept from the I/O APIC because SPIV bit 12 is set and honoured. */
    EOI_SUPPRESSED("vcpu", "vector", ""),
    /** An EOI broadcast reached the I/O APIC; the third argument is the TMR bit of the vector. */
    EOI_BROADCAST("vcpu", "vector", "level"),
    /** A write to the I/O APIC's EOI register was taken. */
    DIRECTED_EOI("vcpu", "vector", ""),
    /** A write to the I/O APIC's EOI register was ignored: this I/O APIC has none. */
    DIRECTED_EOI_IGNORED("vcpu", "vector", "version"),

    /** A guest left guest mode. */
    VM_EXIT("vcpu", "reason", "level"),
    /** L0 gave L2's exit to L1. */
    NESTED_EXIT("vcpu", "reason", "vector"),
    /** L0 entered a guest. */
    VM_ENTRY("vcpu", "level", ""),
    /** L0 emulated L1's VMRESUME; the second argument is the vector that L1 injects, or −1. */
    NESTED_ENTRY("vcpu", "vector", ""),
    /** A guest took an interrupt through its IDT. */
    INTERRUPT_TAKEN("vcpu", "vector", "level"),
    /** L2 wrote EOI to the local APIC that L1 emulates for it. */
    L2_EOI("vcpu", "vector", ""),
    /** KVM_RUN returned to the VMM. */
    USERSPACE_EXIT("vcpu", "reason", "value"),
    /** The guest wrote a register of an emulated device. */
    MMIO_WRITE("vcpu", "address", "value"),

    /** The guest read its local APIC's version register. */
    LVR_READ("vcpu", "value", ""),
    /** The guest wrote SPIV; the third argument is the value that stuck. */
    SPIV_WRITTEN("vcpu", "value", "stored"),
    /** The VMM restored a local APIC's state (KVM_SET_LAPIC). */
    LAPIC_RESTORED("vcpu", "spiv", "lvr"),

    /** The line of a level pin was asserted at an I/O APIC that refuses level-triggered entries. */
    LEVEL_REFUSED("pin", "vector", ""),
    /** The VMM stopped, and the machine with it. */
    VMM_STOPPED("", "cause", ""),

    /** The guest accessed the device's registers, and its cause takes as many more accesses. */
    DEVICE_ACCESSED("device", "gsi", "left"),
    /** A device's cause became pending too soon after the last rise of its line, which waits. */
    RISE_POSTPONED("device", "gsi", "delayNanos"),
    /** A source of events signalled its cause and is masked from now on. */
    EVENT_SIGNALLED("device", "gsi", ""),
    /** A source of events is being unmasked, and its signal ended. */
    SOURCE_UNMASKED("device", "gsi", ""),
    /** An event of a pin's source went towards the local APICs by the pin's route, without the I/O APIC. */
    ROUTE_DELIVERED("pin", "vector", ""),

    /** {@code pending_ioapic_eoi} does not hold the vector that was ended; the third argument is what it holds. */
    EOI_SLOT_CORRUPTED("vcpu", "vector", "slot"),
    /** The EOI exit of the vector did not happen, since the slot did not hold it; the third argument is what it held. */
    EOI_EXIT_LOST("vcpu", "vector", "slot"),
    /** The EOI exit of the vector is going to report another one. */
    EOI_EXIT_MISREPORTED("vcpu", "vector", "reported"),
    /** KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) was called on the running VM; the mode that followed, or −1 if the call failed. */
    FLAGS_CHANGED("", "args0", "mode"),
    /** The guest wrote a redirection entry while its interrupt was in service or when a hazard says so. */
    ENTRY_REWRITTEN("pin", "vector", "inService"),
    /** The VM was saved and runs on another host: the mode there, and the version of the I/O APIC there. */
    VM_MIGRATED("", "mode", "version"),
    /** The VM could not be moved, since the other host refused the flags. */
    MIGRATION_REFUSED("", "args0", ""),
    /** Remote IRR was set when the VM was saved, and is clear where it was restored. */
    REMOTE_IRR_LOST("pin", "vector", ""),
    /** A line was high when the VM was saved, and is low where it was restored. */
    LINE_LOST("pin", "vector", ""),
    /** The VM was destroyed. */
    VM_DESTROYED("", "throttleArmed", ""),
    /** The guest was killed, and the machine stops. */
    GUEST_KILLED("", "cause", ""),
    /** The host went down, and the machine with it. */
    HOST_DOWN("", "cause", "");

    private final String first;
    private final String second;
    private final String third;

    EventKind(String first, String second, String third) {
        this.first = first;
        this.second = second;
        this.third = third;
    }

    /** What the first argument means, or an empty string where there is none. */
    public String first() {
        return first;
    }

    /** What the second argument means, or an empty string where there is none. */
    public String second() {
        return second;
    }

    /** What the third argument means, or an empty string where there is none. */
    public String third() {
        return third;
    }

    /** The name in lower case with hyphens, as it is printed. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
