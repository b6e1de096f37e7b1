// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.event.UserspaceExitReason;
import java.util.List;
import java.util.Locale;

/**
 * What happened, in the words of the datasheets and of KVM. The actor stands beside it, so the subject is left out where it is the
 * actor: {@code reflects EXTERNAL_INTERRUPT to L1, vector 0x81}.
 */
public final class EventText {
    /** By {@link irqstorm.apic.FatalModelError.Cause}, in its order. */
    private static final String[] STOP_CAUSES = {
        "its I/O APIC takes no EOI",
        "its I/O APIC takes no write to the EOI register",
        "EOI exit with vector 0",
        "pending_ioapic_eoi holds no vector",
        "BUG_ON: pending_ioapic_eoi above 255",
        "throttle timer fires after the VM was freed"
    };

    /** By {@link irqstorm.kvm.SuppressEoiBroadcastMode}, in its order. */
    private static final String[] MODES = {"QUIRKED", "ENABLED", "DISABLED", "HIDDEN_BUT_HONOURED"};

    /** LVR bit 24: Suppress EOI Broadcast is supported (SDM volume 3, local APIC version register). */
    private static final long LVR_SUPPRESS_EOI_BROADCAST = 1L << 24;

    /** Redirection entry bits 15 (trigger mode) and 16 (mask), 82093AA datasheet. */
    private static final long RTE_LEVEL = 1L << 15;

    private static final long RTE_MASKED = 1L << 16;

    private static final ExitReason[] EXIT_REASONS = ExitReason.values();
    private static final UserspaceExitReason[] USERSPACE_EXIT_REASONS = UserspaceExitReason.values();

    private final List<String> devices;
    private final boolean severalVcpus;

    /**
     * Words for the events of a machine.
     *
     * @param devices the names of its devices, in their order
     * @param vcpus how many vCPUs it has; with several, each event says which
     */
    public EventText(List<String> devices, int vcpus) {
        this.devices = List.copyOf(devices);
        this.severalVcpus = vcpus > 1;
    }

    /** Event {@code kind} with its arguments, in words. */
    public String of(EventKind kind, long a, long b, long c) {
        String text = switch (kind.first()) {
            case "device" -> ofDevice(kind, devices.get((int) a), b, c);
            case "pin" -> ofPin(kind, a, b, c);
            case "vcpu" -> ofVcpu(kind, b, c);
            default -> ofMachine(kind, b, c);
        };
        return severalVcpus && kind.first().equals("vcpu") ? "vCPU " + a + ": " + text : text;
    }

    private static String ofMachine(EventKind kind, long b, long c) {
        return switch (kind) {
            case VMM_STOPPED -> "VMM stops: " + STOP_CAUSES[(int) b];
            case GUEST_KILLED -> "guest is killed: " + STOP_CAUSES[(int) b];
            case HOST_DOWN -> "host goes down: " + STOP_CAUSES[(int) b];
            case FLAGS_CHANGED ->
                "KVM_ENABLE_CAP, args[0] " + Figures.hex(b, 1) + (c < 0 ? " fails" : ": mode becomes " + mode(c));
            case VM_MIGRATED -> "VM moves: mode " + mode(b) + ", I/O APIC version " + Figures.hex(c, 2);
            case MIGRATION_REFUSED -> "VM stays: the other host refuses args[0] " + Figures.hex(b, 1);
            case VM_DESTROYED -> "VM is destroyed" + (b == 0 ? "" : " while the throttle timer is running");
            default -> "throttle timer expires: postponed pins are looked at again";
        };
    }

    private static String mode(long ordinal) {
        return MODES[(int) ordinal];
    }

    private static String ofDevice(EventKind kind, String device, long gsi, long c) {
        return switch (kind) {
            case LINE_ASSERTED -> device + " raises GSI " + gsi;
            case LINE_DEASSERTED -> device + " lowers GSI " + gsi;
            case CAUSE_MERGED -> device + " has one more cause, GSI " + gsi + " is high already";
            case EDGE_SENT -> device + (gsi < 0 ? " sends MSI, vector " + Figures.vector(c) : " pulses GSI " + gsi);
            case DEVICE_SERVICED -> device + " is serviced";
            case DEVICE_ACCESSED -> device + " is accessed, " + c + " more to service it";
            case RISE_POSTPONED -> device + " has a cause, raises GSI " + gsi + " in " + Figures.about(c);
            case EVENT_SIGNALLED -> device + " signals an event on GSI " + gsi + ", masked in the host now";
            case SOURCE_UNMASKED -> device + " is being unmasked, its signal on GSI " + gsi + " ends";
            default -> device + " is accessed, but has nothing to service";
        };
    }

    private static String ofPin(EventKind kind, long gsi, long vector, long c) {
        String pin = "pin " + gsi;
        String of = " (vector " + Figures.vector(vector) + ")";
        return switch (kind) {
            case IOAPIC_DELIVERED -> pin + " delivers vector " + Figures.vector(vector);
            case REMOTE_IRR_BLOCKED -> pin + " high, held back: Remote IRR is set" + of;
            case PIN_MASKED -> pin + " high, held back: masked" + of;
            case EDGE_LOST -> pin + " loses an edge" + of;
            case ENTRY_REWRITTEN -> "RTE " + gsi + " is rewritten" + (c == 0 ? "" : " in service") + of;
            case REMOTE_IRR_LOST -> pin + ": Remote IRR was not saved, is 0" + of;
            case LINE_LOST -> pin + ": the level was not saved, is low" + of;
            case LEVEL_REFUSED -> pin + " high, ignored: level is not supported" + of;
            case REMOTE_IRR_SET -> pin + ": Remote IRR becomes 1" + of;
            case REMOTE_IRR_CLEARED -> pin + ": Remote IRR becomes 0" + of;
            case ROUTE_DELIVERED ->
                pin + ": its route delivers vector " + Figures.vector(vector) + ", past the I/O APIC";
            case THROTTLE_ARMED -> pin + " throttled, next delivery in " + Figures.about(c) + of;
            default -> "RTE " + gsi + " = " + Figures.hex(c, 16) + " (" + entry(vector, c) + ")";
        };
    }

    private static String entry(long vector, long value) {
        return "vector " + Figures.vector(vector)
                + ((value & RTE_LEVEL) == 0 ? ", edge" : ", level")
                + ((value & RTE_MASKED) == 0 ? "" : ", masked");
    }

    private static String ofVcpu(EventKind kind, long b, long c) {
        String vector = "vector " + Figures.vector(b);
        return switch (kind) {
            case LAPIC_ACCEPTED -> "LAPIC accepts " + vector + ", " + trigger(c);
            case LAPIC_REFUSED -> "LAPIC is disabled, refuses " + vector + ", " + trigger(c);
            case LAPIC_EOI -> "LAPIC EOI ends " + vector + (c == 0 ? ", SPIV bit 12 clear" : ", SPIV bit 12 set");
            case LAPIC_EOI_SPURIOUS -> "LAPIC EOI with nothing in service";
            case EOI_SUPPRESSED -> "EOI of " + vector + " is suppressed, the I/O APIC is not told";
            case EOI_BROADCAST -> "EOI of " + vector + " reaches the I/O APIC, " + trigger(c);
            case DIRECTED_EOI -> "I/O APIC EOI register takes " + vector;
            case DIRECTED_EOI_IGNORED -> "I/O APIC " + Figures.hex(c, 2) + " has no EOI register, ignores " + vector;
            case EOI_SLOT_CORRUPTED -> "pending_ioapic_eoi holds " + c + ", not " + vector;
            case EOI_EXIT_LOST -> "EOI exit of " + vector + " is lost: the slot holds " + c;
            case EOI_EXIT_MISREPORTED -> "EOI exit of " + vector + " reports vector " + Figures.vector(c);
            case L2_EOI -> "writes EOI of " + vector + " to the LAPIC that L1 emulates";
            case INTERRUPT_TAKEN -> "takes " + vector + " through its IDT";
            case MMIO_WRITE -> "writes " + Figures.vector(c) + " to " + address(b);
            default -> ofExitOrRegister(kind, b, c);
        };
    }

    private static String ofExitOrRegister(EventKind kind, long b, long c) {
        return switch (kind) {
            case VM_EXIT -> "exits: " + EXIT_REASONS[(int) b];
            case NESTED_EXIT ->
                "reflects " + EXIT_REASONS[(int) b] + " to L1" + (c < 0 ? "" : ", vector " + Figures.vector(c));
            case VM_ENTRY -> "enters L" + b;
            case NESTED_ENTRY ->
                "emulates VMRESUME, "
                        + (b < 0 ? "nothing to inject" : "injects vector " + Figures.vector(b) + " into L2");
            case USERSPACE_EXIT -> userspaceExit(USERSPACE_EXIT_REASONS[(int) b], c);
            case LVR_READ ->
                "reads LVR " + Figures.hex(b, 8) + ", bit 24 (Suppress EOI Broadcast) "
                        + ((b & LVR_SUPPRESS_EOI_BROADCAST) == 0 ? "clear" : "set");
            case SPIV_WRITTEN ->
                "writes SPIV " + Figures.hex(b, 4)
                        + (b == c ? ", which sticks" : ", only " + Figures.hex(c, 4) + " sticks");
            default -> "KVM_SET_LAPIC restores SPIV " + Figures.hex(b, 4) + ", LVR is " + Figures.hex(c, 8);
        };
    }

    private static String userspaceExit(UserspaceExitReason reason, long value) {
        String text = "exits to VMM: " + reason + " (" + reason.code() + ")";
        return reason == UserspaceExitReason.KVM_EXIT_IOAPIC_EOI ? text + ", vector " + Figures.vector(value) : text;
    }

    private static String trigger(long level) {
        return level == 0 ? "edge" : "level";
    }

    private static String address(long address) {
        return "0x" + Long.toHexString(address).toUpperCase(Locale.ROOT);
    }
}
