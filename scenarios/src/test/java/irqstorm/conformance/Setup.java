// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.ApicMode;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.kvm.X2ApicApiFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * One way to set a case up: a choice where its preconditions leave one.
 *
 * @param unit whether the case drives device models and no program runs
 * @param irqchip who emulates the controllers
 * @param ownLapic whether the case is about a VMM's own local APIC rather than about any
 * @param apicMode how the guest accesses its local APIC
 * @param vcpus how many vCPUs
 * @param preconditions the case's preconditions, with the table row's values put in
 * @param nestedCpu the vCPU that L1 and L2 are on
 * @param freshLapic whether the case looks at the local APIC before any guest code has run
 * @param writesEoiRegister whether the case is about an I/O APIC that has an EOI register
 */
record Setup(
        boolean unit,
        IrqchipMode irqchip,
        boolean ownLapic,
        ApicMode apicMode,
        int vcpus,
        JsonNode preconditions,
        int nestedCpu,
        boolean freshLapic,
        boolean writesEoiRegister) {
    private static final Pattern ALTERNATIVES = Pattern.compile(" or |[|,/] ?");
    private static final Pattern COUNT_RANGE = Pattern.compile("(\\d+)\\.\\.(\\d+)");
    private static final Pattern VCPU = Pattern.compile("vcpu(\\d+)");
    private static final Set<String> ENTRIES = Set.of("vmlaunch", "vmresume", "vmrun", "vmxoff");

    private static final String EOI_REGISTER = "\"directed_eoi\"";

    private static final Set<String> BY_HAND = Set.of("service", "service_next", "acknowledge", "inject");

    /** The setups that the preconditions allow: any irqchip, any mode, and the ends and some of the middle of a range of vCPUs. */
    static List<Setup> of(ConformanceCase test, JsonNode preconditions, List<JsonNode> stimulus) {
        List<Setup> setups = new ArrayList<>();
        String chip = preconditions.path("irqchip_mode").asString("any");
        for (IrqchipMode irqchip : irqchips(chip)) {
            for (ApicMode mode : modes(preconditions)) {
                for (int vcpus : counts(preconditions.path("vcpus"))) {
                    setups.add(new Setup(
                            test.isUnit() || isServedByHand(stimulus),
                            irqchip,
                            chip.equals("userspace"),
                            mode,
                            vcpus,
                            preconditions,
                            nestedCpu(stimulus),
                            isFresh(stimulus),
                            stimulus.toString().contains(EOI_REGISTER)
                                    || preconditions.toString().contains(EOI_REGISTER)));
                }
            }
        }
        return setups;
    }

    private static List<IrqchipMode> irqchips(String text) {
        if (ALTERNATIVES.matcher(text).find()) {
            return Arrays.stream(ALTERNATIVES.split(text))
                    .flatMap(one -> irqchips(one).stream())
                    .distinct()
                    .toList();
        }
        return switch (text) {
            case "kernel" -> List.of(IrqchipMode.KERNEL);
            case "split" -> List.of(IrqchipMode.SPLIT);
            case "userspace", "none" -> List.of(IrqchipMode.NONE);
            case "any" -> List.of(IrqchipMode.KERNEL, IrqchipMode.SPLIT, IrqchipMode.NONE);
            default -> throw new Unsupported("irqchip mode \"" + text + "\"");
        };
    }

    private static List<ApicMode> modes(JsonNode preconditions) {
        return switch (preconditions.path("apic_mode").asString("any")) {
            case "xapic" -> List.of(ApicMode.XAPIC);
            case "x2apic" -> List.of(ApicMode.X2APIC);
            case "any" ->
                flags(preconditions).contains("no_cpuid_x2apic")
                        ? List.of(ApicMode.XAPIC)
                        : List.of(ApicMode.XAPIC, ApicMode.X2APIC);
            default -> throw new Unsupported("APIC mode " + preconditions.path("apic_mode"));
        };
    }

    private static Set<Integer> counts(JsonNode node) {
        Matcher range = COUNT_RANGE.matcher(node.asString(""));
        if (!range.matches()) {
            return Set.of(node.asInt(1));
        }
        int least = Integer.parseInt(range.group(1));
        int most = Integer.parseInt(range.group(2));
        return new TreeSet<>(Set.of(least, least + 1, least + (most - least) / 4, most));
    }

    /** L1 and L2 are on the vCPU that enters L2 under its own name, else on vCPU 0. */
    private static int nestedCpu(List<JsonNode> stimulus) {
        for (JsonNode step : stimulus) {
            Matcher vcpu = VCPU.matcher(step.path("actor").asString(""));
            if (vcpu.matches() && ENTRIES.contains(step.path("op").asString(""))) {
                return Integer.parseInt(vcpu.group(1));
            }
        }
        return 0;
    }

    /** Interrupts that a step takes by name are not taken by themselves. */
    private static boolean isServedByHand(List<JsonNode> stimulus) {
        return stimulus.stream()
                .anyMatch(step -> BY_HAND.contains(step.path("op").asString("")));
    }

    private static boolean isFresh(List<JsonNode> stimulus) {
        return !stimulus.isEmpty() && stimulus.get(0).path("op").asString("").equals("get_lapic");
    }

    static Set<String> flags(JsonNode preconditions) {
        Set<String> flags = new TreeSet<>();
        preconditions.path("flags").values().forEach(flag -> flags.add(flag.asString("")));
        return flags;
    }

    Set<String> flags() {
        return flags(preconditions);
    }

    /**
     * The kernel that takes the flags of the preconditions: the merged one, or, for a case whose in-kernel I/O APIC suppresses EOIs, one
     * that does not refuse this.
     */
    UapiRevision revision() {
        boolean proposed = irqchip == IrqchipMode.KERNEL
                && flags().contains(X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST.name());
        return proposed ? UapiRevision.V3 : UapiRevision.MERGED;
    }

    /** The value of a flag written {@code name=value}. */
    Optional<String> flagValue(String name) {
        return flags().stream()
                .filter(flag -> flag.startsWith(name + "="))
                .map(flag -> flag.substring(name.length() + 1))
                .findFirst();
    }

    Optional<JsonNode> nested() {
        return Optional.of(preconditions.path("nested")).filter(JsonNode::isObject);
    }

    boolean isSvm() {
        return nested().filter(nested -> nested.path("arch").asString("").equals("svm"))
                .isPresent();
    }

    String describe() {
        return "irqchip " + irqchip.label() + ", " + apicMode.name().toLowerCase(Locale.ROOT) + ", " + vcpus + " vCPUs";
    }
}
