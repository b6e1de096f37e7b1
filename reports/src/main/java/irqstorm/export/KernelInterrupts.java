// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import static irqstorm.export.KernelEnvelope.MAIN_THREAD;

import irqstorm.event.EventKind;
import java.util.Arrays;

/**
 * The tracepoints on the way of an interrupt from its line to the local APIC, in the order in which KVM logs them.
 *
 * <p>Under split irqchip the VMM's I/O APIC sends each delivery as a level of 1 on a GSI whose route is a message: {@code kvm_set_irq},
 * {@code kvm_msi_set_irq}, {@code kvm_apic_accept_irq}. In the kernel the ioctl brings the line's level, and {@code kvm_ioapic_set_irq}
 * is logged after the local APIC accepted; a delivery by an EOI has neither.
 */
final class KernelInterrupts {
    private static final int VECTORS = 256;
    private static final int VECTOR_MASK = 0xFF;
    private static final String SPLIT = "split";
    private static final String KERNEL = "kernel";

    private final KernelTrace trace;
    private final boolean split;
    private final boolean kernel;
    private final boolean apicv;
    private final long[] entries;
    private final int[] holders;
    private final boolean[] awaitsIoApic;
    private final boolean[] isMessage = new boolean[VECTORS];
    private final int[] pinOfVector = new int[VECTORS];
    private final int[] threadOfVector = new int[VECTORS];
    private int thread = MAIN_THREAD;
    private boolean byEoi;

    KernelInterrupts(Subject subject, KernelTrace trace) {
        this.trace = trace;
        this.split = subject.irqchip().equals(SPLIT);
        this.kernel = subject.irqchip().equals(KERNEL);
        this.apicv = subject.apicv();
        this.entries = new long[subject.pinTableSize()];
        this.holders = new int[entries.length];
        this.awaitsIoApic = new boolean[entries.length];
        Arrays.fill(pinOfVector, -1);
        Arrays.fill(threadOfVector, MAIN_THREAD);
    }

    boolean lapicsInKernel() {
        return split || kernel;
    }

    void record(long timeNanos, EventKind kind, long a, long b, long c) {
        switch (kind) {
            case THROTTLE_EXPIRED -> byEoi = false;
            case RTE_WRITTEN -> entries[(int) a] = c;
            case LINE_ASSERTED, EVENT_SIGNALLED -> rise(timeNanos, (int) b);
            case LINE_DEASSERTED, SOURCE_UNMASKED -> fall(timeNanos, (int) b);
            case EDGE_SENT -> edge(timeNanos, (int) b, (int) c & VECTOR_MASK);
            case EOI_BROADCAST, DIRECTED_EOI -> {
                byEoi = true;
                thread = (int) a;
            }
            case IOAPIC_DELIVERED -> delivered(timeNanos, (int) a, (int) b);
            case ROUTE_DELIVERED -> routed(timeNanos, (int) a, (int) b);
            case REMOTE_IRR_BLOCKED, PIN_MASKED, EDGE_LOST -> ioApicSetIrq(timeNanos, (int) a);
            case LAPIC_ACCEPTED -> accepted(timeNanos, (int) a, (int) b, c != 0);
            case THROTTLE_ARMED -> {
                if (kernel) {
                    trace.write(timeNanos, thread, "kvm_ioapic_delayed_eoi_inj", KvmLines.delayedEoi(entries[(int) a]));
                }
            }
            default -> {}
        }
    }

    private void rise(long timeNanos, int gsi) {
        byEoi = false;
        holders[gsi]++;
        if (kernel && holders[gsi] == 1) {
            trace.write(timeNanos, MAIN_THREAD, "kvm_set_irq", KvmLines.setIrq(gsi, 1));
            awaitsIoApic[gsi] = true;
        }
    }

    private void fall(long timeNanos, int gsi) {
        holders[gsi] = Math.max(0, holders[gsi] - 1);
        if (kernel && holders[gsi] == 0) {
            trace.write(timeNanos, MAIN_THREAD, "kvm_set_irq", KvmLines.setIrq(gsi, 0));
            trace.write(timeNanos, MAIN_THREAD, "kvm_ioapic_set_irq", KvmLines.ioApicSetIrq(gsi, entries[gsi]));
            awaitsIoApic[gsi] = false;
        }
    }

    private void edge(long timeNanos, int gsi, int vector) {
        byEoi = false;
        if (gsi < 0) {
            isMessage[vector] = true;
            threadOfVector[vector] = MAIN_THREAD;
        } else if (kernel) {
            trace.write(timeNanos, MAIN_THREAD, "kvm_set_irq", KvmLines.setIrq(gsi, 1));
            awaitsIoApic[gsi] = true;
        }
    }

    /** A delivery that an EOI made happen is logged by the vCPU's thread, any other by the VMM's. */
    private void delivered(long timeNanos, int pin, int vector) {
        int by = byEoi ? thread : MAIN_THREAD;
        pinOfVector[vector] = pin;
        threadOfVector[vector] = by;
        if (split) {
            trace.write(timeNanos, by, "kvm_set_irq", KvmLines.setIrq(pin, 1));
            trace.write(timeNanos, by, "kvm_msi_set_irq", KvmLines.msiSetIrq(entries[pin], vector));
        }
    }

    private void routed(long timeNanos, int pin, int vector) {
        pinOfVector[vector] = pin;
        threadOfVector[vector] = MAIN_THREAD;
        trace.write(timeNanos, MAIN_THREAD, "kvm_msi_set_irq", KvmLines.msiSetIrq(entries[pin], vector));
    }

    private void accepted(long timeNanos, int vcpu, int vector, boolean level) {
        if (!lapicsInKernel()) {
            return;
        }
        int by = threadOfVector[vector];
        int pin = pinOfVector[vector];
        long entry = pin < 0 ? 0 : entries[pin];
        if (isMessage[vector]) {
            isMessage[vector] = false;
            long message = (long) vcpu << Long.SIZE - Byte.SIZE;
            entry = 0;
            trace.write(timeNanos, by, "kvm_msi_set_irq", KvmLines.msiSetIrq(message, vector));
        }
        String fields = KvmLines.acceptIrq(vcpu, vector, entry, level);
        trace.write(timeNanos, by, "kvm_apic_accept_irq", fields);
        if (apicv) {
            trace.write(timeNanos, by, "kvm_apicv_accept_irq", fields);
        }
        if (pin >= 0) {
            ioApicSetIrq(timeNanos, pin);
        }
    }

    private void ioApicSetIrq(long timeNanos, int pin) {
        if (!awaitsIoApic[pin]) {
            return;
        }
        awaitsIoApic[pin] = false;
        trace.write(timeNanos, MAIN_THREAD, "kvm_ioapic_set_irq", KvmLines.ioApicSetIrq(pin, entries[pin]));
        if (holders[pin] == 0) {
            trace.write(timeNanos, MAIN_THREAD, "kvm_set_irq", KvmLines.setIrq(pin, 0));
            trace.write(timeNanos, MAIN_THREAD, "kvm_ioapic_set_irq", KvmLines.ioApicSetIrq(pin, entries[pin]));
        }
    }
}
