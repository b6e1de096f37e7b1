// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.event.UserspaceExitReason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventTextTest {
    private final EventText words = new EventText(List.of("usb", "nic"), 1);

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of(EventKind.LINE_ASSERTED, 0, 19, 0, "usb raises GSI 19"),
                Arguments.of(EventKind.LINE_DEASSERTED, 1, 19, 0, "nic lowers GSI 19"),
                Arguments.of(EventKind.CAUSE_MERGED, 0, 19, 0, "usb has one more cause, GSI 19 is high already"),
                Arguments.of(EventKind.EDGE_SENT, 1, -1, 0x41, "nic sends MSI, vector 0x41"),
                Arguments.of(EventKind.EDGE_SENT, 1, 4, 0, "nic pulses GSI 4"),
                Arguments.of(EventKind.DEVICE_SERVICED, 1, 4, 0, "nic is serviced"),
                Arguments.of(EventKind.DEVICE_IDLE, 1, 4, 0, "nic is accessed, but has nothing to service"),
                Arguments.of(EventKind.DEVICE_ACCESSED, 0, 19, 1, "usb is accessed, 1 more to service it"),
                Arguments.of(EventKind.RISE_POSTPONED, 0, 19, 250_000, "usb has a cause, raises GSI 19 in 250us"),
                Arguments.of(
                        EventKind.EVENT_SIGNALLED, 0, 19, 0, "usb signals an event on GSI 19, masked in the host now"),
                Arguments.of(EventKind.SOURCE_UNMASKED, 0, 19, 0, "usb is being unmasked, its signal on GSI 19 ends"),
                Arguments.of(
                        EventKind.ROUTE_DELIVERED,
                        19,
                        0x81,
                        0,
                        "pin 19: its route delivers vector 0x81, past the I/O APIC"),
                Arguments.of(EventKind.IOAPIC_DELIVERED, 19, 0x81, 0, "pin 19 delivers vector 0x81"),
                Arguments.of(
                        EventKind.REMOTE_IRR_BLOCKED,
                        19,
                        0x81,
                        0,
                        "pin 19 high, held back: Remote IRR is set (vector 0x81)"),
                Arguments.of(EventKind.PIN_MASKED, 19, 0x81, 0, "pin 19 high, held back: masked (vector 0x81)"),
                Arguments.of(EventKind.EDGE_LOST, 4, 0x34, 0, "pin 4 loses an edge (vector 0x34)"),
                Arguments.of(
                        EventKind.LEVEL_REFUSED,
                        4,
                        0x34,
                        0,
                        "pin 4 high, ignored: level is not supported (vector 0x34)"),
                Arguments.of(EventKind.REMOTE_IRR_SET, 19, 0x81, 0, "pin 19: Remote IRR becomes 1 (vector 0x81)"),
                Arguments.of(EventKind.REMOTE_IRR_CLEARED, 19, 0x81, 0, "pin 19: Remote IRR becomes 0 (vector 0x81)"),
                Arguments.of(
                        EventKind.THROTTLE_ARMED,
                        19,
                        0x81,
                        10_000_000,
                        "pin 19 throttled, next delivery in 10ms (vector 0x81)"),
                Arguments.of(EventKind.VMM_STOPPED, 0, 0, 0, "VMM stops: its I/O APIC takes no EOI"),
                Arguments.of(EventKind.GUEST_KILLED, 0, 3, 0, "guest is killed: pending_ioapic_eoi holds no vector"),
                Arguments.of(EventKind.HOST_DOWN, 0, 4, 0, "host goes down: BUG_ON: pending_ioapic_eoi above 255"),
                Arguments.of(
                        EventKind.HOST_DOWN, 0, 5, 0, "host goes down: throttle timer fires after the VM was freed"),
                Arguments.of(EventKind.FLAGS_CHANGED, 0, 4, 1, "KVM_ENABLE_CAP, args[0] 0x4: mode becomes ENABLED"),
                Arguments.of(EventKind.FLAGS_CHANGED, 0, 12, -1, "KVM_ENABLE_CAP, args[0] 0xc fails"),
                Arguments.of(EventKind.VM_MIGRATED, 0, 2, 0x11, "VM moves: mode DISABLED, I/O APIC version 0x11"),
                Arguments.of(EventKind.MIGRATION_REFUSED, 0, 4, 0, "VM stays: the other host refuses args[0] 0x4"),
                Arguments.of(EventKind.VM_DESTROYED, 0, 0, 0, "VM is destroyed"),
                Arguments.of(EventKind.VM_DESTROYED, 0, 1, 0, "VM is destroyed while the throttle timer is running"),
                Arguments.of(EventKind.ENTRY_REWRITTEN, 19, 0x81, 1, "RTE 19 is rewritten in service (vector 0x81)"),
                Arguments.of(EventKind.ENTRY_REWRITTEN, 19, 0x81, 0, "RTE 19 is rewritten (vector 0x81)"),
                Arguments.of(
                        EventKind.REMOTE_IRR_LOST, 19, 0x81, 0, "pin 19: Remote IRR was not saved, is 0 (vector 0x81)"),
                Arguments.of(EventKind.LINE_LOST, 19, 0x81, 0, "pin 19: the level was not saved, is low (vector 0x81)"),
                Arguments.of(
                        EventKind.EOI_SLOT_CORRUPTED, 0, 0x81, 256, "pending_ioapic_eoi holds 256, not vector 0x81"),
                Arguments.of(
                        EventKind.EOI_EXIT_LOST, 0, 0x81, -1, "EOI exit of vector 0x81 is lost: the slot holds -1"),
                Arguments.of(EventKind.EOI_EXIT_MISREPORTED, 0, 0x81, 0, "EOI exit of vector 0x81 reports vector 0x00"),
                Arguments.of(
                        EventKind.THROTTLE_EXPIRED,
                        0,
                        0,
                        0,
                        "throttle timer expires: postponed pins are looked at again"),
                Arguments.of(
                        EventKind.RTE_WRITTEN,
                        19,
                        0x81,
                        0x18081,
                        "RTE 19 = 0x0000000000018081 (vector 0x81, level, masked)"),
                Arguments.of(EventKind.RTE_WRITTEN, 4, 0x34, 0x34, "RTE 4 = 0x0000000000000034 (vector 0x34, edge)"),
                Arguments.of(EventKind.LAPIC_ACCEPTED, 0, 0x81, 1, "LAPIC accepts vector 0x81, level"),
                Arguments.of(EventKind.LAPIC_REFUSED, 0, 0x34, 0, "LAPIC is disabled, refuses vector 0x34, edge"),
                Arguments.of(EventKind.LAPIC_EOI, 0, 0x81, 1, "LAPIC EOI ends vector 0x81, SPIV bit 12 set"),
                Arguments.of(EventKind.LAPIC_EOI, 0, 0x81, 0, "LAPIC EOI ends vector 0x81, SPIV bit 12 clear"),
                Arguments.of(EventKind.LAPIC_EOI_SPURIOUS, 0, 0, 0, "LAPIC EOI with nothing in service"),
                Arguments.of(
                        EventKind.EOI_SUPPRESSED,
                        0,
                        0x81,
                        0,
                        "EOI of vector 0x81 is suppressed, the I/O APIC is not told"),
                Arguments.of(EventKind.EOI_BROADCAST, 0, 0x81, 1, "EOI of vector 0x81 reaches the I/O APIC, level"),
                Arguments.of(EventKind.DIRECTED_EOI, 0, 0x81, 0, "I/O APIC EOI register takes vector 0x81"),
                Arguments.of(
                        EventKind.DIRECTED_EOI_IGNORED,
                        0,
                        0x81,
                        0x11,
                        "I/O APIC 0x11 has no EOI register, ignores vector 0x81"),
                Arguments.of(EventKind.VM_EXIT, 0, ExitReason.MSR_WRITE.ordinal(), 2, "exits: MSR_WRITE"),
                Arguments.of(
                        EventKind.NESTED_EXIT,
                        0,
                        ExitReason.EXTERNAL_INTERRUPT.ordinal(),
                        0x81,
                        "reflects EXTERNAL_INTERRUPT to L1, vector 0x81"),
                Arguments.of(EventKind.NESTED_EXIT, 0, ExitReason.HLT.ordinal(), -1, "reflects HLT to L1"),
                Arguments.of(EventKind.VM_ENTRY, 0, 2, 0, "enters L2"),
                Arguments.of(EventKind.NESTED_ENTRY, 0, 0x81, 0, "emulates VMRESUME, injects vector 0x81 into L2"),
                Arguments.of(EventKind.NESTED_ENTRY, 0, -1, 0, "emulates VMRESUME, nothing to inject"),
                Arguments.of(EventKind.INTERRUPT_TAKEN, 0, 0x81, 1, "takes vector 0x81 through its IDT"),
                Arguments.of(EventKind.L2_EOI, 0, 0x81, 0, "writes EOI of vector 0x81 to the LAPIC that L1 emulates"),
                Arguments.of(
                        EventKind.USERSPACE_EXIT,
                        0,
                        UserspaceExitReason.KVM_EXIT_IOAPIC_EOI.ordinal(),
                        0x81,
                        "exits to VMM: KVM_EXIT_IOAPIC_EOI (26), vector 0x81"),
                Arguments.of(
                        EventKind.USERSPACE_EXIT,
                        0,
                        UserspaceExitReason.KVM_EXIT_MMIO.ordinal(),
                        0x81,
                        "exits to VMM: KVM_EXIT_MMIO (6)"),
                Arguments.of(EventKind.MMIO_WRITE, 0, 0xFEC00040L, 0xa1, "writes 0xa1 to 0xFEC00040"),
                Arguments.of(
                        EventKind.LVR_READ,
                        0,
                        0x01050014,
                        0,
                        "reads LVR 0x01050014, bit 24 (Suppress EOI Broadcast) set"),
                Arguments.of(
                        EventKind.LVR_READ,
                        0,
                        0x00050014,
                        0,
                        "reads LVR 0x00050014, bit 24 (Suppress EOI Broadcast) clear"),
                Arguments.of(EventKind.SPIV_WRITTEN, 0, 0x11ff, 0x11ff, "writes SPIV 0x11ff, which sticks"),
                Arguments.of(EventKind.SPIV_WRITTEN, 0, 0x11ff, 0x1ff, "writes SPIV 0x11ff, only 0x01ff sticks"),
                Arguments.of(
                        EventKind.LAPIC_RESTORED,
                        0,
                        0x11ff,
                        0x00050014,
                        "KVM_SET_LAPIC restores SPIV 0x11ff, LVR is 0x00050014"));
    }

    @ParameterizedTest(name = "{4}")
    @MethodSource("events")
    void anEventIsSaidInTheWordsOfTheDatasheetsAndOfKvm(EventKind kind, long a, long b, long c, String text) {
        assertThat(words.of(kind, a, b, c)).isEqualTo(text);
    }

    @Test
    void anEventFitsOnALineOfATimeline() {
        assertThat(events().map(event -> (String) event.get()[4])).allMatch(text -> text.length() <= 60);
    }

    @Test
    void everyKindOfEventIsCovered() {
        assertThat(events().map(event -> event.get()[0])).contains((Object[]) EventKind.values());
    }

    @Test
    void withSeveralVcpusAnEventSaysWhichOneItIsAbout() {
        EventText several = new EventText(List.of("usb"), 2);
        assertThat(several.of(EventKind.VM_ENTRY, 1, 1, 0)).isEqualTo("vCPU 1: enters L1");
        assertThat(several.of(EventKind.LINE_ASSERTED, 0, 19, 0)).isEqualTo("usb raises GSI 19");
    }
}
