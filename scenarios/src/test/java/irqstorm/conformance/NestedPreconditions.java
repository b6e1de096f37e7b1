// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.VectorSet;
import irqstorm.cpu.ActivityState;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The state of L1 and L2 that a case's preconditions describe. */
final class NestedPreconditions {
    private static final Set<String> KNOWN_NESTED = Set.of(
            "arch",
            "ext_int_exiting",
            "ack_on_exit",
            "vid",
            "posted",
            "nmi_exiting",
            "virtual_nmis",
            "nmi_window_exiting",
            "interrupt_window_exiting",
            "hlt_exiting",
            "tpr_shadow",
            "virtualize_x2apic",
            "virt_x2apic",
            "virt_apic_access",
            "apic_reg_virt",
            "notification_vector",
            "tpr_threshold",
            "threshold",
            "descriptor",
            "secondary",
            "activity",
            "interruptibility",
            "start_at",
            "inject",
            "rvi",
            "svi",
            "vtpr",
            "eoi_exit_bitmap",
            "guest_if",
            "x2apic_msrs_passed_through",
            "intercept_intr",
            "intercept_nmi",
            "intercept_vintr",
            "intercept_hlt",
            "v_intr_masking",
            "v_gif_enable",
            "v_nmi_enable",
            "v_irq",
            "event_inj",
            "interrupt_shadow",
            "int_window",
            "nmi_window",
            "intercept_smi",
            "l2_code");
    private static final Pattern TARGET = Pattern.compile("vCPU(\\d+) in VMX root( with INIT latched)?");

    private final Bench bench;
    private final Setup setup;

    NestedPreconditions(Bench bench, Setup setup) {
        this.bench = bench;
        this.setup = setup;
    }

    void apply() {
        setup.nested().ifPresent(this::nested);
        targetState();
    }

    private void nested(JsonNode nested) {
        for (String name : nested.propertyNames()) {
            boolean off = nested.path(name).isNull()
                    || nested.path(name).isBoolean() && !nested.path(name).booleanValue();
            if (!KNOWN_NESTED.contains(name) && !off && !Preconditions.isRemark(name)) {
                throw new Unsupported("nested precondition " + name);
            }
        }
        Cpu cpu = bench.nestedCpu();
        boolean svm = setup.isSvm();
        cpu.l2().interruptibility().setInterruptFlag(nested.path("guest_if").asInt(svm ? 0 : 1) != 0);
        if (svm) {
            cpu.setControls(Nested.svm(nested));
            if (nested.path("v_irq").isObject()) {
                NestedOperations.requestVirtual(cpu, nested.path("v_irq"));
            }
            return;
        }
        cpu.setControls(Nested.vmx(nested, Json.object()));
        cpu.processor().setVmxOperation(true);
        virtualApic(cpu, nested);
        if (nested.has("activity")) {
            cpu.vmx().setActivity(activity(nested.path("activity").asString("")));
        }
    }

    static ActivityState activity(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "ACTIVE" -> ActivityState.ACTIVE;
            case "HLT" -> ActivityState.HALTED;
            case "WAIT_SIPI" -> ActivityState.WAIT_FOR_SIPI;
            default -> throw new Unsupported("activity state " + name);
        };
    }

    private void virtualApic(Cpu cpu, JsonNode nested) {
        Scope scope = bench.scope();
        if (nested.has("vtpr")) {
            cpu.vmx().delivery().page().write(LapicRegister.TPR.offset(), Numbers.integer(nested.path("vtpr"), scope));
        }
        int rvi = nested.has("rvi") ? (int) Numbers.integer(nested.path("rvi"), scope) : 0;
        int svi = nested.has("svi") ? (int) Numbers.integer(nested.path("svi"), scope) : 0;
        if (rvi != 0) {
            cpu.vmx().delivery().page().requested().add(rvi);
        }
        if (svi != 0) {
            cpu.vmx().delivery().page().inService().add(svi);
        }
        cpu.vmx().delivery().setStatus(rvi, svi);
        eoiExitBitmap(cpu, nested.path("eoi_exit_bitmap"), scope);
    }

    /** A list of vectors, one vector, or words for none and all. */
    static void eoiExitBitmap(Cpu cpu, JsonNode bitmap, Scope scope) {
        VectorSet exits = cpu.vmx().delivery().eoiExitBitmap();
        String text = bitmap.asString("");
        exits.clear();
        if (bitmap.isArray()) {
            bitmap.values().forEach(vector -> exits.add((int) Numbers.integer(vector, scope)));
        } else if (text.matches("all( ones?| set)?")) {
            for (int vector = 0; vector < VectorSet.VECTORS; vector++) {
                exits.add(vector);
            }
        } else if (!bitmap.isMissingNode() && !bitmap.isNull() && !text.matches("all zeros?|all clear|none")) {
            exits.add((int) Numbers.integer(bitmap, scope));
        }
    }

    private void targetState() {
        String text = setup.preconditions().path("target_state").asString("");
        if (text.isEmpty()) {
            return;
        }
        Matcher target = TARGET.matcher(text);
        if (!target.matches()) {
            throw new Unsupported("target state \"" + text + "\"");
        }
        Cpu cpu = bench.cpu(Integer.parseInt(target.group(1)));
        cpu.processor().setVmxOperation(true);
        if (target.group(2) != null) {
            cpu.signal(DeliveryMode.INIT, 0);
        }
    }
}
