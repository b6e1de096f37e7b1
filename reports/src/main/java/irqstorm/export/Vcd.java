// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.run.RunRecord;
import java.io.OutputStream;

/**
 * A value change dump (IEEE 1364-2005, 18.2) in nanoseconds: for each GSI its line, deliveries, Remote IRR and mask, for each device
 * whether it asserts, for each vCPU where it is: 0 in the host kernel, 1 and 2 in that level of guest, 3 in the VMM.
 */
final class Vcd implements EventExport {
    private static final int FIRST_CODE = '!';
    private static final int CODES = '~' - '!' + 1;
    private static final long ENTRY_MASKED = 1L << 16;
    private static final int VMM = 3;

    /** The variables of a GSI, in their order. */
    private static final int LINE = 0;

    private static final int DELIVERY = 1;
    private static final int REMOTE_IRR = 2;
    private static final int MASKED = 3;
    private static final int PER_GSI = 4;

    private final LineWriter out;
    private final Subject subject;
    private final int[] placeOfGsi;
    private final int[] holders;
    private final boolean[] asserting;
    private final int firstDevice;
    private final int firstVcpu;
    private final String[] codes;
    private long nanos;

    Vcd(Subject subject, OutputStream target) {
        this.out = new LineWriter(target);
        this.subject = subject;
        this.placeOfGsi = new int[subject.pinTableSize()];
        this.holders = new int[placeOfGsi.length];
        this.asserting = new boolean[subject.devices().size()];
        for (int place = 0; place < subject.gsis().size(); place++) {
            placeOfGsi[subject.gsis().get(place)] = place;
        }
        this.firstDevice = subject.gsis().size() * PER_GSI;
        this.firstVcpu = firstDevice + subject.devices().size();
        this.codes = new String[firstVcpu + subject.vcpus()];
        for (int variable = 0; variable < codes.length; variable++) {
            codes[variable] = code(variable);
        }
        header();
        startValues();
    }

    /** The shortest identifier code of printable characters that no other variable has. */
    private static String code(int variable) {
        StringBuilder code = new StringBuilder();
        int rest = variable;
        do {
            code.append((char) (FIRST_CODE + rest % CODES));
            rest = rest / CODES - 1;
        } while (rest >= 0);
        return code.toString();
    }

    private void header() {
        out.line("$version irqstorm $end");
        out.line("$comment " + words(subject.label()) + " $end");
        out.line("$timescale 1 ns $end");
        out.line("$scope module irqstorm $end");
        for (int place = 0; place < subject.gsis().size(); place++) {
            String gsi = "gsi" + subject.gsis().get(place);
            int first = place * PER_GSI;
            out.line("$scope module " + gsi + " $end");
            declare("wire 1", first + LINE, "line");
            declare("event 1", first + DELIVERY, "delivery");
            declare("wire 1", first + REMOTE_IRR, "remote_irr");
            declare("wire 1", first + MASKED, "masked");
            out.line("$upscope $end");
        }
        for (int device = 0; device < subject.devices().size(); device++) {
            declare(
                    "wire 1",
                    firstDevice + device,
                    identifier(device, subject.devices().get(device)));
        }
        for (int vcpu = 0; vcpu < subject.vcpus(); vcpu++) {
            declare("reg 2", firstVcpu + vcpu, "vcpu" + vcpu + "_level");
        }
        out.line("$upscope $end");
        out.line("$enddefinitions $end");
    }

    private void declare(String type, int variable, String name) {
        out.line("$var " + type + " " + codes[variable] + " " + name + " $end");
    }

    /** A name that no other device has, of the characters that Verilog allows. */
    private static String identifier(int device, String name) {
        return "device" + device + "_" + name.replaceAll("[^A-Za-z0-9_]", "_");
    }

    /** Nothing in it ends the comment. */
    private static String words(String text) {
        return text.replaceAll("[^\\p{L}\\p{N} .,:;_-]", "_");
    }

    private void startValues() {
        out.line("#0");
        out.line("$dumpvars");
        for (int place = 0; place < subject.gsis().size(); place++) {
            set(place * PER_GSI + LINE, false);
            set(place * PER_GSI + REMOTE_IRR, false);
            set(place * PER_GSI + MASKED, true);
        }
        for (int device = 0; device < asserting.length; device++) {
            set(firstDevice + device, false);
        }
        for (int vcpu = 0; vcpu < subject.vcpus(); vcpu++) {
            level(vcpu, 0);
        }
        out.line("$end");
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        switch (kind) {
            case LINE_ASSERTED, EVENT_SIGNALLED -> drive(timeNanos, (int) a, (int) b, true);
            case LINE_DEASSERTED, SOURCE_UNMASKED -> drive(timeNanos, (int) a, (int) b, false);
            case IOAPIC_DELIVERED, ROUTE_DELIVERED -> {
                at(timeNanos);
                set(pin(a) + DELIVERY, true);
            }
            case REMOTE_IRR_SET, REMOTE_IRR_CLEARED, REMOTE_IRR_LOST -> {
                at(timeNanos);
                set(pin(a) + REMOTE_IRR, kind == EventKind.REMOTE_IRR_SET);
            }
            case RTE_WRITTEN -> {
                at(timeNanos);
                set(pin(a) + MASKED, (c & ENTRY_MASKED) != 0);
            }
            case VM_ENTRY -> {
                at(timeNanos);
                level((int) a, (int) b);
            }
            case VM_EXIT, USERSPACE_EXIT -> {
                at(timeNanos);
                level((int) a, kind == EventKind.VM_EXIT ? 0 : VMM);
            }
            default -> {}
        }
    }

    private int pin(long gsi) {
        return placeOfGsi[(int) gsi] * PER_GSI;
    }

    /** A line is high while any of its devices asserts it. */
    private void drive(long timeNanos, int device, int gsi, boolean high) {
        if (asserting[device] == high) {
            return;
        }
        asserting[device] = high;
        at(timeNanos);
        set(firstDevice + device, high);
        holders[gsi] += high ? 1 : -1;
        if (holders[gsi] == (high ? 1 : 0)) {
            set(pin(gsi) + LINE, high);
        }
    }

    private void at(long timeNanos) {
        if (timeNanos != nanos) {
            nanos = timeNanos;
            out.line("#" + timeNanos);
        }
    }

    private void set(int variable, boolean value) {
        out.line((value ? "1" : "0") + codes[variable]);
    }

    private void level(int vcpu, int level) {
        out.line("b" + Integer.toBinaryString(level) + " " + codes[firstVcpu + vcpu]);
    }

    @Override
    public void finish(RunRecord run) {
        at(Math.max(nanos, run.simulatedNanos()));
        out.flush();
    }
}
