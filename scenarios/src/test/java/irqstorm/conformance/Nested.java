// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import static irqstorm.nested.VmxControl.ACKNOWLEDGE_INTERRUPT_ON_EXIT;
import static irqstorm.nested.VmxControl.APIC_REGISTER_VIRTUALIZATION;
import static irqstorm.nested.VmxControl.EXTERNAL_INTERRUPT_EXITING;
import static irqstorm.nested.VmxControl.HLT_EXITING;
import static irqstorm.nested.VmxControl.INTERRUPT_WINDOW_EXITING;
import static irqstorm.nested.VmxControl.NMI_EXITING;
import static irqstorm.nested.VmxControl.NMI_WINDOW_EXITING;
import static irqstorm.nested.VmxControl.POSTED_INTERRUPTS;
import static irqstorm.nested.VmxControl.SECONDARY_CONTROLS;
import static irqstorm.nested.VmxControl.TPR_SHADOW;
import static irqstorm.nested.VmxControl.VIRTUALIZE_APIC_ACCESSES;
import static irqstorm.nested.VmxControl.VIRTUALIZE_X2APIC_MODE;
import static irqstorm.nested.VmxControl.VIRTUAL_INTERRUPT_DELIVERY;
import static irqstorm.nested.VmxControl.VIRTUAL_NMIS;

import irqstorm.nested.SvmControls;
import irqstorm.nested.VmxControl;
import irqstorm.nested.VmxControls;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The {@code nested} precondition, and table rows with the same keys, as controls. */
final class Nested {
    private static final Map<String, VmxControl> CONTROLS = controls();

    private Nested() {}

    /** The control that {@code name} means, by the name that preconditions have for it or by its own. */
    static VmxControl control(String name) {
        VmxControl control = CONTROLS.get(name.toLowerCase(Locale.ROOT));
        for (VmxControl known : VmxControl.values()) {
            control = known.name().equalsIgnoreCase(name) ? known : control;
        }
        return control;
    }

    private static Map<String, VmxControl> controls() {
        Map<String, VmxControl> controls = new LinkedHashMap<>();
        controls.put("ext_int_exiting", EXTERNAL_INTERRUPT_EXITING);
        controls.put("ack_on_exit", ACKNOWLEDGE_INTERRUPT_ON_EXIT);
        controls.put("vid", VIRTUAL_INTERRUPT_DELIVERY);
        controls.put("posted", POSTED_INTERRUPTS);
        controls.put("nmi_exiting", NMI_EXITING);
        controls.put("virtual_nmis", VIRTUAL_NMIS);
        controls.put("interrupt_window_exiting", INTERRUPT_WINDOW_EXITING);
        controls.put("int_window", INTERRUPT_WINDOW_EXITING);
        controls.put("nmi_window_exiting", NMI_WINDOW_EXITING);
        controls.put("nmi_window", NMI_WINDOW_EXITING);
        controls.put("hlt_exiting", HLT_EXITING);
        controls.put("tpr_shadow", TPR_SHADOW);
        controls.put("virtualize_x2apic", VIRTUALIZE_X2APIC_MODE);
        controls.put("virt_x2apic", VIRTUALIZE_X2APIC_MODE);
        controls.put("virt_apic_access", VIRTUALIZE_APIC_ACCESSES);
        controls.put("apic_reg_virt", APIC_REGISTER_VIRTUALIZATION);
        return controls;
    }

    /** The controls of {@code nested}, changed by {@code row}. Secondary controls are active unless the row says otherwise. */
    static VmxControls vmx(JsonNode nested, JsonNode row) {
        VmxControls controls = VmxControls.NONE.with(SECONDARY_CONTROLS, true);
        controls = apply(apply(controls, nested), row);
        if (isSet(row.path("vid")) && !row.has("ext_int_exiting")) {
            // A row about another control stands on a configuration that is valid but for that control.
            controls = controls.with(EXTERNAL_INTERRUPT_EXITING, true);
        }
        if (controls.has(VIRTUAL_NMIS) && !row.has("nmi_exiting") && !nested.has("nmi_exiting")) {
            controls = controls.with(NMI_EXITING, true);
        }
        return controls;
    }

    private static VmxControls apply(VmxControls before, JsonNode fields) {
        VmxControls controls = before;
        for (Map.Entry<String, VmxControl> control : CONTROLS.entrySet()) {
            if (fields.has(control.getKey())) {
                controls = controls.with(control.getValue(), isSet(fields.path(control.getKey())));
            }
        }
        if (fields.has("secondary")) {
            controls = controls.with(SECONDARY_CONTROLS, isSet(fields.path("secondary")));
        }
        for (String name : new String[] {"threshold", "tpr_threshold"}) {
            if (fields.has(name)) {
                controls = controls.withTprThreshold((int) number(fields.path(name)));
            }
        }
        if (fields.has("notification_vector")) {
            controls =
                    controls.withPosting((int) number(fields.path("notification_vector")), controls.postedDescriptor());
        }
        return fields.has("descriptor")
                ? controls.withPosting(controls.notificationVector(), number(fields.path("descriptor")))
                : controls;
    }

    static SvmControls svm(JsonNode nested) {
        return new SvmControls(
                isSet(nested.path("intercept_intr")),
                isSet(nested.path("intercept_nmi")),
                isSet(nested.path("intercept_vintr")),
                isSet(nested.path("intercept_hlt")),
                isSet(nested.path("intercept_smi")),
                isSet(nested.path("v_intr_masking")),
                isSet(nested.path("v_gif_enable")),
                isSet(nested.path("v_nmi_enable")));
    }

    static long number(JsonNode node) {
        return Numbers.integer(node, new Scope());
    }

    /** Numbers and booleans; words say in which way a control is used, and hence that it is. */
    private static boolean isSet(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return false;
        }
        return node.isString() ? !node.stringValue().equals("0") : Numbers.integer(node, new Scope()) != 0;
    }
}
