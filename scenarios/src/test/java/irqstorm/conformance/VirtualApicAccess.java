// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicMode;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.VectorSet;
import irqstorm.nested.ApicVirtualization;
import irqstorm.nested.ApicVirtualization.Outcome;
import irqstorm.nested.NestedExit;
import irqstorm.nested.VirtualApicPage;
import irqstorm.nested.VmxControl;
import java.util.OptionalLong;

/** L2's accesses to local APIC registers: virtualised as the controls say, else L1's local APIC, which L1 leaves to L2. */
final class VirtualApicAccess {
    private VirtualApicAccess() {}

    static OptionalLong read(Bench bench, Cpu cpu, int offset) {
        return read(bench, cpu, offset, cpu.apic().mode() == ApicMode.X2APIC);
    }

    /** An access by MSR or, otherwise, to the page. */
    static OptionalLong read(Bench bench, Cpu cpu, int offset, boolean msr) {
        Outcome outcome = cpu.hasSvm()
                ? Outcome.NOT_VIRTUALIZED
                : msr
                        ? ApicVirtualization.readMsr(cpu.vmxControls(), offset)
                        : ApicVirtualization.readPage(cpu.vmxControls(), offset);
        bench.memory().result("access", outcome);
        return switch (outcome) {
            case PAGE -> OptionalLong.of(cpu.vmx().delivery().page().read(offset));
            case APIC_ACCESS_EXIT -> {
                cpu.exit(NestedExit.APIC_ACCESS, -1, offset);
                yield OptionalLong.of(0);
            }
            default ->
                msr
                        ? cpu.access()
                                .readMsr(
                                        LapicRegister.FIRST_MSR + (offset >>> 4),
                                        bench.clock().nowNanos())
                        : bench.lapics().guestRead(cpu, offset);
        };
    }

    static void write(Bench bench, Cpu cpu, int offset, long value) {
        write(bench, cpu, offset, value, cpu.apic().mode() == ApicMode.X2APIC);
    }

    /** An access by MSR or, otherwise, to the page. */
    static void write(Bench bench, Cpu cpu, int offset, long value, boolean msr) {
        Outcome outcome = cpu.hasSvm()
                ? Outcome.NOT_VIRTUALIZED
                : msr
                        ? ApicVirtualization.writeMsr(cpu.vmxControls(), offset, value)
                        : ApicVirtualization.writePage(cpu.vmxControls(), offset, value);
        bench.memory().result("access", outcome);
        VirtualApicPage page = cpu.vmx().delivery().page();
        switch (outcome) {
            case NOT_VIRTUALIZED ->
                LapicOperations.carryOut(
                        bench,
                        cpu,
                        msr
                                ? cpu.access()
                                        .writeMsr(
                                                LapicRegister.FIRST_MSR + (offset >>> 4),
                                                value,
                                                bench.clock().nowNanos())
                                : bench.lapics().guestWrite(cpu, offset, value));
            case PAGE -> page.write(offset, value);
            case ICR_HIGH -> page.write(offset, value & 0xFF00_0000L);
            case TPR -> NestedOperations.writeVirtualTpr(cpu, (int) value & 0xFF);
            case EOI -> endOfInterrupt(cpu, value);
            case SELF_IPI -> {
                page.write(offset, value);
                cpu.vmx().delivery().request((int) value & 0xFF);
            }
            case APIC_ACCESS_EXIT -> cpu.exit(NestedExit.APIC_ACCESS, -1, offset);
            case APIC_WRITE_EXIT -> {
                page.write(offset, value);
                cpu.exit(NestedExit.APIC_WRITE, -1, offset);
            }
            case FAULT -> bench.memory().fault();
        }
    }

    private static void endOfInterrupt(Cpu cpu, long value) {
        cpu.vmx().delivery().page().write(LapicRegister.EOI.offset(), value);
        int vector = cpu.vmx().delivery().endOfInterrupt();
        if (vector != VectorSet.NONE) {
            cpu.exit(NestedExit.EOI_INDUCED, vector, vector);
        }
    }

    static boolean hasTprShadow(Cpu cpu) {
        return cpu.inL2() && !cpu.hasSvm() && cpu.vmxControls().has(VmxControl.TPR_SHADOW);
    }
}
