// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Violation;
import irqstorm.explore.Exploration.Found;
import irqstorm.explore.Exploration.Outcome;
import irqstorm.machine.Device;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.UntimedMachine;
import irqstorm.scenario.ScenarioLibrary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the explorer makes of the rows of credential-guard, against the shortest ways that were worked out by hand: from the cause of
 * the device to the violation, event by event, with what each event is needed for.
 */
class CredentialGuardOrdersTest {
    private static final int MOST_EVENTS_MORE = 2;
    private static final Bounds ONE_INTERRUPT = new Bounds(1, 2, Bounds.Clocks.ANY, 1_000, 1_000_000);
    private static final Bounds THREE_INTERRUPTS = new Bounds(3, 2, Bounds.Clocks.ANY, 1_000, 1_000_000);

    /** An event of a way that was worked out by hand. */
    private record Step(String event, String why) {}

    private static Step step(String event, String why) {
        return new Step(event, why);
    }

    /** Until L1 has ended the LAPIC interrupt: the beginning that all rows with a trusting guest have in common. */
    private static List<Step> untilTheEarlyEoi(Step delivery) {
        return List.of(
                step("cause uhci", "the controller raises its line"),
                delivery,
                step("kick vcpu0", "the vCPU runs L2 and leaves it for the interrupt"),
                step("vcpu0", "L0 takes the vector from L1's local APIC and reflects the exit"),
                step("vcpu0", "L1 is entered, and its handler begins"),
                step("vcpu0", "the handler writes the LAPIC EOI, before anybody has looked at the controller"));
    }

    private static final Step MESSAGE = step("message 0x81 to 0", "the first delivery is accepted");

    /** The EOI exit that the early EOI causes. */
    private static List<Step> eoiReachesTheVmm(String end) {
        return List.of(
                step("vcpu0", "L0 finds the pending EOI at the next entry"),
                step("vcpu0", "KVM_RUN returns with KVM_EXIT_IOAPIC_EOI"),
                step("vcpu0", end));
    }

    /** Rows 6, 7 and 12: the early EOI is not suppressed, and so the line that is still high is delivered again each time. */
    private static List<Step> splitStorm() {
        List<Step> way = new ArrayList<>(untilTheEarlyEoi(MESSAGE));
        way.addAll(eoiReachesTheVmm("the EOI ends the pin, and the line is high: redundant delivery 1"));
        way.add(step("message 0x81 to 0 of vcpu0", "the thread's ioctl has to be done before the vCPU is entered"));
        way.add(step("vcpu0", "L1 is entered and takes the interrupt through its own IDT"));
        way.add(step("vcpu0", "that handler writes the LAPIC EOI too"));
        way.addAll(eoiReachesTheVmm("the second EOI in a row with the line high: the throttle, scaled to 2, waits"));
        way.add(step("vcpu0", "L1 is entered again"));
        way.add(step("throttle", "the pause is over: redundant delivery 2"));
        way.add(step("message 0x81 to 0", "it is accepted"));
        way.add(step("vcpu0", "the first handler goes on until interrupts are on, and is interrupted"));
        way.add(step("vcpu0", "the LAPIC EOI of that one"));
        way.addAll(eoiReachesTheVmm("the line is still high: redundant delivery 3, which makes a storm"));
        return way;
    }

    /** Rows 2 and 10 from the suppressed EOI on: L2 services the controller, and the write that should end the pin is ignored. */
    private static List<Step> stuckWay(Step delivery, List<Step> lineFalls, List<Step> writeIsIgnored) {
        List<Step> way = new ArrayList<>(untilTheEarlyEoi(delivery));
        way.add(step("vcpu0", "the EOI was suppressed; L1 is entered again"));
        way.add(step("vcpu0", "L1 resumes L2 with the vector injected"));
        way.add(step("vcpu0", "L2 is entered and takes the interrupt"));
        way.add(step("vcpu0", "L2's handler accesses the controller"));
        way.add(step("vcpu0", "KVM decodes the access"));
        way.add(step("vcpu0", "KVM_RUN returns with KVM_EXIT_MMIO"));
        way.add(step("vcpu0", "the VMM services the controller, whose line falls"));
        way.addAll(lineFalls);
        way.add(step("vcpu0", "L2 is entered again"));
        way.add(step("vcpu0", "L2 writes its EOI, which L1 intercepts"));
        way.add(step("vcpu0", "L1 is entered"));
        way.add(step("vcpu0", "L1 writes the I/O APIC's EOI register"));
        way.addAll(writeIsIgnored);
        way.add(step("vcpu0", "L1 is entered again"));
        way.add(step("vcpu0", "L1 resumes L2"));
        way.add(step("vcpu0", "L2 idles: nobody owes an EOI any more, and Remote IRR is set"));
        return way;
    }

    private static List<Step> way(String row) {
        return switch (row) {
            case "2" ->
                stuckWay(
                        step("line 19 high", "KVM_IRQ_LINE: the delivery is accepted at once"),
                        List.of(step("line 19 low", "KVM_IRQ_LINE, which the VMM's thread waits for")),
                        List.of(step("vcpu0", "KVM's I/O APIC, version 0x11, ignores it")));
            case "10" ->
                stuckWay(
                        MESSAGE,
                        List.of(),
                        List.of(
                                step("vcpu0", "KVM decodes the access"),
                                step("vcpu0", "KVM_RUN returns with KVM_EXIT_MMIO"),
                                step("vcpu0", "QEMU's I/O APIC, version 0x11, ignores it")));
            default -> splitStorm();
        };
    }

    private static MachineConfig machine(String row) {
        return ScenarioLibrary.open("credential-guard").find(row).orElseThrow().machine();
    }

    /** The same machine with another device on the line, and two vCPUs. */
    private static MachineConfig withTwoDevicesAndVcpus(MachineConfig one) {
        Device uhci = one.devices().get(0);
        Device ehci = new Device("ehci", uhci.wire(), uhci.arrivals());
        return new MachineConfig(
                one.irqchip(),
                one.uapi(),
                one.x2ApicApi(),
                one.apicv(),
                one.apicMode(),
                one.guestHasX2Apic(),
                2,
                one.vmm(),
                one.kernelIoApic(),
                one.pins(),
                List.of(uhci, ehci),
                one.guest(),
                one.latencies(),
                one.hazards(),
                one.seed(),
                one.replication());
    }

    private static Exploration explore(MachineConfig config, Bounds bounds) {
        return Explorer.explore(config, bounds, Search.BREADTH_FIRST, false);
    }

    @ParameterizedTest
    @CsvSource({"6, STORM", "7, STORM", "12, STORM", "2, STUCK", "10, STUCK"})
    void aRowThatIsWrongIsShownOnAWayHardlyLongerThanTheShortestOne(String row, Violation violation) {
        Exploration exploration = explore(machine(row), ONE_INTERRUPT);

        assertThat(exploration.outcome()).isEqualTo(Outcome.VIOLATION);
        Found found = exploration.violations().get(0);
        assertThat(found.violation()).isEqualTo(violation);
        assertThat(found.path()).hasSizeLessThanOrEqualTo(way(row).size() + MOST_EVENTS_MORE);
    }

    @ParameterizedTest
    @CsvSource({"6, STORM", "7, STORM", "12, STORM", "2, STUCK", "10, STUCK"})
    void theWayWorkedOutByHandLeadsToTheViolationAndNotBefore(String row, Violation violation) {
        MachineConfig config = Scaling.scaled(machine(row), ONE_INTERRUPT);
        ExploredMachine explored = new ExploredMachine(config, ONE_INTERRUPT);
        for (Step step : way(row)) {
            assertThat(explored.violation())
                    .as("before %s: %s", step.event(), step.why())
                    .isNull();
            take(explored, config, step.event());
        }
        assertThat(explored.violation()).isEqualTo(violation);
    }

    private static void take(ExploredMachine explored, MachineConfig config, String event) {
        UntimedMachine machine = explored.machine();
        List<String> others = new ArrayList<>();
        int choice = machine.nextChoice(UntimedMachine.NONE, UntimedMachine.NONE);
        while (choice != UntimedMachine.NONE
                && !machine.move(choice).label(config).equals(event)) {
            others.add(machine.move(choice).label(config));
            choice = machine.nextChoice(choice, UntimedMachine.NONE);
        }
        assertThat(choice).as("%s is not among %s", event, others).isNotEqualTo(UntimedMachine.NONE);
        explored.take(choice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "8", "9", "11"})
    void aRowThatIsRightHoldsForThreeInterruptsOfTwoDevicesOnOneLineWithTwoVcpus(String row) {
        MachineConfig config = withTwoDevicesAndVcpus(machine(row));

        Exploration exploration = explore(config, THREE_INTERRUPTS);

        assertThat(exploration.violations()).isEmpty();
        assertThat(exploration.outcome()).isEqualTo(Outcome.EXHAUSTED);
        assertThat(exploration.endsWell()).isTrue();
        assertThat(exploration.states()).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({"6, STORM", "7, STORM", "12, STORM", "2, STUCK", "10, STUCK"})
    void aRowThatIsWrongIsWrongWithTwoDevicesToo(String row, Violation violation) {
        Exploration exploration = explore(withTwoDevicesAndVcpus(machine(row)), THREE_INTERRUPTS);

        assertThat(exploration.violations()).extracting(Found::violation).containsExactly(violation);
    }
}
