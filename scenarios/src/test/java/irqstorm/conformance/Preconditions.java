// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicBase;
import irqstorm.apic.ApicMode;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LocalApic;
import irqstorm.kvm.SuppressionPolicy;
import irqstorm.kvm.UapiRevision;
import irqstorm.kvm.X2ApicApiFlag;
import java.util.ArrayList;
import java.util.List;
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
    private static final int ENABLED_SPIV = LocalApic.SPIV_ENABLED | 0xFF;
    private static final int DEFAULT_VERSION = 0x11;
    private static final int VERSION_WITH_EOI_REGISTER = 0x20;
    private static final Pattern VCPU = Pattern.compile("vcpu(\\d+)");

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
        boolean hasEoiRegister = setup.writesEoiRegister() || setup.revision() != UapiRevision.MERGED;
        return statedVersion(setup).orElse(hasEoiRegister ? VERSION_WITH_EOI_REGISTER : DEFAULT_VERSION);
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
        new WiringPreconditions(bench, setup).apply();
        json.path("lapic_state").properties().forEach(this::lapicState);
        new NestedPreconditions(bench, setup).apply();
    }

    static boolean isRemark(String name) {
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
        if (setup.revision() != UapiRevision.MERGED) {
            // That kernel, which was proposed and not merged, advertises suppression of its own I/O APIC, too.
            cpu.apic().refreshVersion(true);
        }
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
}
