// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.TriggerMode;
import irqstorm.check.Findings;
import irqstorm.check.Judge;
import irqstorm.check.RunMeter;
import irqstorm.check.Verdict;
import irqstorm.engine.RunLimits;
import irqstorm.engine.StopReason;
import irqstorm.event.EventKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.trace.TraceEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What holds for every machine, tried on many small random ones; the description of a failure begins with the machine's seed. */
class WholeMachinePropertyTest {
    private static final RunLimits LIMITS = new RunLimits(100_000_000L, 300_000, 10_000);

    /** The rules ask the machine at every event, so its model has to be run for every one. */
    private static final long EVERY_EVENT = Long.MAX_VALUE;

    /** A machine that ran as far as the limits allow, with all that watched it. */
    private record Run(
            RandomMachine random, Machine machine, InterruptRules rules, Findings findings, StopReason stop) {
        boolean isAtRest() {
            return stop == StopReason.DRAINED;
        }
    }

    private static void forMachines(long from, int count, Consumer<Run> property) {
        for (long seed = from; seed < from + count; seed++) {
            RandomMachine random = new RandomMachine(seed);
            try {
                property.accept(run(random));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + random + "\n" + e.getMessage(), e);
            }
        }
    }

    private static Run run(RandomMachine random) {
        MachineConfig config = random.config();
        InterruptRules rules = new InterruptRules(config);
        RunMeter meter = new RunMeter(config);
        TimedMachine timed = new TimedMachine(config, LIMITS, EVERY_EVENT, meter, rules);
        rules.watch(timed.machine());
        timed.machine().start();
        StopReason stop = timed.run();
        Findings findings = new Judge(timed.machine(), meter).judge(timed.now(), stop == StopReason.DRAINED);
        return new Run(random, timed.machine(), rules, findings, stop);
    }

    @Test
    void theRulesOfInterruptsHoldAtEveryEventAndLinesAreWhatTheDevicesDriveAtRest() {
        forMachines(0, 800, run -> {
            assertThat(run.rules().events()).isNotEmpty();
            if (run.isAtRest()) {
                run.rules().atRest();
            }
        });
    }

    @Test
    void aUserspaceIoApicSeesItsLinesAsTheDevicesDriveThemAfterEveryEvent() {
        for (long seed = 0; seed < 400; seed++) {
            RandomMachine random = new RandomMachine(seed);
            if (random.config().irqchip() == IrqchipMode.KERNEL) {
                continue;
            }
            InterruptRules rules = new InterruptRules(random.config());
            TimedMachine timed = new TimedMachine(random.config(), LIMITS, rules);
            rules.watch(timed.machine());
            timed.machine().start();
            long now = 0;
            while (timed.step()) {
                assertThat(timed.now()).isGreaterThanOrEqualTo(now);
                now = timed.now();
                rules.linesAreDriven();
            }
        }
    }

    @Test
    void configurationsThatTheTruthTableCallsCorrectNeitherStormNorStickNorLoseAnything() {
        int[] correct = {0};
        forMachines(0, 2000, run -> {
            if (run.random().isCorrect()) {
                correct[0]++;
                assertThat(run.isAtRest()).isTrue();
                assertThat(run.findings().verdict()).as(run.findings().reason()).isEqualTo(Verdict.OK);
            }
        });
        assertThat(correct[0]).isBetween(800, 1600);
    }

    /** Whoever is on the way to the EOI owes it, wherever that is: in a message, an exit, an ioctl, a program, a virtual APIC. */
    @Test
    void noPinOfACorrectMachineIsStuckAtAnyMoment() {
        for (long seed = 20_000; seed < 20_500; seed++) {
            RandomMachine random = new RandomMachine(seed);
            if (!random.isCorrect()) {
                continue;
            }
            TimedMachine timed = new TimedMachine(random.config(), LIMITS);
            timed.machine().start();
            while (timed.step()) {
                for (Pin pin : random.config().pins()) {
                    assertThat(timed.machine().isStuck(pin.gsi()))
                            .as("seed %d, pin %d, %d ns: %s", seed, pin.gsi(), timed.now(), random)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void everyWrongConfigurationTurnsUpAndMostOfThemStormOrStick() {
        Map<Verdict, Integer> verdicts = new HashMap<>();
        forMachines(0, 1000, run -> {
            if (!run.random().isCorrect()) {
                verdicts.merge(run.findings().verdict(), 1, Integer::sum);
            }
        });
        assertThat(verdicts.get(Verdict.STORM)).isGreaterThan(50);
        assertThat(verdicts.get(Verdict.STUCK)).isGreaterThan(50);
    }

    @Test
    void theVerdictOfAMachineAtRestFitsTheStateItWasLeftIn() {
        forMachines(5000, 800, run -> {
            if (run.isAtRest()) {
                assertThat(run.findings().verdict()).as(run.findings().reason()).isIn(possible(run));
            }
        });
    }

    /** The verdicts that fit the redirection entries, the lines, and the longest run of deliveries without a service. */
    private static Set<Verdict> possible(Run run) {
        boolean stuck = false;
        boolean lost = run.rules().events().stream().anyMatch(event -> event.kind() == EventKind.EDGE_LOST);
        for (Pin pin : run.random().config().pins()) {
            if (pin.trigger() == TriggerMode.LEVEL && hasDevice(run, pin)) {
                long entry = run.machine().entry(pin.gsi());
                boolean held = RedirectionEntry.hasRemoteIrr(entry);
                stuck |= held;
                lost |= !held && run.machine().isLineHigh(pin.gsi()) && !RedirectionEntry.isMasked(entry);
            }
        }
        if (stuck || lost) {
            return Set.of(stuck ? Verdict.STUCK : Verdict.LOST);
        }
        // One delivery is needed and two may be redundant; each device that joins in may need another one.
        int longest = longestRun(run);
        int devices = run.random().config().devices().size();
        if (longest <= 3) {
            return Set.of(Verdict.OK);
        }
        return longest > 3 + devices ? Set.of(Verdict.STORM) : Set.of(Verdict.STORM, Verdict.OK);
    }

    private static boolean hasDevice(Run run, Pin pin) {
        return run.random().config().devices().stream()
                .anyMatch(device -> device.wire() instanceof Wire.Line line && line.gsi() == pin.gsi());
    }

    private static int longestRun(Run run) {
        Map<Long, Integer> runs = new HashMap<>();
        int longest = 0;
        for (TraceEvent event : run.rules().events()) {
            if (event.kind() == EventKind.DEVICE_SERVICED) {
                runs.remove(event.b());
            } else if (event.kind() == EventKind.IOAPIC_DELIVERED && isLevel(run, event.a())) {
                longest = Math.max(longest, runs.merge(event.a(), 1, Integer::sum));
            }
        }
        return longest;
    }

    private static boolean isLevel(Run run, long gsi) {
        return run.random().config().pins().stream()
                .anyMatch(pin -> pin.gsi() == gsi && pin.trigger() == TriggerMode.LEVEL);
    }

    @Test
    void everyCauseOfACorrectMachineAtRestWasServicedUnlessItsPinIsMasked() {
        forMachines(9000, 600, run -> {
            if (run.random().isCorrect()) {
                run.rules()
                        .pinsStillHeld()
                        .forEach(gsi -> assertThat(
                                        RedirectionEntry.isMasked(run.machine().entry(gsi)))
                                .as("pin %d is held", gsi)
                                .isTrue());
            }
        });
    }

    @Test
    void theVmmIsTold26ExactlyOnceForEveryEoiThatKvmDidNotKeep() {
        forMachines(12_000, 400, run -> {
            if (run.random().config().irqchip() == IrqchipMode.SPLIT && run.isAtRest()) {
                long broadcasts = run.rules().events().stream()
                        .filter(event -> event.kind() == EventKind.EOI_BROADCAST)
                        .count();
                assertThat(run.findings().eoiExits()).isEqualTo(broadcasts);
            } else if (run.random().config().irqchip() != IrqchipMode.SPLIT) {
                assertThat(run.findings().eoiExits()).isZero();
            }
        });
    }
}
