// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.event.UserspaceExitReason;
import irqstorm.trace.TraceEvent;
import java.util.List;

/** Events as short sentences, so that a test reads as what happens. */
final class Story {
    private Story() {}

    static List<String> of(List<TraceEvent> events) {
        return events.stream().map(Story::sentence).toList();
    }

    static String sentence(TraceEvent event) {
        String told = event.kind().first().equals("vcpu") ? onVcpu(event) : onBoard(event);
        return event.kind().first().equals("vcpu") && event.a() > 0 ? "vcpu" + event.a() + " " + told : told;
    }

    private static String onVcpu(TraceEvent event) {
        return switch (event.kind()) {
            case VM_ENTRY -> "enter L" + event.b();
            case VM_EXIT -> "exit L" + event.c() + " " + ExitReason.values()[(int) event.b()];
            case NESTED_EXIT -> "reflect " + ExitReason.values()[(int) event.b()] + vector(event.c());
            case NESTED_ENTRY -> "resume L2" + (event.b() < 0 ? "" : " injecting" + vector(event.b()));
            case USERSPACE_EXIT -> "userspace " + UserspaceExitReason.values()[(int) event.b()];
            case INTERRUPT_TAKEN -> "L" + event.c() + " takes" + vector(event.b());
            case LAPIC_EOI -> event.actor().label() + " EOIs" + vector(event.b());
            case L2_EOI -> "L2 ends" + vector(event.b());
            case LAPIC_ACCEPTED -> "IRR" + vector(event.b());
            case LAPIC_EOI_SPURIOUS -> event.actor().label() + " EOIs nothing";
            case MMIO_WRITE -> "write " + Long.toHexString(event.b()) + " =" + vector(event.c());
            case LVR_READ -> "LVR " + Long.toHexString(event.b());
            case SPIV_WRITTEN -> "SPIV " + Long.toHexString(event.b()) + " -> " + Long.toHexString(event.c());
            default -> event.kind().label() + vector(event.b());
        };
    }

    private static String onBoard(TraceEvent event) {
        return switch (event.kind()) {
            case THROTTLE_EXPIRED -> event.kind().label();
            default -> event.kind().first() + event.a() + " " + event.kind().label();
        };
    }

    private static String vector(long vector) {
        return vector < 0 ? "" : " " + String.format("0x%02x", vector);
    }

    /** The kinds that tell how interrupts go, without what the devices do. */
    static EventKind[] vcpuKinds() {
        return new EventKind[] {
            EventKind.VM_ENTRY,
            EventKind.VM_EXIT,
            EventKind.NESTED_EXIT,
            EventKind.NESTED_ENTRY,
            EventKind.INTERRUPT_TAKEN,
            EventKind.LAPIC_ACCEPTED,
            EventKind.LAPIC_EOI,
            EventKind.LAPIC_EOI_SPURIOUS,
            EventKind.L2_EOI
        };
    }

    /** The kinds that tell what event sources, I/O APIC and guest do about an interrupt. */
    static EventKind[] sourceKinds() {
        return new EventKind[] {
            EventKind.EVENT_SIGNALLED,
            EventKind.SOURCE_UNMASKED,
            EventKind.ROUTE_DELIVERED,
            EventKind.IOAPIC_DELIVERED,
            EventKind.REMOTE_IRR_SET,
            EventKind.REMOTE_IRR_CLEARED,
            EventKind.DEVICE_SERVICED,
            EventKind.LAPIC_EOI,
            EventKind.EOI_SUPPRESSED,
            EventKind.DIRECTED_EOI
        };
    }
}
