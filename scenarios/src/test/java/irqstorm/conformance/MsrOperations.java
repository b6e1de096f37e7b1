// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicBase;
import irqstorm.apic.ApicMode;
import irqstorm.apic.LapicAccess;
import irqstorm.apic.LapicRegister;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Model-specific registers of the local APIC, and the mode changes made through them. */
final class MsrOperations {
    private static final Pattern X2APIC = Pattern.compile("(?:MSR_)?(?:IA32_)?X2APIC_(\\w+)");

    private MsrOperations() {}

    /** Null if {@code name} is none of these. */
    static Boolean execute(String name, Bench bench, Cpu cpu, Args args) {
        switch (name) {
            case "rdmsr" -> {
                LapicOperations.readOrFault(bench, read(bench, cpu, msr(args)));
                if (!bench.memory().faulted()) {
                    LapicOperations.save(bench, args);
                }
            }
            case "wrmsr" -> write(bench, cpu, args);
            case "reset_apic", "disable_and_enable_xapic" -> {
                writeBase(bench, cpu, cpu.base().read() & ~(ApicBase.EN | ApicBase.EXTD));
                writeBase(bench, cpu, cpu.base().read() | ApicBase.EN);
            }
            case "disable_apic" -> writeBase(bench, cpu, cpu.base().read() & ~(ApicBase.EN | ApicBase.EXTD));
            case "enable_apic", "enable_xapic" ->
                writeBase(bench, cpu, cpu.base().read() | ApicBase.EN);
            case "enable_x2apic" -> {
                writeBase(bench, cpu, cpu.base().read() | ApicBase.EN);
                writeBase(bench, cpu, cpu.base().read() | ApicBase.EXTD);
            }
            default -> {
                return null;
            }
        }
        return true;
    }

    /** An MSR by number or by name. */
    static int msr(Args args) {
        String name = args.text("msr");
        Matcher x2Apic = X2APIC.matcher(name);
        if (x2Apic.matches()) {
            return LapicRegister.FIRST_MSR + (RegisterNames.offset(x2Apic.group(1)) >>> 4);
        }
        return switch (name) {
            case "IA32_APICBASE", "IA32_APIC_BASE" -> ApicBase.MSR;
            case "IA32_TSC_DEADLINE", "IA32_TSCDEADLINE" -> LapicAccess.TSC_DEADLINE_MSR;
            default -> {
                if (!Character.isDigit(name.charAt(0))) {
                    throw new Unsupported("MSR " + name);
                }
                yield args.integer("msr");
            }
        };
    }

    private static OptionalLong read(Bench bench, Cpu cpu, int msr) {
        return isVirtualizable(cpu, msr)
                ? VirtualApicAccess.read(bench, cpu, offset(msr), true)
                : cpu.access().readMsr(msr, bench.clock().nowNanos());
    }

    private static boolean isVirtualizable(Cpu cpu, int msr) {
        return cpu.inL2() && isX2Apic(msr) && cpu.apic().mode() == ApicMode.X2APIC;
    }

    private static boolean isX2Apic(int msr) {
        return msr >>> 8 == LapicRegister.FIRST_MSR >>> 8;
    }

    private static int offset(int msr) {
        return msr - LapicRegister.FIRST_MSR << 4;
    }

    private static void write(Bench bench, Cpu cpu, Args args) {
        int msr = msr(args);
        if (msr != ApicBase.MSR && msr != LapicAccess.TSC_DEADLINE_MSR && !isX2Apic(msr)) {
            throw new Unsupported("MSR " + args.text("msr"));
        }
        long value = args.has("value")
                ? args.number("value")
                : read(bench, cpu, msr).orElseThrow(() -> new Mismatch("the MSR cannot be read"));
        if (args.has("set_bits")) {
            for (JsonNode bit : args.list("set_bits")) {
                value |= Numbers.integer(bit, bench.scope());
            }
        }
        if (args.has("clear_bits")) {
            for (JsonNode bit : args.list("clear_bits")) {
                value &= ~Numbers.integer(bit, bench.scope());
            }
        }
        if (isVirtualizable(cpu, msr)) {
            VirtualApicAccess.write(bench, cpu, offset(msr), value, true);
        } else {
            LapicOperations.carryOut(
                    bench, cpu, cpu.access().writeMsr(msr, value, bench.clock().nowNanos()));
        }
    }

    private static void writeBase(Bench bench, Cpu cpu, long value) {
        LapicOperations.carryOut(
                bench,
                cpu,
                cpu.access().writeMsr(ApicBase.MSR, value, bench.clock().nowNanos()));
    }
}
