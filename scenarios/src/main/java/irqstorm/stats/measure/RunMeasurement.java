// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import irqstorm.check.LineMap;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.machine.MachineConfig;
import irqstorm.scenario.Scenario;
import irqstorm.stats.detector.Detector;
import irqstorm.stats.detector.DetectorChoice;
import irqstorm.stats.detector.MachineShape;
import irqstorm.stats.stream.LineEvents;
import irqstorm.trace.TraceSink;
import java.util.List;
import java.util.stream.IntStream;

/** Measures one run from its events. Its memory depends on the machine and not on how long it runs. */
public final class RunMeasurement implements TraceSink {
    private final List<LineMeter> lines;
    private final List<Detector> detectors;
    private final LineEvents events;
    private final CpuMeter cpu;

    /**
     * Measures all there is of a run of {@code scenario}.
     *
     * @param windowsNanos the windows of rates and dispersion, nanoseconds, each at least 100
     * @param choices the detectors
     */
    public RunMeasurement(Scenario scenario, List<Long> windowsNanos, List<DetectorChoice> choices) {
        this(scenario, windowsNanos, choices, true);
    }

    private RunMeasurement(
            Scenario scenario, List<Long> windowsNanos, List<DetectorChoice> choices, boolean findsEpisodes) {
        MachineConfig machine = scenario.machine();
        LineMap wiring = new LineMap(machine);
        boolean nested = machine.guest().nested().present();
        lines = IntStream.range(0, wiring.lines().size())
                .mapToObj(line -> new LineMeter(wiring, line, scenario.durationNanos(), windowsNanos, findsEpisodes))
                .toList();
        MachineShape shape =
                new MachineShape(wiring.lines().stream().map(LineMap.Line::name).toList(), scenario.vcpus(), nested);
        detectors = choices.stream().map(choice -> choice.on(shape)).toList();
        events = new LineEvents(wiring, machine.devices(), lines, detectors);
        cpu = new CpuMeter(scenario.vcpus(), nested, scenario.durationNanos());
    }

    /**
     * Measures what is estimated over replications of {@code scenario} and no more: one window, no detectors, and no episodes, which
     * would take longer to find than a short replication takes to run.
     *
     * @param windowNanos the window of rates and dispersion, nanoseconds, at least 100
     */
    public static RunMeasurement ofEstimates(Scenario scenario, long windowNanos) {
        return new RunMeasurement(scenario, List.of(windowNanos), List.of(), false);
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        events.record(sequence, timeNanos, actor, kind, a, b, c, cause);
        cpu.record(sequence, timeNanos, actor, kind, a, b, c, cause);
    }

    /** What the run, which ended at {@code endNanos}, showed. To be called once. */
    public RunMeasure finish(long endNanos) {
        events.finish(endNanos);
        return new RunMeasure(
                lines.stream().map(line -> line.result(endNanos)).toList(),
                cpu.result(endNanos),
                detectors.stream().map(Detector::result).toList());
    }
}
