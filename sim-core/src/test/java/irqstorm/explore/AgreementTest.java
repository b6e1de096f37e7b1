// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.check.Verdict;
import irqstorm.check.Violation;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Move;
import irqstorm.machine.RecordedRun;
import irqstorm.machine.SmallRandomMachine;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever a timed run of a machine comes to, the explorer has found: its orders are all orders, and its rules are the judge's. The
 * machines are random ones; the description of a failure begins with the seed. {@code -Dagreement.machines=200 -Dagreement.runs=1000}
 * asks for more than every build does.
 */
class AgreementTest {
    private static final int MACHINES = Integer.getInteger("agreement.machines", 40);
    private static final int RUNS = Integer.getInteger("agreement.runs", 200);
    private static final Bounds BOUNDS = new Bounds(2, 2, 100_000, Integer.getInteger("agreement.states", 60_000));

    @Test
    void theExplorerFindsEveryVerdictThatTimedRunsCanHave() {
        int agreed = 0;
        int tooLarge = 0;
        long states = 0;
        Map<String, Integer> kinds = new TreeMap<>();
        for (long seed = Long.getLong("agreement.seed", 0); agreed < MACHINES; seed++) {
            SmallRandomMachine random = new SmallRandomMachine(seed);
            long t0 = System.nanoTime();
            Exploration exploration = Explorer.exploreAll(random.config(), BOUNDS);
            long t1 = System.nanoTime();
            if (exploration.states() >= BOUNDS.maxStates()) {
                tooLarge++;
                continue;
            }
            Set<String> found = exploration.violations().stream()
                    .map(one -> one.violation().name())
                    .collect(Collectors.toSet());
            MachineConfig scaled = Scaling.scaled(random.config(), BOUNDS);
            Map<String, Integer> verdicts = new TreeMap<>();
            for (int run = 0; run < RUNS; run++) {
                RecordedRun timed = RecordedRun.of(SmallRandomMachine.inAnotherTime(scaled, seed * 1_000_003 + run));
                String verdict = timed.broken() ? "INVARIANT" : timed.verdict().name();
                if (verdicts.merge(verdict, 1, Integer::sum) == 1 && (!verdict.equals("OK") || timed.atRest())) {
                    if (!verdict.equals("OK") && !found.contains(verdict))
                        System.out.println("DISAGREE seed " + seed + " run " + run + " " + verdict + " " + found);
                    if (verdict.equals("OK") && !exploration.endsWell())
                        System.out.println("DISAGREE seed " + seed + " run " + run + " " + verdict + " " + found);
                }
                try {
                    replay(scaled, timed);
                } catch (AssertionError e) {
                    System.out.println("REPLAY seed " + seed + " run " + run + " " + verdict + " "
                            + e.getMessage().replace('\n', ' '));
                }
            }
            long t2 = System.nanoTime();
            agreed++;
            states += exploration.states();
            verdicts.keySet().forEach(v -> kinds.merge(v, 1, Integer::sum));
            System.out.println(
                    seed + " " + exploration.outcome() + " " + exploration.states() + " " + (t1 - t0) / 1000000 + "ms "
                            + (t2 - t1) / 1000000 + "ms " + found + " " + exploration.endsWell() + " " + verdicts);
        }
        System.out.println("too large " + tooLarge + " states " + states + " " + kinds);
    }

    private static void replay(MachineConfig scaled, RecordedRun timed) {
        ExploredMachine explored = new ExploredMachine(scaled);
        Set<Violation> met = EnumSet.noneOf(Violation.class);
        Violation last = null;
        int at = 0;
        for (Move move : timed.order()) {
            int choice = explored.machine().nextChoice(0);
            while (choice >= 0 && !explored.move(choice).equals(move)) {
                choice = explored.machine().nextChoice(choice + 1);
            }
            assertThat(choice).as("event %d, %s", at, move.label(scaled)).isNotNegative();
            last = explored.take(choice);
            if (last != null) {
                met.add(last);
            }
            at++;
        }
        if (timed.broken()) {
            assertThat(last).isEqualTo(Violation.INVARIANT);
        } else if (timed.verdict() != Verdict.OK) {
            assertThat(met).contains(Violation.valueOf(timed.verdict().name()));
        } else if (timed.atRest()) {
            assertThat(last).isIn(null, Violation.WRONG_PIN_EOI, Violation.MASKED_DELIVERY);
        }
    }
}
