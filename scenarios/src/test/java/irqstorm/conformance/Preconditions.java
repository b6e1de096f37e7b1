// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicBase;
import irqstorm.apic.ApicMode;
import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LocalApic;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.TriggerMode;
import irqstorm.apic.VectorSet;
import irqstorm.cpu.ActivityState;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.SuppressionPolicy;
import irqstorm.kvm.X2ApicApiFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Puts the bench into the state that a case's preconditions describe. */
final class Preconditions {
    private static final Set<String> KNOWN = Set.of(
            "irqchip_mode",
            "apic_mode",
            "vcpus",
            "if_flag",
            "tpr",
            "rte",
            "lines",
            "isr",
            "flags",
            "nested",
            "lapic_state",
            "gsi_routing",
            "nmi_handler",
            "apic_id",
            "apic_bus_hz",
            "resample",
            "target_state",
            "l2_code",
            "lvt",
            "reserved_ioapic_pins",
            "if_flag_note",
            "rte_state",
            "sint",
            "vp_index",
            "msi",
            "msi_route");
    private static final Set<String> OUT_OF_SCOPE = Set.of("sint", "vp_index");
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
    private static final int ENABLED_SPIV = LocalApic.SPIV_ENABLED | 0xFF;
    private static final int FIRST_SYMBOLIC_PIN = 20;
    private static final int DEFAULT_VERSION = 0x11;
    private static final int VERSION_WITH_EOI_REGISTER = 0x20;
    private static final Pattern VCPU = Pattern.compile("vcpu(\\d+)");
    private static final Pattern TARGET = Pattern.compile("vCPU(\\d+) in VMX root( with INIT latched)?");

    private final Bench bench;
    private final Setup setup;
    private final JsonNode json;

    Preconditions(Bench bench, Setup setup) {
        this.bench = bench;
        this.setup = setup;
        this.json = setup.preconditions();
    }

    static int apicId(Setup setup, int vcpu) {
        return setup.preconditions().path("apic_id").asInt(0) + vcpu;
    }

    /** What the case says, or what it takes to have the registers that it uses. */
    static int ioApicVersion(Setup setup) {
        return statedVersion(setup).orElse(setup.writesEoiRegister() ? VERSION_WITH_EOI_REGISTER : DEFAULT_VERSION);
    }

    private static Optional<Integer> statedVersion(Setup setup) {
        for (String flag : new String[] {"userspace_ioapic_version", "ioapic_version"}) {
            if (setup.flagValue(flag).isPresent()) {
                return setup.flagValue(flag).map(text -> (int) Nested.number(Json.text(text)));
            }
        }
        JsonNode version = setup.preconditions().path("ioapic_version");
        return version.isMissingNode() ? Optional.empty() : Optional.of((int) Nested.number(version));
    }

    static long busCycleNanos(Setup setup) {
        long hertz = setup.preconditions().path("apic_bus_hz").asLong(1_000_000_000);
        return 1_000_000_000 / hertz;
    }

    static List<JsonNode> operations(JsonNode body) {
        return new ArrayList<>(body.values());
    }

    void apply() {
        for (String name : json.propertyNames()) {
            boolean known = KNOWN.contains(name) || isRemark(name);
            if (!known || OUT_OF_SCOPE.contains(name) && json.path(name).size() > 0) {
                throw new Unsupported("precondition " + name);
            }
        }
        for (String flag : setup.flags()) {
            if (flag.startsWith("hyperv") || flag.startsWith("intremap") || flag.equals("remapper_connected")) {
                throw new Unsupported("flag " + flag);
            }
        }
        enableCapabilities();
        for (Cpu cpu : bench.cpus()) {
            startLapic(cpu);
        }
        handlers();
        routes();
        entries();
        entryStates();
        lines();
        json.path("lapic_state").properties().forEach(this::lapicState);
        setup.nested().ifPresent(this::nested);
        targetState();
    }

    private static boolean isRemark(String name) {
        return name.equals("note") || name.endsWith("notes") || name.endsWith("_note");
    }

    private void enableCapabilities() {
        long args0 = 0;
        for (X2ApicApiFlag flag : X2ApicApiFlag.values()) {
            args0 |= setup.flags().contains(flag.name()) ? flag.mask() : 0;
        }
        if (setup.flags().contains("kernel=patched") && statedVersion(setup).isPresent()) {
            args0 |= SuppressionPolicy.forVersion(ioApicVersion(setup)).mask();
        }
        if (args0 != 0 && !bench.x2ApicApi().enable(args0, setup.irqchip()).isOk()) {
            throw new Mismatch("KVM_ENABLE_CAP refuses the flags of the preconditions");
        }
        if (setup.flags().contains("legacy_pic_masked")) {
            bench.pic().setMask(0, 0xFF);
            bench.pic().setMask(1, 0xFF);
        }
    }

    private void startLapic(Cpu cpu) {
        bench.lapics().resetLapic(cpu.index());
        if (setup.apicMode() == ApicMode.X2APIC) {
            cpu.base().write(cpu.base().read() | ApicBase.EXTD);
        }
        if (!setup.freshLapic()) {
            boolean advertised = (cpu.apic().lvr() & LocalApic.LVR_SUPPRESS_EOI_BROADCAST) != 0;
            boolean suppress = setup.flags().contains("guest_sets_SPIV[12]")
                    || setup.flags().contains("guest_sets_SPIV[12]_if_advertised") && advertised;
            bench.lapics()
                    .guestWrite(
                            cpu,
                            LapicRegister.SPIV.offset(),
                            ENABLED_SPIV | (suppress ? LocalApic.SPIV_SUPPRESS_EOI_BROADCAST : 0));
        }
        String name = "vcpu" + cpu.index();
        boolean svmHost = setup.isSvm() && cpu.index() == setup.nestedCpu();
        cpu.processor()
                .interruptibility()
                .setInterruptFlag(json.path("if_flag").path(name).asBoolean(!svmHost));
        JsonNode tpr = json.path("tpr").path(name);
        if (!tpr.isMissingNode()) {
            bench.lapics().guestWrite(cpu, LapicRegister.TPR.offset(), Numbers.integer(tpr, bench.scope()));
        }
    }

    private void handlers() {
        for (JsonNode handler : json.path("isr").values()) {
            int vector = (int) Numbers.integer(handler.path("vector"), bench.scope());
            bench.programs()
                    .setHandler(vector, handler.path("installed_in").asString(""), operations(handler.path("body")));
        }
    }

    private void routes() {
        for (JsonNode route : json.path("gsi_routing").values()) {
            String type = route.path("type").asString("msi");
            if (type.equals("irqchip") || type.equals("ioapic")) {
                bench.pinRoutes()
                        .put(route.path("gsi").asInt(), route.path("pin").asInt());
                continue;
            }
            if (!type.equals("msi")) {
                throw new Unsupported("GSI route of type " + type);
            }
            long message = InterruptMessage.ofMsi(Numbers.integer(route.path("address"), bench.scope()), (int)
                    Numbers.integer(route.path("data"), bench.scope()));
            int gsi = route.path("gsi").asInt();
            bench.msiRoutes().put(gsi, message);
            if (setup.irqchip() == IrqchipMode.SPLIT) {
                bench.kvm().setRoute(gsi, message);
            }
        }
    }

    private void entries() {
        int symbolic = FIRST_SYMBOLIC_PIN;
        for (JsonNode entry : json.path("rte").values()) {
            JsonNode pin = entry.path("pin");
            if (entry.has("format")) {
                throw new Unsupported("a redirection entry in remappable format");
            }
            if (pin.isString() && !pin.stringValue().matches("0x.*")) {
                bench.scope().set(pin.stringValue(), symbolic);
                bench.window().writeEntry(symbolic++, entry(entry, bench.scope()));
            } else {
                bench.window().writeEntry((int) Numbers.integer(pin, bench.scope()), entry(entry, bench.scope()));
            }
        }
    }

    private static long entry(JsonNode fields, Scope scope) {
        long entry = RedirectionEntry.of(0, DeliveryMode.FIXED, false, TriggerMode.EDGE, false, 0);
        for (String name : fields.propertyNames()) {
            if (!name.equals("pin")) {
                entry = Fields.with(entry, name, fields.path(name), scope);
            }
        }
        return entry;
    }

    /**
     * Bits of entries that software cannot write: a list of pins with fields, or an object from pins to fields. Each entry is written
     * first, so that the VMM's routes know it.
     */
    private void entryStates() {
        JsonNode states = json.path("rte_state");
        if (states.isArray()) {
            states.values().forEach(state -> {
                if (state.has("field")) {
                    entryState(
                            state.path("pin"),
                            Json.object().set(state.path("field").asString(""), state.path("value")));
                } else {
                    entryState(state.path("pin"), state);
                }
            });
        } else if (states.has("pin")) {
            entryState(states.path("pin"), states);
        } else {
            states.properties().forEach(state -> entryState(Json.text(state.getKey()), state.getValue()));
        }
    }

    private void entryState(JsonNode pin, JsonNode fields) {
        restoreEntry(bench, pin, fields);
    }

    static void restoreEntry(Bench bench, JsonNode pin, JsonNode fields) {
        int number = (int) Numbers.integer(pin, bench.scope());
        long entry = bench.ioApic().entry(number);
        for (String name : fields.propertyNames()) {
            if (Fields.NAMES.contains(name)) {
                entry = Fields.with(entry, name, fields.path(name), bench.scope());
            }
        }
        bench.window().writeEntry(number, entry);
        bench.ioApic().restore(bench.ioApic().save().withEntry(number, entry));
    }

    private void lines() {
        json.path("lines")
                .properties()
                .forEach(line -> bench.setGsi(
                        (int) Numbers.integer(Json.text(line.getKey()), bench.scope()),
                        Numbers.integer(line.getValue(), bench.scope()) != 0));
    }

    private void lapicState(Map.Entry<String, JsonNode> state) {
        Matcher vcpu = VCPU.matcher(state.getKey());
        if (!vcpu.matches()) {
            putOrDefer(bench.cpu(0), state);
            return;
        }
        Cpu cpu = bench.cpu(Integer.parseInt(vcpu.group(1)));
        state.getValue().properties().forEach(register -> putOrDefer(cpu, register));
    }

    /** A value that depends on a loop's variables is put in at every iteration. */
    private void putOrDefer(Cpu cpu, Map.Entry<String, JsonNode> register) {
        Runnable put = () -> LapicState.put(bench, cpu, register.getKey(), register.getValue());
        try {
            put.run();
        } catch (Unsupported notYet) {
            bench.memory().everyIteration(put);
        }
    }

    private void nested(JsonNode nested) {
        for (String name : nested.propertyNames()) {
            boolean off = nested.path(name).isNull()
                    || nested.path(name).isBoolean() && !nested.path(name).booleanValue();
            if (!KNOWN_NESTED.contains(name) && !off && !isRemark(name)) {
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
        String text = json.path("target_state").asString("");
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
