// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Verdict;
import irqstorm.check.Violation;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Move;
import irqstorm.machine.RecordedRun;
import irqstorm.machine.SmallRandomMachine;
import irqstorm.machine.UntimedMachine;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Whatever a timed run of a machine comes to, the explorer finds: its orders are all orders, and its rules are the judge's.
 *
 * <p>The machines are random ones. {@code -Dagreement.machines=200 -Dagreement.runs=1000} asks for more than every build does.
 */
class AgreementTest {
    private static final int MACHINES = Integer.getInteger("agreement.machines", 60);
    private static final int RUNS = Integer.getInteger("agreement.runs", 150);
    private static final int ORDERS = 15;
    private static final Bounds BOUNDS = new Bounds(2, 2, Bounds.Clocks.ANY, 100_000, 100_000);
    private static final Bounds LATENCIES_ALLOW = new Bounds(2, 2, Bounds.Clocks.BOUNDED, 100_000, 100_000);
    private static final String OK = Verdict.OK.name();

    /** What only the explorer calls wrong. */
    private static final Set<Violation> UNKNOWN_TO_THE_JUDGE =
            EnumSet.of(Violation.WRONG_PIN_EOI, Violation.MASKED_DELIVERY, Violation.NO_REST);

    private static MachineConfig timed(MachineConfig scaled, long seed, int run) {
        return SmallRandomMachine.inAnotherTime(scaled, seed * 1_000_003 + run);
    }

    @Test
    void theExplorerFindsEveryVerdictThatTimedRunsHave(TestReporter reporter) {
        Map<String, Integer> verdicts = new TreeMap<>();
        int explored = 0;
        int tooLarge = 0;
        for (long seed = 0; explored < MACHINES; seed++) {
            SmallRandomMachine random = new SmallRandomMachine(seed);
            Exploration exploration = Explorer.explore(random.config(), BOUNDS, Search.BREADTH_FIRST, true);
            if (exploration.states() >= BOUNDS.maxStates()) {
                tooLarge++;
                continue;
            }
            explored++;
            Set<String> timed = verdictsOfTimedRuns(random, seed);
            timed.forEach(verdict -> verdicts.merge(verdict, 1, Integer::sum));
            assertThat(verdicts(exploration)).as("seed %d: %s", seed, random).containsAll(timed);
        }
        reporter.publishEntry(
                "agreement", MACHINES + " machines, " + RUNS + " runs each: " + verdicts + ", too large: " + tooLarge);
        assertThat(verdicts).containsKeys(OK, "STORM", "STUCK", "LOST", "VMM_STOPPED");
    }

    private static Set<String> verdicts(Exploration exploration) {
        Set<String> found = exploration.violations().stream()
                .map(violation -> violation.violation().name())
                .collect(Collectors.toSet());
        if (exploration.endsWell() || exploration.violations().stream().anyMatch(AgreementTest::isUnknownToTheJudge)) {
            found.add(OK);
        }
        return found;
    }

    private static boolean isUnknownToTheJudge(Exploration.Found found) {
        return UNKNOWN_TO_THE_JUDGE.contains(found.violation());
    }

    private static Set<String> verdictsOfTimedRuns(SmallRandomMachine random, long seed) {
        MachineConfig scaled = Scaling.scaled(random.config(), BOUNDS);
        Map<String, Integer> verdicts = new TreeMap<>();
        for (int run = 0; run < RUNS; run++) {
            RecordedRun timed = RecordedRun.of(timed(scaled, seed, run));
            if (timed.broken()) {
                verdicts.merge(Violation.INVARIANT.name(), 1, Integer::sum);
            } else if (timed.atRest() || timed.verdict() != Verdict.OK) {
                verdicts.merge(timed.verdict().name(), 1, Integer::sum);
            }
        }
        return verdicts.keySet();
    }

    /** More than the verdict: event by event the explorer could have gone the same way, and would have judged it the same. */
    @Test
    void everyOrderOfATimedRunIsOneThatTheExplorerMayTake() {
        int orders = 0;
        for (long seed = 1_000_000; orders < MACHINES * ORDERS; seed++) {
            SmallRandomMachine random = new SmallRandomMachine(seed);
            MachineConfig scaled = Scaling.scaled(random.config(), BOUNDS);
            for (int run = 0; run < ORDERS && !random.hasChances(); run++) {
                orders++;
                RecordedRun timed = RecordedRun.of(timed(scaled, seed, run));
                try {
                    follow(scaled, timed, BOUNDS);
                } catch (AssertionError e) {
                    throw new AssertionError(
                            "seed " + seed + ", run " + run + ": " + random + "\n" + e.getMessage(), e);
                }
            }
        }
    }

    /** Bounded clocks leave out only what no durations allow: here they have those of the run, and know only their ranges. */
    @Test
    void everyOrderOfATimedRunIsOneThatItsLatenciesAllow() {
        int orders = 0;
        for (long seed = 2_000_000; orders < MACHINES * ORDERS; seed++) {
            SmallRandomMachine random = new SmallRandomMachine(seed);
            MachineConfig scaled = Scaling.scaled(random.config(), BOUNDS);
            for (int run = 0; run < ORDERS && !random.hasChances(); run++) {
                orders++;
                MachineConfig config = run == 0 ? scaled : timed(scaled, seed, run);
                try {
                    follow(config, RecordedRun.of(config), LATENCIES_ALLOW);
                } catch (AssertionError e) {
                    throw new AssertionError(
                            "seed " + seed + ", run " + run + ": " + random + "\n" + e.getMessage(), e);
                }
            }
        }
    }

    private static void follow(MachineConfig scaled, RecordedRun timed, Bounds bounds) {
        ExploredMachine explored = new ExploredMachine(scaled, bounds);
        Set<Violation> met = EnumSet.noneOf(Violation.class);
        Violation last = null;
        boolean broken = false;
        for (Move move : timed.order()) {
            int choice = choice(explored, move);
            assertThat(choice).as(move.label(scaled)).isNotEqualTo(UntimedMachine.NONE);
            broken = !explored.take(choice);
            last = explored.violation();
            if (last != null) {
                met.add(last);
            }
        }
        assertThat(broken).isEqualTo(timed.broken());
        if (timed.verdict() != Verdict.OK) {
            assertThat(met).contains(Violation.valueOf(timed.verdict().name()));
        } else if (timed.atRest() && last != null) {
            assertThat(UNKNOWN_TO_THE_JUDGE).contains(last);
        }
    }

    /** The choice of {@code move}; of what other outcomes an event has the explorer learns by taking the first one. */
    private static int choice(ExploredMachine explored, Move move) {
        int mark = explored.store().mark();
        long fingerprint = explored.store().fingerprint();
        int choice = explored.machine().nextChoice(UntimedMachine.NONE, UntimedMachine.NONE);
        while (choice != UntimedMachine.NONE && !explored.move(choice).equals(move)) {
            explored.take(choice);
            explored.store().undoTo(mark, fingerprint);
            choice = explored.machine().nextChoice(choice, explored.machine().nextOutcome());
        }
        return choice;
    }
}
