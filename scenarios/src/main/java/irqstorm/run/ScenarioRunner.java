// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import irqstorm.check.Findings;
import irqstorm.check.Judge;
import irqstorm.check.LineResult;
import irqstorm.check.RunMeter;
import irqstorm.check.StormResult;
import irqstorm.check.Verdict;
import irqstorm.check.Violation;
import irqstorm.engine.RunLimits;
import irqstorm.engine.StopReason;
import irqstorm.guest.GuestStart;
import irqstorm.kvm.EnableCapResult;
import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.machine.Machine;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.TimedMachine;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFormatException;
import irqstorm.trace.TraceSink;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario: by the clock, first for its duration, then, with the devices silent, until the machine is at rest; or in its order.
 *
 * <p>The second part is what tells a dead line from a slow one: what has not been delivered when nothing is left to happen never
 * will be.
 */
public final class ScenarioRunner {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1000;

    private ScenarioRunner() {}

    /** Runs {@code scenario}; {@code sinks} are told of each event. */
    public static RunRecord run(Scenario scenario, TraceSink... sinks) {
        MachineConfig config = scenario.machine();
        if (scenario.order() != null) {
            return runInOrder(scenario, move -> {}, sinks);
        }
        RunMeter meter = new RunMeter(config);
        RunLimits limits = new RunLimits(
                scenario.durationNanos() + scenario.settleNanos(),
                scenario.limits().maxEvents(),
                scenario.limits().maxPending());
        TimedMachine timed = new TimedMachine(config, limits, with(meter, sinks));
        Machine machine = timed.machine();
        if (!machine.enableCap().isOk()) {
            return refused(scenario, machine);
        }
        machine.start();
        StopReason stop = timed.runUntil(scenario.durationNanos());
        RunRecord.Progress progress = progress(machine, scenario.durationNanos());
        if (stop == StopReason.TIME || stop == StopReason.DRAINED) {
            machine.silenceDevices();
            stop = timed.run();
        }
        Findings findings = new Judge(machine, meter).judge(timed.now(), stop == StopReason.DRAINED);
        return record(scenario, machine, findings, null, stop, timed.now(), progress);
    }

    /**
     * Runs {@code scenario} in its order.
     *
     * @param before is told the place in the order of each move before it happens
     * @param sinks are told of each event
     * @throws ScenarioFormatException if the order names an event that may not happen then
     * @throws IllegalStateException if a rule of the model itself is broken
     */
    public static RunRecord runInOrder(Scenario scenario, IntConsumer before, TraceSink... sinks) {
        RunMeter meter = new RunMeter(scenario.machine());
        OrderedRun run = new OrderedRun(scenario, with(meter, sinks));
        if (!run.machine().enableCap().isOk()) {
            return refused(scenario, run.machine());
        }
        run.run(before);
        Findings findings = new Judge(run.machine(), meter).judge(run.now(), run.isQuiescent(), run.isAtRest());
        return record(
                scenario,
                run.machine(),
                findings,
                run.violationBesidesVerdict(),
                run.isQuiescent() ? StopReason.DRAINED : StopReason.TIME,
                run.now(),
                progress(run.machine(), Math.max(1, run.now())));
    }

    private static TraceSink[] with(TraceSink meter, TraceSink... sinks) {
        TraceSink[] all = Arrays.copyOf(sinks, sinks.length + 1);
        all[sinks.length] = meter;
        return all;
    }

    private static RunRecord record(
            Scenario scenario,
            Machine machine,
            Findings findings,
            @Nullable Violation violation,
            StopReason stop,
            long nanos,
            RunRecord.Progress progress) {
        RunRecord record = new RunRecord(
                scenario.name(),
                scenario.title(),
                scenario.configuration(),
                inputs(machine.config(), machine),
                scenario.order() == null ? String.format("%016x", machine.fingerprint()) : "",
                findings.verdict(),
                findings.reason(),
                null,
                violation,
                stop,
                nanos,
                machine.eventCount(),
                findings.lines().stream().map(ScenarioRunner::line).toList(),
                storm(findings.storm()),
                findings.throttleFirings(),
                findings.eoiExits(),
                progress,
                machine.config().hazards().steps().isEmpty()
                        ? null
                        : new RunRecord.Hazards(findings.happenings(), findings.damages(), findings.eoiFaults()),
                List.of());
        return Expected.check(record, scenario.expectations());
    }

    private static RunRecord refused(Scenario scenario, Machine machine) {
        EnableCapResult result = machine.enableCap();
        RunRecord record = new RunRecord(
                scenario.name(),
                scenario.title(),
                scenario.configuration(),
                inputs(scenario.machine(), machine),
                "",
                Verdict.REFUSED,
                "KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) fails with " + result.errno() + ": " + result.reason() + ".",
                String.valueOf(result.errno()),
                null,
                StopReason.DRAINED,
                0,
                0,
                List.of(),
                new RunRecord.Storm(0, 0, 0, 0, List.of()),
                0,
                0,
                new RunRecord.Progress(0, null),
                null,
                List.of());
        return Expected.check(record, scenario.expectations());
    }

    private static RunRecord.Inputs inputs(MachineConfig config, Machine machine) {
        long args0 = config.x2ApicApi().args0();
        return new RunRecord.Inputs(
                config.seed(),
                config.irqchip().label(),
                config.uapi().label(),
                Arrays.stream(X2ApicApiFlag.values())
                        .filter(flag -> flag.isIn(args0))
                        .map(Enum::name)
                        .toList(),
                machine.firstSuppressMode().name(),
                config.ioApic().name(),
                config.ioApic().version(),
                config.guest().start() instanceof GuestStart.Resumed ? "resumed" : "fresh",
                config.guest().nested().present(),
                config.vcpus());
    }

    private static RunRecord.Line line(LineResult line) {
        return new RunRecord.Line(
                line.name(),
                line.gsi() < 0 ? null : line.gsi(),
                line.assertions(),
                line.mergedCauses(),
                line.deliveries(),
                line.redundantDeliveries(),
                line.assertions() == 0 ? null : (double) line.deliveries() / line.assertions(),
                line.serviced(),
                line.stuck(),
                line.lost(),
                line.remoteIrrHeldNanos(),
                ifServiced(line, line.serviced() == 0 ? 0 : line.latencySumNanos() / line.serviced()),
                ifServiced(line, line.latencyMaxNanos()));
    }

    private static @Nullable Long ifServiced(LineResult line, long nanos) {
        return line.serviced() == 0 ? null : nanos;
    }

    private static RunRecord.Storm storm(StormResult storm) {
        return new RunRecord.Storm(
                storm.episodes(),
                storm.peakPerMilli() * MILLIS_PER_SECOND,
                storm.totalNanos() == 0 ? 0 : storm.deliveries() * NANOS_PER_SECOND / storm.totalNanos(),
                storm.longestNanos(),
                storm.first());
    }

    private static RunRecord.Progress progress(Machine machine, long elapsedNanos) {
        double available = (double) elapsedNanos * machine.config().vcpus();
        boolean nested = machine.config().guest().nested().present();
        return new RunRecord.Progress(
                machine.guestNanos(1) / available, nested ? machine.guestNanos(2) / available : null);
    }
}
