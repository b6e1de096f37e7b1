// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.SavedIoApic;
import irqstorm.apic.SharedLine;
import irqstorm.apic.VectorSet;
import irqstorm.cpu.PendingEvents;
import irqstorm.kvm.Errno;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.ParavirtIpi;
import irqstorm.kvm.X2ApicApiFlag;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the VMM and the hardware around the guest do: ioctls, injection, messages, memory-mapped accesses by address, time. */
final class HostOperations {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long DEFAULT_DELAY_NANOS = 1_000;
    private static final Pattern RANGE_TO = Pattern.compile("(\\d+)\\.\\.(\\d+) -> (\\d+)");
    private static final Pattern ONE_TO = Pattern.compile("(\\d+) -> (\\d+)");
    private static final Pattern SECONDS_AFTER_BOOT = Pattern.compile("boot \\+ (\\d+) s");

    private HostOperations() {}

    /** Null if {@code name} is none of these. */
    static Boolean execute(String name, Bench bench, Cpu cpu, Args args) {
        switch (name) {
            case "mmio_read" -> access(bench, cpu, args, false);
            case "mmio_write" -> access(bench, cpu, args, true);
            case "delay" -> {
                long nanos = args.has("ms") ? args.number("ms") * NANOS_PER_MILLI : DEFAULT_DELAY_NANOS;
                bench.memory().elapse(nanos);
                bench.clock().advance(nanos);
            }
            case "pause", "resume", "get_lapic", "get_ioapic", "vcpu_run_until_sync" -> {}
            case "snapshot" -> bench.memory().result("snapshot", bench.ioApic().save());
            case "restore" -> {
                args.text("into", "same device");
                bench.ioApic().restore((SavedIoApic) bench.memory().result("snapshot"));
            }
            case "set_pic" -> setPic(bench, args);
            case "set_ioapic" -> setIoApic(bench, args);
            case "signal_msi" -> bench.bus().send(InterruptMessage.ofMsi(args.number("address"), args.integer("data")));
            case "inject_nmi", "nmi" ->
                bench.cpu(args.integer("vcpu", bench.setup().nestedCpu())).signal(DeliveryMode.NMI, 0);
            case "set_lapic" -> setLapic(bench, cpu, args);
            case "apic_reset" -> bench.lapics().resetLapic(args.integer("vcpu", 0));
            case "create_vcpu" -> bench.busClock().vcpuCreated();
            case "enable_cap" -> enableCapability(bench, args);
            case "irqfd_assign" ->
                errno(bench, bench.irqfds().assign(args.integer("vm"), args.integer("gsi"), descriptor(args)));
            case "irqfd_deassign" ->
                errno(bench, bench.irqfds().deassign(args.integer("vm"), args.integer("gsi"), descriptor(args)));
            case "inject" ->
                bench.memory()
                        .result("injected", bench.injection().inject(args.integer("vcpu"), args.flag("ready", true)));
            case "get_external_interrupt" -> {
                args.integer("vcpu", 0);
                bench.memory()
                        .result(
                                "external",
                                bench.pic().isRequested() ? bench.pic().acknowledge() : VectorSet.NONE);
            }
            case "get_pending" -> takePending(bench, cpu, args.flag("ready", true));
            case "send_message" -> sendMessage(bench, args);
            case "hypercall" -> hypercall(bench, args);
            case "service_next" ->
                bench.memory()
                        .result("serviced", CpuOperations.service(bench, cpu, true, args.flag("ioapic_eoi", true)));
            case "service" -> bench.memory().result("serviced", CpuOperations.service(bench, cpu, false, false));
            default -> {
                return null;
            }
        }
        return true;
    }

    private static int descriptor(Args args) {
        return args.text("fd").hashCode();
    }

    private static void access(Bench bench, Cpu cpu, Args args, boolean write) {
        boolean ioApic = args.node().path("actor").asString("").equals("ioapic_unit");
        long base = ioApic ? irqstorm.apic.IoApicWindow.BASE_ADDRESS : Bench.LAPIC_ADDRESS;
        long address;
        if (args.has("addr")) {
            address = args.number("addr");
        } else if (args.has("off")) {
            address = base + args.number("off");
        } else {
            address = base + loopOffset(bench.scope());
        }
        int size = args.integer("size", Integer.BYTES);
        boolean page = IoApicOperations.isPage(address);
        int offset = (int) (address & 0xFFF);
        if (write) {
            long value =
                    args.text("value").equals("value read") ? bench.memory().lastRead() : args.number("value");
            if (page) {
                IoApicOperations.writePage(bench, offset, size, value);
            } else {
                LapicOperations.writePage(bench, cpu, address, size, value);
            }
        } else if (page) {
            IoApicOperations.readPage(bench, offset, size);
        } else {
            LapicOperations.readPage(bench, cpu, address, size);
        }
        LapicOperations.save(bench, args);
    }

    /** In a loop over registers or offsets the access is at the loop's variable. */
    private static long loopOffset(Scope scope) {
        return scope.value("off")
                .or(() -> scope.value("reg"))
                .orElseThrow(() -> new Unsupported("an access without address"))
                .longValue();
    }

    /** Initialises one of the two 8259A: the vector of its input 0, and its mask. */
    private static void setPic(Bench bench, Args args) {
        int chip = args.integer("chip");
        if (args.has("vector_base")) {
            bench.pic().setVectorBase(chip, args.integer("vector_base"));
        }
        if (args.has("mask")) {
            bench.pic().setMask(chip, args.integer("mask"));
        }
    }

    /** Puts entries to saved values, read-only bits included: a list of pins with fields, or one pin. */
    private static void setIoApic(Bench bench, Args args) {
        if (args.has("rte")) {
            args.list("rte").forEach(entry -> WiringPreconditions.restoreEntry(bench, entry.path("pin"), entry));
        } else {
            WiringPreconditions.restoreEntry(bench, args.raw("pin"), args.node());
            args.ignoring(Fields.NAMES.toArray(String[]::new));
        }
    }

    private static void setLapic(Bench bench, Cpu cpu, Args args) {
        for (String name : args.node().propertyNames()) {
            if (name.equals("actor") || name.equals("op") || name.equals("label")) {
                continue;
            }
            if (name.equals("timer_target")) {
                Matcher seconds = SECONDS_AFTER_BOOT.matcher(args.text(name));
                if (!seconds.matches()) {
                    throw new Unsupported("timer target " + args.text(name));
                }
                cpu.timer().restore(Long.parseLong(seconds.group(1)) * 1000 * NANOS_PER_MILLI);
            } else {
                LapicState.put(bench, cpu, name, args.raw(name));
            }
        }
    }

    private static void enableCapability(Bench bench, Args args) {
        switch (args.text("cap")) {
            case "X86_APIC_BUS_CYCLES_NS" ->
                errno(
                        bench,
                        bench.busClock()
                                .setCycle(args.number("args", 1), bench.setup().irqchip()));
            case "X2APIC_API" -> {
                long flags = 0;
                for (String flag : args.text("args").split("\\|")) {
                    flags |= flag(flag.trim());
                }
                Errno error =
                        bench.x2ApicApi().enable(flags, bench.setup().irqchip()).errno();
                errno(bench, Optional.ofNullable(error));
            }
            default -> throw new Unsupported("capability " + args.text("cap"));
        }
    }

    private static long flag(String name) {
        return switch (name) {
            case "ENABLE_SUPPRESS", "ENABLE_SUPPRESS_EOI_BROADCAST" ->
                X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST.mask();
            case "DISABLE_SUPPRESS", "DISABLE_SUPPRESS_EOI_BROADCAST" ->
                X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST.mask();
            default -> {
                for (X2ApicApiFlag flag : X2ApicApiFlag.values()) {
                    if (flag.name().equals(name)) {
                        yield flag.mask();
                    }
                }
                yield new Expression(name, new Scope()).value().longValue();
            }
        };
    }

    private static void errno(Bench bench, Optional<Errno> error) {
        bench.memory().result("errno", error.map(Enum::name).orElse("0"));
    }

    /** What a VMM asks its local APIC before it runs the vCPU: everything that is pending, and whether it needs a window. */
    private static void takePending(Bench bench, Cpu cpu, boolean ready) {
        PendingEvents pending = cpu.processor().pending();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("fixed", bench.injection().inject(cpu.index(), ready));
        result.put("needs_window", bench.injection().wantsWindow(cpu.index()));
        result.put("nmis", pending.nmis());
        result.put("init", pending.init());
        result.put("startup", pending.startUpVector());
        while (pending.nmis() > 0) {
            pending.takeNmi();
        }
        pending.takeInit();
        pending.takeStartUp();
        bench.memory().result("pending", result);
    }

    private static void sendMessage(Bench bench, Args args) {
        DeliveryMode mode = Fields.delivery(args.text("delivery"), args.scope());
        if (args.has("after_ms")) {
            bench.clock().advance(args.number("after_ms") * NANOS_PER_MILLI);
        }
        bench.bus()
                .send(InterruptMessage.of(
                        args.integer("vector", 0),
                        mode,
                        args.text("dest_mode", "physical").equals("logical"),
                        args.text("trigger", "edge").equals("level"),
                        args.integer("dest")));
    }

    private static void hypercall(Bench bench, Args args) {
        if (args.integer("nr") != ParavirtIpi.NUMBER) {
            throw new Unsupported("hypercall " + args.number("nr"));
        }
        ParavirtIpi ipi = new ParavirtIpi(bench.bus(), bench.cpus().length - 1);
        if (bench.setup().irqchip() == IrqchipMode.NONE) {
            bench.memory().result("hypercall", 0L);
            args.ignoring("a0", "a1", "a2", "a3");
            return;
        }
        bench.memory()
                .result(
                        "hypercall",
                        ipi.send(args.number("a0"), args.number("a1"), args.integer("a2"), args.number("a3")));
    }

    // --- wires
    // ----------------------------------------------------------------------------------------------------------

    /** Operations of sources that share wires; null if {@code name} is none of these. */
    static Boolean wire(String name, Bench bench, int source, Args args) {
        Wires wires = bench.memory().wires(bench);
        switch (name) {
            case "set_line" -> wires.line(args.integer("irq", 0)).drive(source, args.number("level") != 0);
            case "set_line_or_drop" -> {
                SharedLine line = wires.line(args.integer("irq", 0));
                line.drive(source, args.number("level") != 0);
                line.remove(source);
            }
            case "attach" -> attach(wires, args);
            default -> {
                return null;
            }
        }
        return true;
    }

    private static void attach(Wires wires, Args args) {
        String text = args.has("pin_offset") ? args.text("pin_offset") : args.text("map");
        Matcher range = RANGE_TO.matcher(text);
        Matcher one = ONE_TO.matcher(text);
        if (range.matches()) {
            int first = Integer.parseInt(range.group(1));
            for (int irq = first; irq <= Integer.parseInt(range.group(2)); irq++) {
                wires.attach(irq, args.text("target"), Integer.parseInt(range.group(3)) + irq - first);
            }
        } else if (one.matches()) {
            wires.attach(Integer.parseInt(one.group(1)), args.text("target"), Integer.parseInt(one.group(2)));
        } else {
            throw new Unsupported("an attachment \"" + text + "\"");
        }
    }
}
