// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.check.Judge;
import irqstorm.check.RunMeter;
import irqstorm.check.Verdict;
import irqstorm.engine.RunLimits;
import irqstorm.engine.Simulation;
import irqstorm.engine.StopReason;
import irqstorm.event.EventKind;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/**
 * A timed run with the order in which its events happened.
 *
 * @param order the events
 * @param verdict how it is judged
 * @param atRest whether it went on until nothing was left to happen
 * @param broken whether a rule of the model itself was broken
 */
public record RecordedRun(List<Move> order, Verdict verdict, boolean atRest, boolean broken) {
    private static final RunLimits LIMITS = new RunLimits(60_000_000_000L, 5_000, 10_000);

    /** Whether a line has to wait for its next rise is what an exploration leaves open. */
    private static TraceSink outcomes(List<Move> order) {
        return (sequence, time, actor, kind, a, b, c, cause) -> {
            if (kind == EventKind.RISE_POSTPONED) {
                order.add(new Move(order.remove(order.size() - 1).payload(), 1));
            }
        };
    }

    /** Runs {@code config} until it is at rest, or has stormed for long enough. */
    public static RecordedRun of(MachineConfig config) {
        RunMeter meter = new RunMeter(config);
        List<Move> order = new ArrayList<>();
        Machine[] machine = new Machine[1];
        Simulation simulation = new Simulation(
                (time, payload, cause) -> {
                    order.add(new Move(Payload.withoutArrival(payload), 0));
                    machine[0].apply(time, payload, cause);
                },
                LIMITS);
        machine[0] = new Machine(config, new TimedAgenda(simulation), meter, outcomes(order));
        machine[0].start();
        try {
            boolean drained = simulation.run() == StopReason.DRAINED;
            Verdict verdict = new Judge(machine[0], meter)
                    .judge(simulation.now(), drained)
                    .verdict();
            return new RecordedRun(order, verdict, drained, false);
        } catch (IllegalStateException broken) {
            return new RecordedRun(order, Verdict.OK, false, true);
        }
    }
}
