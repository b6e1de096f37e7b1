// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.report.Figures;
import irqstorm.run.RunRecord;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Trace events for Perfetto and {@code chrome://tracing}: a track for each context of a vCPU (host kernel, VMM, L1, L2), for each line
 * and for each pin's Remote IRR and deliveries; a counter of deliveries for each pin; an arrow from each assertion to the delivery that
 * it caused, and one from each delivery to where a guest takes the interrupt.
 */
final class ChromeTrace implements EventExport {
    private static final int VECTORS = 256;
    private static final int CONTEXTS = 4;
    private static final int L0 = 0;
    private static final int VMM = 3;
    private static final String[] CONTEXT_NAMES = {"L0 (host kernel)", "L1", "L2", "VMM"};
    private static final int NONE = -1;

    private static final int VCPU_PROCESS = 1;
    private static final int LINE_PROCESS = 2;
    private static final int PIN_PROCESS = 3;
    private static final int DELIVERY_PROCESS = 4;

    private final ChromeEvents out;
    private final Subject subject;
    private final int[] context;
    private final boolean[] asserting;
    private final long[] assertedBy;
    private final boolean[] remoteIrr;
    private final boolean[] delivering;
    private final long[] deliveries;
    private final long[] flowOfVector = new long[VECTORS];
    private final int[] pinOfVector = new int[VECTORS];

    ChromeTrace(Subject subject, OutputStream target) {
        this.subject = subject;
        this.out = new ChromeEvents(target);
        this.context = new int[subject.vcpus()];
        this.asserting = new boolean[subject.devices().size()];
        this.assertedBy = new long[subject.pinTableSize()];
        this.remoteIrr = new boolean[subject.pinTableSize()];
        this.delivering = new boolean[subject.pinTableSize()];
        this.deliveries = new long[subject.pinTableSize()];
        Arrays.fill(context, NONE);
        Arrays.fill(pinOfVector, NONE);
        names();
    }

    private void names() {
        out.process(VCPU_PROCESS, "vCPUs of " + subject.label());
        for (int vcpu = 0; vcpu < subject.vcpus(); vcpu++) {
            for (int level = 0; level < CONTEXTS; level++) {
                out.thread(VCPU_PROCESS, track(vcpu, level), "vCPU " + vcpu + " " + CONTEXT_NAMES[level]);
            }
        }
        out.process(LINE_PROCESS, "Lines");
        for (int device = 0; device < asserting.length; device++) {
            int gsi = subject.deviceGsis().get(device);
            String wire = gsi < 0 ? "MSI" : "GSI " + gsi;
            out.thread(LINE_PROCESS, device + 1, wire + " " + subject.devices().get(device));
        }
        out.process(PIN_PROCESS, "Remote IRR");
        out.process(DELIVERY_PROCESS, "Deliveries");
        for (int gsi : subject.gsis()) {
            out.thread(PIN_PROCESS, gsi + 1, "pin " + gsi);
            out.thread(DELIVERY_PROCESS, gsi + 1, "pin " + gsi);
        }
    }

    /** Tracks are numbered from 1: 0 stands for the idle task. */
    private static int track(int vcpu, int level) {
        return vcpu * CONTEXTS + level + 1;
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        switch (kind) {
            case VM_ENTRY -> switchTo(timeNanos, (int) a, (int) b, "runs");
            case VM_EXIT -> switchTo(timeNanos, (int) a, L0, ExitReason.values()[(int) b].name());
            case USERSPACE_EXIT -> switchTo(timeNanos, (int) a, VMM, "handles exit");
            case LINE_ASSERTED, EVENT_SIGNALLED -> rise(sequence, timeNanos, (int) a, (int) b);
            case LINE_DEASSERTED, SOURCE_UNMASKED -> fall(timeNanos, (int) a);
            case REMOTE_IRR_SET -> remoteIrr(timeNanos, (int) a, true);
            case REMOTE_IRR_CLEARED, REMOTE_IRR_LOST -> remoteIrr(timeNanos, (int) a, false);
            case IOAPIC_DELIVERED, ROUTE_DELIVERED -> deliver(sequence, timeNanos, (int) a, (int) b);
            case LAPIC_ACCEPTED -> accepted(timeNanos, (int) b);
            case INTERRUPT_TAKEN -> taken(timeNanos, (int) a, (int) b);
            case THROTTLE_ARMED -> out.instant(DELIVERY_PROCESS, (int) a + 1, timeNanos, "throttled");
            case EOI_SUPPRESSED ->
                out.instant(VCPU_PROCESS, track((int) a, L0), timeNanos, "EOI of " + Figures.vector(b) + " suppressed");
            default -> {}
        }
    }

    private void switchTo(long timeNanos, int vcpu, int to, String what) {
        if (context[vcpu] != NONE) {
            out.end(VCPU_PROCESS, track(vcpu, context[vcpu]), timeNanos);
        }
        context[vcpu] = to;
        out.begin(VCPU_PROCESS, track(vcpu, to), timeNanos, what);
    }

    private void rise(long sequence, long timeNanos, int device, int gsi) {
        if (!asserting[device]) {
            asserting[device] = true;
            out.begin(LINE_PROCESS, device + 1, timeNanos, "asserted");
            out.flow(ChromeEvents.FLOW_START, LINE_PROCESS, device + 1, timeNanos, sequence);
            assertedBy[gsi] = sequence;
        }
    }

    private void fall(long timeNanos, int device) {
        if (asserting[device]) {
            asserting[device] = false;
            out.end(LINE_PROCESS, device + 1, timeNanos);
        }
    }

    private void remoteIrr(long timeNanos, int pin, boolean set) {
        if (remoteIrr[pin] == set) {
            return;
        }
        remoteIrr[pin] = set;
        if (set) {
            out.begin(PIN_PROCESS, pin + 1, timeNanos, "Remote IRR");
        } else {
            out.end(PIN_PROCESS, pin + 1, timeNanos);
        }
    }

    private void deliver(long sequence, long timeNanos, int pin, int vector) {
        endDelivery(timeNanos, pin);
        out.begin(DELIVERY_PROCESS, pin + 1, timeNanos, "vector " + Figures.vector(vector));
        delivering[pin] = true;
        if (assertedBy[pin] != 0) {
            out.flow(ChromeEvents.FLOW_END, DELIVERY_PROCESS, pin + 1, timeNanos, assertedBy[pin]);
            assertedBy[pin] = 0;
        }
        out.flow(ChromeEvents.FLOW_START, DELIVERY_PROCESS, pin + 1, timeNanos, sequence);
        flowOfVector[vector] = sequence;
        pinOfVector[vector] = pin;
        deliveries[pin]++;
        out.counter(PIN_PROCESS, timeNanos, "deliveries of pin " + pin, deliveries[pin]);
    }

    private void endDelivery(long timeNanos, int pin) {
        if (delivering[pin]) {
            delivering[pin] = false;
            out.end(DELIVERY_PROCESS, pin + 1, timeNanos);
        }
    }

    private void accepted(long timeNanos, int vector) {
        if (pinOfVector[vector] != NONE) {
            endDelivery(timeNanos, pinOfVector[vector]);
        }
    }

    private void taken(long timeNanos, int vcpu, int vector) {
        if (flowOfVector[vector] != 0 && context[vcpu] != NONE) {
            out.flow(ChromeEvents.FLOW_END, VCPU_PROCESS, track(vcpu, context[vcpu]), timeNanos, flowOfVector[vector]);
            flowOfVector[vector] = 0;
        }
    }

    /** Ends what is open at the end of the run. */
    @Override
    public void finish(RunRecord run) {
        long timeNanos = run.simulatedNanos();
        for (int vcpu = 0; vcpu < context.length; vcpu++) {
            if (context[vcpu] != NONE) {
                out.end(VCPU_PROCESS, track(vcpu, context[vcpu]), timeNanos);
            }
        }
        for (int device = 0; device < asserting.length; device++) {
            fall(timeNanos, device);
        }
        for (int pin : subject.gsis()) {
            remoteIrr(timeNanos, pin, false);
            endDelivery(timeNanos, pin);
        }
        out.finish();
    }
}
