// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.LapicRegister;
import irqstorm.apic.VectorSet;
import irqstorm.nested.NestedExit;
import irqstorm.nested.SvmControls;
import irqstorm.nested.VmxControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What L1 does to run L2, and what only L2 does. */
final class NestedOperations {
    private static final Pattern INJECTED_INTERRUPT = Pattern.compile("valid\\|external\\|(\\w+)");
    private static final Pattern INJECTED_NMI = Pattern.compile("valid\\|nmi(\\|2)?");

    private static final Set<String> INTERCEPTS = Set.of("INTR", "NMI", "VINTR", "HLT", "SMI");

    private NestedOperations() {}

    /** Null if {@code name} is none of these. */
    static Boolean execute(String name, Bench bench, Cpu cpu, Args args) {
        switch (name) {
            case "vmlaunch", "vmresume", "vmrun" -> enter(bench, cpu);
            case "vmxoff" -> cpu.processor().setVmxOperation(false);
            case "vmcall", "vmmcall", "vmmcall_in_nmi_handler" -> {
                if (!cpu.inL2()) {
                    throw new Unsupported("a hypercall of L1");
                }
                if (name.endsWith("in_nmi_handler") && !cpu.l2().isIn(Frame.Kind.NMI)) {
                    throw new Mismatch("L2 is not in its NMI handler");
                }
                bench.memory().mark("hypercall made");
                cpu.exit(cpu.hasSvm() ? NestedExit.SVM_VMMCALL : NestedExit.VMCALL, -1, 0);
            }
            case "dispatch_by_exit_info" -> dispatch(bench, cpu);
            case "vmcs_write" -> writeField(bench, cpu, args);
            case "pir_set" -> bench.nestedCpu().vmx().posted().post(args.integer("vector"));
            case "pid_clear_ON" -> bench.nestedCpu().vmx().posted().setOutstanding(false);
            case "set_virr" -> cpu.vmx().delivery().request(args.integer("vector"));
            case "pid_set_ON" -> bench.nestedCpu().vmx().posted().setOutstanding(true);
            case "clear_virr" -> cpu.vmx().delivery().page().requested().remove(args.integer("vector"));
            case "set_vmcb" -> setControlBlock(bench, cpu, args);
            case "set_intercept" -> setIntercept(cpu, args.text("what"), true);
            case "clear_intercept" -> setIntercept(cpu, args.text("what"), false);
            case "v_irq", "request_virq" ->
                requestVirtual(
                        cpu,
                        args.ignoring("vector", "prio", "v_tpr", "v_ign_tpr").node());
            case "stgi" -> setGlobalInterruptFlag(cpu, true);
            case "clgi" -> setGlobalInterruptFlag(cpu, false);
            default -> {
                return null;
            }
        }
        return true;
    }

    // --- entry
    // ----------------------------------------------------------------------------------------------------------

    /** L1 enters L2; what the preconditions say about the entry counts for the first one. */
    static void enter(Bench bench, Cpu cpu) {
        JsonNode nested =
                bench.setup().nested().orElseThrow(() -> new Unsupported("an entry without nested preconditions"));
        boolean first = !bench.memory().hasResult("entered");
        if (!cpu.enter()) {
            if (!cpu.hasSvm()) {
                throw new Mismatch("VM entry fails: "
                        + cpu.vmxControls()
                                .invalid(cpu.vmx().delivery().page().taskPriority())
                                .orElse(""));
            }
            return;
        }
        bench.memory().result("entered", true);
        if (first) {
            prepareFirstEntry(bench, cpu, nested);
        }
        if (bench.memory().hasResult("injection")) {
            String injection = (String) bench.memory().result("injection");
            bench.memory().result("injection", "");
            inject(bench, cpu, injection);
        }
    }

    private static void prepareFirstEntry(Bench bench, Cpu cpu, JsonNode nested) {
        JsonNode code = bench.setup().preconditions().path("l2_code");
        String start = nested.path("start_at").asString("");
        if (code.isArray()) {
            List<JsonNode> operations = new ArrayList<>();
            code.values().forEach(item -> operations.add(Json.object().put("op", item.asString(""))));
            Frame frame = Frame.of(Frame.Kind.CODE, operations);
            boolean atHandler = start.equals("#DB handler entry");
            while (!frame.isDone()
                    && (atHandler || !start.isEmpty() && !frame.place().contains(start))) {
                frame.next();
            }
            cpu.l2().push(frame);
            cpu.l2().entered();
        }
        if (nested.path("interrupt_shadow").asBoolean(false)) {
            cpu.l2().interruptibility().setStiShadow(true);
        }
        switch (nested.path("interruptibility").asString("none")) {
            case "none" -> {}
            case "STI" -> cpu.l2().interruptibility().setStiShadow(true);
            case "MOV_SS" -> cpu.l2().interruptibility().setMovSsShadow(true);
            case "NMI" -> cpu.l2().interruptibility().setNmiBlocked(true);
            default -> throw new Unsupported("interruptibility " + nested.path("interruptibility"));
        }
        if (start.equals("#DB handler entry")) {
            cpu.events().injectException();
        }
        String injection =
                nested.path("inject").asString(nested.path("event_inj").asString(""));
        if (!injection.isEmpty()) {
            inject(bench, cpu, injection);
        }
    }

    private static void inject(Bench bench, Cpu cpu, String injection) {
        Matcher interrupt = INJECTED_INTERRUPT.matcher(injection);
        if (injection.isEmpty()) {
            return;
        }
        if (injection.equals("#DB")) {
            cpu.events().injectException();
        } else if (injection.equals("NMI") || INJECTED_NMI.matcher(injection).matches()) {
            cpu.events().injectNmi();
        } else if (interrupt.matches()) {
            cpu.events().injectInterrupt((int) Numbers.integer(Json.text(interrupt.group(1)), bench.scope()));
        } else {
            throw new Unsupported("injection of " + injection);
        }
    }

    private static void dispatch(Bench bench, Cpu cpu) {
        History.Exit exit = bench.history().lastExit().orElseThrow(() -> new Mismatch("L1 has no exit to dispatch"));
        if (exit.reason() != NestedExit.EXTERNAL_INTERRUPT || exit.vector() == VectorSet.NONE) {
            throw new Mismatch("the exit information has no interrupt: " + exit.reason());
        }
        cpu.events().dispatch(exit.vector());
    }

    private static void writeField(Bench bench, Cpu cpu, Args args) {
        String field = args.text("field");
        switch (field) {
            case "GUEST_ACTIVITY_STATE", "GUEST_ACTV_STATE" -> {
                cpu.activityWritten();
                cpu.vmx().setActivity(NestedPreconditions.activity(args.text("value")));
            }
            case "ENTRY_INTR_INFO" -> bench.memory().result("injection", args.text("value"));
            case "TPR_THRESHOLD" -> cpu.setControls(cpu.vmxControls().withTprThreshold(args.integer("value")));
            case "POSTED_INTR_NV", "NOTIFICATION_VECTOR" ->
                cpu.setControls(cpu.vmxControls()
                        .withPosting(args.integer("value"), cpu.vmxControls().postedDescriptor()));
            case "GUEST_INT_STATUS", "GUEST_INTR_STATUS" -> {
                int status = args.integer("value");
                cpu.vmx().delivery().setStatus(status & 0xFF, status >>> 8 & 0xFF);
            }
            case "GUEST_INTERRUPTIBILITY", "GUEST_INTR_STATE" -> interruptibility(cpu, args);
            case "GUEST_RFLAGS.IF", "GUEST_IF" ->
                cpu.l2().interruptibility().setInterruptFlag(args.flag("value", true));
            case "VTPR" -> cpu.vmx().delivery().page().write(LapicRegister.TPR.offset(), args.number("value"));
            case "EOI_EXIT_BITMAP" -> NestedPreconditions.eoiExitBitmap(cpu, args.raw("value"), args.scope());
            default -> {
                if (Nested.control(field) == null) {
                    throw new Unsupported("VMCS field " + field);
                }
                cpu.setControls(cpu.vmxControls().with(Nested.control(field), args.flag("value", true)));
            }
        }
    }

    /** By number, or by the words of the preconditions. */
    private static void interruptibility(Cpu cpu, Args args) {
        long state = switch (args.text("value")) {
            case "none" -> 0;
            case "STI" -> 1;
            case "MOV_SS" -> 2;
            case "NMI" -> 8;
            default -> args.number("value");
        };
        cpu.l2().interruptibility().setStiShadow((state & 1) != 0);
        cpu.l2().interruptibility().setMovSsShadow((state & 2) != 0);
        cpu.l2().interruptibility().setNmiBlocked((state & 8) != 0);
    }

    private static void setControlBlock(Bench bench, Cpu cpu, Args args) {
        String field = args.text("field");
        SvmControls old = cpu.svmControls();
        switch (field) {
            case "V_IRQ" -> {
                JsonNode request = args.raw("value");
                if (request.isObject()) {
                    requestVirtual(cpu, request);
                } else {
                    cpu.svm().setVirtualRequested(args.flag("value", true));
                }
            }
            case "V_TPR" -> cpu.svm().setVirtualTaskPriority(args.integer("value"));
            case "V_NMI_PENDING" -> cpu.svm().setVirtualNmiPending(args.flag("value", true));
            case "V_GIF" -> cpu.svm().setVirtualGif(args.flag("value", true));
            case "INTERRUPT_SHADOW" -> cpu.l2().interruptibility().setStiShadow(args.flag("value", true));
            case "RFLAGS.IF", "IF" -> cpu.l2().interruptibility().setInterruptFlag(args.flag("value", true));
            case "EVENT_INJ", "EVENTINJ" -> bench.memory().result("injection", args.text("value"));
            case "V_INTR_MASKING" ->
                cpu.setControls(new SvmControls(
                        old.interceptIntr(),
                        old.interceptNmi(),
                        old.interceptVintr(),
                        old.interceptHlt(),
                        old.interceptSmi(),
                        args.flag("value", true),
                        old.virtualGif(),
                        old.virtualNmi()));
            default -> throw new Unsupported("control block field " + field);
        }
    }

    /** V_IRQ as preconditions and steps describe it: vector, priority, and the task priority unless it is to be ignored. */
    static void requestVirtual(Cpu cpu, JsonNode request) {
        boolean ignoresTpr = request.has("v_ign_tpr") && Numbers.truth(request.path("v_ign_tpr"), new Scope());
        cpu.svm()
                .requestVirtual(
                        (int) Nested.number(request.path("vector")),
                        request.has("prio") ? (int) Nested.number(request.path("prio")) : 0xF,
                        request.has("v_tpr") && !ignoresTpr ? (int) Nested.number(request.path("v_tpr")) : 0);
    }

    private static void setIntercept(Cpu cpu, String what, boolean on) {
        if (!cpu.hasSvm()) {
            VmxControl control = switch (what) {
                case "NMI" -> VmxControl.NMI_EXITING;
                case "INTR" -> VmxControl.EXTERNAL_INTERRUPT_EXITING;
                case "HLT" -> VmxControl.HLT_EXITING;
                default -> Nested.control(what);
            };
            if (control == null) {
                throw new Unsupported("intercept of " + what);
            }
            cpu.setControls(cpu.vmxControls().with(control, on));
            return;
        }
        if (!INTERCEPTS.contains(what)) {
            throw new Unsupported("intercept of " + what);
        }
        SvmControls old = cpu.svmControls();
        cpu.setControls(new SvmControls(
                what.equals("INTR") ? on : old.interceptIntr(),
                what.equals("NMI") ? on : old.interceptNmi(),
                what.equals("VINTR") ? on : old.interceptVintr(),
                what.equals("HLT") ? on : old.interceptHlt(),
                what.equals("SMI") ? on : old.interceptSmi(),
                old.virtualMasking(),
                old.virtualGif(),
                old.virtualNmi()));
    }

    private static void setGlobalInterruptFlag(Cpu cpu, boolean on) {
        if (cpu.inL2() && cpu.svmControls().virtualGif()) {
            cpu.svm().setVirtualGif(on);
        } else {
            cpu.processor().setGlobalInterruptFlag(on);
        }
    }

    // --- task priority
    // --------------------------------------------------------------------------------------------------

    static int cr8(Cpu cpu) {
        return VirtualApicAccess.hasTprShadow(cpu)
                ? cpu.vmx().delivery().page().taskPriority() >>> 4
                : cpu.apic().cr8();
    }

    static void writeCr8(Cpu cpu, int value) {
        if (VirtualApicAccess.hasTprShadow(cpu)) {
            writeVirtualTpr(cpu, (value & 0xF) << 4);
        } else {
            cpu.apic().writeCr8(value);
        }
    }

    /** TPR virtualisation: with virtual-interrupt delivery the priority changes, without it L2 may fall below the threshold. */
    static void writeVirtualTpr(Cpu cpu, int value) {
        cpu.vmx().delivery().writeTaskPriority(value);
        boolean delivery = cpu.vmxControls().has(VmxControl.VIRTUAL_INTERRUPT_DELIVERY);
        if (!delivery && value >>> 4 < (cpu.vmxControls().tprThreshold() & 0xF)) {
            cpu.exit(NestedExit.TPR_BELOW_THRESHOLD, -1, 0);
        }
    }
}
