// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static irqstorm.machine.MachineFixture.DISABLE;
import static irqstorm.machine.MachineFixture.ENABLE;
import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.lapicEoi;
import static irqstorm.machine.MachineFixture.micros;
import static irqstorm.machine.MachineFixture.run;
import static irqstorm.machine.MachineFixture.service;
import static irqstorm.machine.MachineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.Profiles;
import irqstorm.check.Violation;
import irqstorm.explore.Exploration.Outcome;
import irqstorm.guest.EoiMechanism;
import irqstorm.guest.ProgramRole;
import irqstorm.guest.StepKind;
import irqstorm.kvm.EoiVectorPolicy;
import irqstorm.machine.Hazard.Deed.CorruptEoiSlot;
import irqstorm.machine.Hazard.Deed.CorruptEoiSlots;
import irqstorm.machine.Hazard.SlotValue.AnyInvalid;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.MachineFixture;
import irqstorm.machine.Move;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplorerTest {
    private static final Bounds BOUNDS = new Bounds(3, 2, Bounds.Clocks.ANY, 10_000, 1_000_000);

    private static Exploration explore(MachineFixture fixture) {
        return explore(fixture.config(), BOUNDS, Search.BREADTH_FIRST);
    }

    private static Exploration explore(MachineConfig config, Bounds bounds, Search search) {
        return Explorer.explore(config, bounds, search, false);
    }

    private static MachineFixture hyperV() {
        return new MachineFixture().causesAt(100, 200, 300);
    }

    private static Violation only(Exploration exploration) {
        assertThat(exploration.outcome()).isEqualTo(Outcome.VIOLATION);
        assertThat(exploration.violations()).hasSize(1);
        return exploration.violations().get(0).violation();
    }

    private static List<String> path(Exploration exploration, MachineConfig config) {
        return exploration.violations().get(0).path().stream()
                .map(move -> move.label(config))
                .toList();
    }

    @Test
    void aGuestThatTrustsABitThatIsNotHonouredStormsInSomeOrder() {
        assertThat(only(explore(hyperV()))).isEqualTo(Violation.STORM);
    }

    @Test
    void aSuppressedEoiWithoutAnEoiRegisterLeavesThePinStuck() {
        assertThat(only(explore(hyperV().flags(ENABLE).ioApic(Profiles.qemu11()))))
                .isEqualTo(Violation.STUCK);
    }

    @ParameterizedTest
    @EnumSource(names = {"BREADTH_FIRST", "DEPTH_FIRST"})
    void aRightConfigurationHoldsInEveryOrderAndBothSearchesVisitTheSameStates(Search search) {
        Exploration enabled = explore(hyperV().flags(ENABLE).config(), BOUNDS, search);
        Exploration other = explore(hyperV().flags(ENABLE).config(), BOUNDS, Search.BREADTH_FIRST);

        assertThat(enabled.outcome()).isEqualTo(Outcome.EXHAUSTED);
        assertThat(enabled.violations()).isEmpty();
        assertThat(enabled.states()).isEqualTo(other.states()).isGreaterThan(100);
        assertThat(enabled.transitions()).isEqualTo(other.transitions());
        assertThat(explore(hyperV().flags(DISABLE).config(), BOUNDS, search).outcome())
                .isEqualTo(Outcome.EXHAUSTED);
    }

    @ParameterizedTest
    @EnumSource(Search.class)
    void everySearchFindsTheStorm(Search search) {
        MachineConfig config = hyperV().config();
        Exploration exploration = explore(config, BOUNDS, search);

        assertThat(only(exploration)).isEqualTo(Violation.STORM);
        assertThat(exploration.violations().get(0).path().size())
                .isGreaterThanOrEqualTo(explore(config, BOUNDS, Search.BREADTH_FIRST)
                        .violations()
                        .get(0)
                        .path()
                        .size());
    }

    @Test
    void randomWalksProveNothing() {
        Bounds few = new Bounds(3, 2, Bounds.Clocks.ANY, 10_000, 10_000);
        Exploration walks = explore(hyperV().flags(ENABLE).config(), few, Search.RANDOM);

        assertThat(walks.outcome()).isEqualTo(Outcome.BUDGET);
        assertThat(walks.violations()).isEmpty();
        assertThat(walks.transitions()).isEqualTo(10_000);
        assertThat(walks.states()).isLessThan(1000);
    }

    @Test
    void aSearchWithoutRoomSaysHowFarItGot() {
        Bounds small = new Bounds(3, 2, Bounds.Clocks.ANY, 10_000, 100);
        Exploration exploration = explore(hyperV().flags(ENABLE).config(), small, Search.BREADTH_FIRST);

        assertThat(exploration.outcome()).isEqualTo(Outcome.BUDGET);
        assertThat(exploration.states()).isBetween(100, 110);
        Bounds shallow = new Bounds(3, 2, Bounds.Clocks.ANY, 10, 1_000_000);
        for (Search search : List.of(Search.BREADTH_FIRST, Search.DEPTH_FIRST)) {
            Exploration cut = explore(hyperV().flags(ENABLE).config(), shallow, search);
            assertThat(cut.outcome()).isEqualTo(Outcome.BUDGET);
            assertThat(cut.depth()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void thePathNamesWhatWasChosenAndEndsWhereThingsAreWrong() {
        MachineConfig config = hyperV().flags(ENABLE).ioApic(Profiles.qemu11()).config();
        List<String> path = path(explore(config, BOUNDS, Search.BREADTH_FIRST), config);

        assertThat(path)
                .startsWith("cause uhci", "message 0xa1 to 0", "kick vcpu0")
                .endsWith("vcpu0");
        assertThat(path.stream().filter("cause uhci"::equals)).hasSize(1);
    }

    @Test
    void everyKindOfViolationIsFoundWhenTheSearchGoesOn() {
        MachineConfig config = hyperV().hazard(0, new CorruptEoiSlot(new AnyInvalid()))
                .eoiVectorPolicy(EoiVectorPolicy.DROP_EXIT)
                .ioApic(Profiles.qemu11())
                .config();
        Exploration all = Explorer.explore(config, BOUNDS, Search.BREADTH_FIRST, true);

        assertThat(all.violations())
                .extracting(Exploration.Found::violation)
                .contains(Violation.STUCK, Violation.STORM)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsLeftToChanceIsTriedBothWays() {
        MachineFixture late = hyperV().flags(DISABLE);
        assertThat(explore(late).outcome()).isEqualTo(Outcome.EXHAUSTED);

        MachineFixture perhaps = hyperV().flags(DISABLE)
                .hazard(0, new CorruptEoiSlots(new AnyInvalid(), 1))
                .eoiVectorPolicy(EoiVectorPolicy.KILL_GUEST);
        MachineConfig config = perhaps.config();
        Exploration exploration = explore(perhaps);
        assertThat(only(exploration)).isEqualTo(Violation.GUEST_KILLED);
        assertThat(exploration.violations().get(0).path())
                .extracting(Move::outcome)
                .anyMatch(outcome -> outcome > 0);
        assertThat(path(exploration, config)).anyMatch(label -> label.matches("vcpu0 outcome \\d+"));
    }

    @Test
    void aRandomWalkLeavesTheOutcomeToChanceToo() {
        MachineConfig config = hyperV().flags(DISABLE)
                .hazard(0, new CorruptEoiSlots(new AnyInvalid(), 1))
                .eoiVectorPolicy(EoiVectorPolicy.KILL_GUEST)
                .config();

        assertThat(only(explore(config, BOUNDS, Search.RANDOM))).isEqualTo(Violation.GUEST_KILLED);
    }

    @Test
    void eachNumberThatIsNoVectorIsTriedThatMakesADifference() {
        MachineFixture corrupted = hyperV().flags(DISABLE).hazard(0, new CorruptEoiSlot(new AnyInvalid()));
        Exploration all = Explorer.explore(corrupted.config(), BOUNDS, Search.BREADTH_FIRST, true);

        // BUG_ON lets negative numbers pass, and loses their exits.
        assertThat(all.violations())
                .extracting(Exploration.Found::violation)
                .containsExactlyInAnyOrder(Violation.HOST_DOWN, Violation.STUCK);
    }

    @Test
    void aGuestThatNeverLetsInterruptsInNeverComesToRest() {
        MachineFixture deaf = hyperV().plainGuest(service(), lapicEoi(EoiMechanism.MMIO))
                .program(ProgramRole.BACKGROUND, step(StepKind.CLI), run(5));

        assertThat(only(explore(deaf))).isEqualTo(Violation.NO_REST);
    }

    @Test
    void aGuestWithABusyBackgroundComesToRestAllTheSame() {
        MachineFixture busy = hyperV().plainGuest(service(), lapicEoi(EoiMechanism.MMIO))
                .program(ProgramRole.BACKGROUND, run(5), step(StepKind.CLI), run(5), step(StepKind.STI), run(1));

        assertThat(explore(busy).outcome()).isEqualTo(Outcome.EXHAUSTED);
    }

    @Test
    void ordersThatNoDurationsAllowAreLeftOutWhenClocksAreBounded() {
        // The device is serviced 5 us after the interrupt was taken; the throttle waits 10 ms: it cannot expire in
        // between.
        MachineConfig config = hyperV().flags(DISABLE).config();
        Bounds bounded = new Bounds(3, 2, Bounds.Clocks.BOUNDED, 10_000, 1_000_000);
        MachineConfig storms = hyperV().config();

        assertThat(explore(config, bounded, Search.BREADTH_FIRST).outcome()).isEqualTo(Outcome.EXHAUSTED);
        Exploration free = explore(storms, BOUNDS, Search.BREADTH_FIRST);
        Exploration real =
                explore(storms, new Bounds(1, 2, Bounds.Clocks.BOUNDED, 10_000, 1_000_000), Search.BREADTH_FIRST);
        assertThat(only(free)).isEqualTo(Violation.STORM);
        // One cause alone is re-injected once before the throttle lets the guest service the device.
        assertThat(real.outcome()).isEqualTo(Outcome.EXHAUSTED);
        Exploration unthrottled =
                explore(storms, new Bounds(1, 5, Bounds.Clocks.BOUNDED, 10_000, 1_000_000), Search.BREADTH_FIRST);
        assertThat(only(unthrottled)).isEqualTo(Violation.STORM);
    }

    @Test
    void withBoundedClocksOnlyOrdersAreTriedThatAreTriedWithout() {
        MachineConfig config = hyperV().plainGuest(run(2), service(), run(3), lapicEoi(EoiMechanism.MMIO))
                .levelDevice("ehci", GSI, 50)
                .latency(irqstorm.machine.LatencyKind.INTERRUPT_KICK, micros(1))
                .config();
        Bounds bounded = new Bounds(2, 2, Bounds.Clocks.BOUNDED, 10_000, 1_000_000);
        Exploration real = explore(config, bounded, Search.BREADTH_FIRST);
        Exploration free =
                explore(config, new Bounds(2, 2, Bounds.Clocks.ANY, 10_000, 1_000_000), Search.BREADTH_FIRST);

        assertThat(real.outcome()).isEqualTo(Outcome.EXHAUSTED);
        assertThat(free.outcome()).isEqualTo(Outcome.EXHAUSTED);
        assertThat(real.depth()).isLessThanOrEqualTo(free.depth());
    }

    /** So many bytes, and how many of them are taken. */
    private static final class Bytes implements StateMemory {
        private final long most;
        private long taken;
        private long peak;

        private Bytes(long most) {
            this.most = most;
        }

        @Override
        public boolean take(long bytes) {
            boolean enough = taken + bytes <= most;
            taken += enough ? bytes : 0;
            peak = Math.max(peak, taken);
            return enough;
        }

        @Override
        public void giveBack(long bytes) {
            taken -= bytes;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSearchWithoutMemoryGoesNowhere(Search search) {
        Exploration exploration = Explorer.explore(hyperV().config(), BOUNDS, search, true, new Bytes(0));

        assertThat(exploration.isMemoryFull()).isTrue();
        assertThat(exploration.outcome()).isEqualTo(Outcome.BUDGET);
        assertThat(exploration.states()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = "RANDOM", mode = EnumSource.Mode.EXCLUDE)
    void aSearchEndsWhenTheMemoryIsFullAndGivesItBack(Search search) {
        MachineConfig config = hyperV().levelDevice("nic", GSI, 100)
                .levelDevice("ehci", GSI, 100)
                .config();
        Bounds bounds = new Bounds(1000, 2, Bounds.Clocks.ANY, 1000, 10_000_000);
        Bytes memory = new Bytes(1 << 20);

        Exploration exploration = Explorer.explore(config, bounds, search, true, memory);

        assertThat(exploration.isMemoryFull()).isTrue();
        assertThat(exploration.outcome()).isNotEqualTo(Outcome.EXHAUSTED);
        assertThat(exploration.states()).isBetween(5_000, 40_000);
        assertThat(memory.peak).isEqualTo(1 << 20);
        assertThat(memory.taken).isZero();
    }

    @Test
    void aSearchThatEndsOtherwiseHadMemoryEnough() {
        Bytes memory = new Bytes(4 << 20);

        Exploration exploration = Explorer.explore(hyperV().config(), BOUNDS, Search.BREADTH_FIRST, true, memory);

        assertThat(exploration.isMemoryFull()).isFalse();
        assertThat(memory.taken).isZero();
    }
}
