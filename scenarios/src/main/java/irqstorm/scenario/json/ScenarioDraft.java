// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.Hazard;
import irqstorm.machine.MachineConfig;
import irqstorm.scenario.Expectations;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFormatException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scenario as it is explored, complete and without configurations, as a document that can be made smaller and written down.
 *
 * <p>What may happen in the exploration stands among its hazards, at time 0.
 */
public final class ScenarioDraft {
    /** What the run has to show. */
    static final String EXPECT = "expect";

    private static final String DEVICES = "devices";
    private static final String HAZARDS = "hazards";
    private static final String AT = "at";
    private static final String LIMIT = "limit";
    private static final String IO_APIC = "ioApic";

    private final JsonDocument document;
    private final Scenario scenario;
    private final MachineReader machines;
    private final JsonNode explored;

    private ScenarioDraft(JsonDocument document, Scenario scenario, MachineReader machines, JsonNode explored) {
        this.document = document;
        this.scenario = scenario;
        this.machines = machines;
        this.explored = explored;
    }

    /** The draft of a scenario that was read from {@code explored}. */
    static ScenarioDraft of(JsonDocument explored, Scenario scenario, MachineReader machines) {
        ObjectNode root = (ObjectNode) explored.root().deepCopy();
        JsonNode may = root.path(ExploreReader.EXPLORE).path(ExploreReader.MAY);
        if (!may.isEmpty()) {
            ArrayNode hazards = root.withArray(HAZARDS);
            may.forEach(hazard -> hazards.add(((ObjectNode) hazard.deepCopy()).put(AT, "0ns")));
        }
        root.remove(
                List.of(ScenarioReader.CONFIGURATIONS, ExploreReader.EXPLORE, ScenarioReader.ORDER, "$schema", EXPECT));
        return new ScenarioDraft(new JsonDocument(explored.source(), root), scenario, machines, explored.root());
    }

    /** The scenario. */
    public Scenario scenario() {
        return scenario;
    }

    /** How many causes each device has at most, if the scenario says so. */
    public int interrupts(int otherwise) {
        return ExploreReader.number(explored, ExploreReader.INTERRUPTS, otherwise);
    }

    /** After how many EOIs a throttle postpones a delivery, if the scenario says so. */
    public int throttleEois(int otherwise) {
        return ExploreReader.number(explored, ExploreReader.THROTTLE_EOIS, otherwise);
    }

    /** The same without device {@code index}; empty if that is no scenario. */
    public Optional<ScenarioDraft> withoutDevice(int index) {
        return changed(root -> root.withArray(DEVICES).remove(index));
    }

    /** The same without hazard {@code index}; empty if that is no scenario. */
    public Optional<ScenarioDraft> withoutHazard(int index) {
        return changed(root -> root.withArray(HAZARDS).remove(index));
    }

    /** The same with another number of vCPUs; empty if that is no scenario. */
    public Optional<ScenarioDraft> withVcpus(int vcpus) {
        return changed(root -> root.withObject("cpu").put("vcpus", vcpus));
    }

    private Optional<ScenarioDraft> changed(Consumer<ObjectNode> change) {
        ObjectNode root = (ObjectNode) document.root().deepCopy();
        change.accept(root);
        JsonDocument made = new JsonDocument(document.source(), root);
        try {
            Scenario smaller = ScenarioReader.readMade(made, scenario.configuration(), machines);
            return Optional.of(new ScenarioDraft(made, smaller, machines, explored));
        } catch (ScenarioFormatException notOne) {
            return Optional.empty();
        }
    }

    /**
     * A scenario file that {@code run} goes through in this order.
     *
     * @param order the names of the moves
     * @param interrupts how many causes each device has at most
     * @param throttleEois after how many EOIs a throttle postpones a delivery
     * @param end the verdict, and the violation besides it, that the run is expected to end with
     * @param description what the file is about
     */
    public String inOrder(List<String> order, int interrupts, int throttleEois, Expectations end, String description) {
        ObjectNode root = (ObjectNode) document.root().deepCopy();
        root.put("description", description);
        root.withArray(DEVICES).forEach(device -> limit((ObjectNode) device.get("arrivals"), interrupts));
        throttle(root, throttleEois);
        ObjectNode expect = root.putObject(EXPECT);
        end.verdict().ifPresent(verdict -> expect.put(ExpectationReader.VERDICT, verdict.name()));
        end.violation().ifPresent(violation -> expect.put(ExpectationReader.VIOLATION, violation.name()));
        ArrayNode moves = root.putArray(ScenarioReader.ORDER);
        order.forEach(moves::add);
        return JsonText.of(root);
    }

    private static void limit(ObjectNode arrivals, int interrupts) {
        if (arrivals.get(AT) instanceof ArrayNode times) {
            while (times.size() > Math.max(1, interrupts)) {
                times.remove(times.size() - 1);
            }
        } else if (interrupts > 0) {
            JsonNode limit = arrivals.get(LIMIT);
            arrivals.put(LIMIT, limit == null ? interrupts : Math.min(limit.longValue(), interrupts));
        }
    }

    /** Each I/O APIC that throttles does so after so many EOIs. */
    private void throttle(ObjectNode root, int eois) {
        MachineConfig machine = scenario.machine();
        if (machine.irqchip() == IrqchipMode.KERNEL) {
            if (isThrottled(machine.kernelIoApic(), eois)) {
                ObjectNode choice = root.withObject("kvm").withObject(IO_APIC);
                if (!choice.has("profile")) {
                    choice.put("profile", "kvm-inkernel");
                }
                throttleChoice(choice, eois);
            }
        } else if (isThrottled(machine.vmm().ioApic(), eois)) {
            throttleChoice(root.withObject("vmm").withObject(IO_APIC), eois);
        }
        List<Hazard> hazards = machine.hazards().steps();
        for (int i = 0; i < hazards.size(); i++) {
            if (hazards.get(i).deed() instanceof Hazard.Deed.Migrate migrate
                    && migrate.destination().vmm() != null
                    && isThrottled(migrate.destination().vmm().ioApic(), eois)) {
                ObjectNode hazard = (ObjectNode) root.withArray(HAZARDS).get(i);
                throttleChoice(hazard.withObject("to").withObject(IO_APIC), eois);
            }
        }
    }

    private static boolean isThrottled(@Nullable IoApicProfile profile, int eois) {
        return profile != null
                && profile.onEoiAsserted() instanceof OnEoiAsserted.Throttled throttled
                && throttled.limit() > eois;
    }

    private static void throttleChoice(ObjectNode choice, int eois) {
        choice.withObject("patch")
                .withObject("onEoiAsserted")
                .withObject("throttled")
                .put(LIMIT, eois);
    }
}
