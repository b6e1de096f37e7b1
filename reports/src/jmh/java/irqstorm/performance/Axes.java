// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import irqstorm.check.RunMeter;
import irqstorm.cli.Main;
import irqstorm.engine.Priority;
import irqstorm.engine.RunLimits;
import irqstorm.engine.SimTime;
import irqstorm.engine.Simulation;
import irqstorm.explore.Bounds;
import irqstorm.explore.Exploration;
import irqstorm.explore.Explorer;
import irqstorm.explore.Search;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.TimedMachine;
import irqstorm.performance.Cost.Done;
import irqstorm.scenario.Scenario;
import irqstorm.scenario.ScenarioFile;
import irqstorm.scenario.ScenarioLibrary;
import irqstorm.stats.detector.DetectorChoice;
import irqstorm.stats.experiment.Plan;
import irqstorm.stats.measure.RunMeasurement;
import irqstorm.trace.TraceSink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What work can grow in. */
final class Axes {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int MAX_DEVICES = MachineConfig.MAX_DEVICES;
    private static final int MAX_VCPUS = MachineConfig.MAX_VCPUS;
    private static final Scenario STORM = configuration(ScenarioLibrary.open("credential-guard"), "6-split-quirked");

    private Axes() {}

    private static Scenario configuration(ScenarioFile file, String name) {
        return Objects.requireNonNull(file.configurations().get(name));
    }

    static List<Axis> all() {
        return List.of(
                new Axis(
                        "simulated ms of a storm",
                        powers(50, 3200),
                        ms -> () -> measured(STORM, ms * NANOS_PER_MILLI, ms)),
                grown("vCPUs, a device each", MAX_VCPUS, GrownScenario::vcpus, Axes::run),
                grown("devices with messages", MAX_DEVICES, GrownScenario::messages, Axes::run),
                grown("devices with messages, measured", MAX_DEVICES, GrownScenario::messages, Axes::measured),
                grown("devices on 24 pins", MAX_DEVICES, GrownScenario::lines, Axes::run),
                grown("events of those", MAX_DEVICES, GrownScenario::lines, Axes::runByEvents),
                new Axis("devices in a scenario file", powers(1, MAX_DEVICES), Axes::reading),
                new Axis("pending events", powers(16, 1 << 20), Axes::hold),
                new Axis("replications of 10 ms of a storm", powers(16, 1024), Axes::replications),
                new Axis("states explored", powers(4, 256), Axes::states));
    }

    private static List<Integer> powers(int first, int last) {
        return IntStream.iterate(first, size -> size <= last, size -> size * 4)
                .boxed()
                .toList();
    }

    /** Something that is done with a scenario, for so many nanoseconds of its time, as work of a size. */
    private interface Use {
        Done of(Scenario scenario, long nanos, int size);
    }

    private static Axis grown(String name, int most, IntFunction<String> text, Use use) {
        return new Axis(name, powers(1, most), size -> {
            Scenario scenario = GrownScenario.read(text.apply(size)).base();
            return () -> use.of(scenario, scenario.durationNanos(), size);
        });
    }

    /** What {@code irqstorm run} does. */
    private static Done run(Scenario scenario, long nanos, int size) {
        return new Done(size, ran(scenario, nanos));
    }

    /** The same, but its size is how many events it has. */
    private static Done runByEvents(Scenario scenario, long nanos, int size) {
        TimedMachine machine = ran(scenario, nanos);
        return new Done(machine.machine().eventCount(), machine);
    }

    /** The machine after a run, which holds what listens to it. */
    private static TimedMachine ran(Scenario scenario, long nanos, TraceSink... sinks) {
        RunLimits limits =
                new RunLimits(nanos, Long.MAX_VALUE, scenario.limits().maxPending());
        TraceSink[] all = Arrays.copyOf(sinks, sinks.length + 1);
        all[sinks.length] = new RunMeter(scenario.machine());
        TimedMachine machine = new TimedMachine(scenario.machine(), limits, all);
        machine.machine().start();
        machine.runUntil(nanos);
        return machine;
    }

    /** What {@code irqstorm measure} does in one run. */
    private static Done measured(Scenario scenario, long nanos, int size) {
        RunMeasurement measurement = new RunMeasurement(scenario, Plan.of(1).windowsNanos(), DetectorChoice.all());
        TimedMachine machine = ran(scenario, nanos, measurement);
        return new Done(size, List.of(machine, measurement.finish(nanos)));
    }

    private static Callable<Done> reading(int devices) {
        String text = GrownScenario.messages(devices);
        return () -> new Done(devices, GrownScenario.read(text));
    }

    /** As many events as are pending are run, each of which schedules another one. */
    private static Callable<Done> hold(int pending) {
        return () -> {
            SplittableRandom random = new SplittableRandom(1);
            Simulation[] simulation = new Simulation[1];
            simulation[0] = new Simulation(
                    (timeNanos, payload, cause) ->
                            simulation[0].scheduleAfter(random.nextLong(1L << 30), Priority.REACTION, payload),
                    new RunLimits(SimTime.LATEST, pending, pending));
            for (int i = 0; i < pending; i++) {
                simulation[0].scheduleAfter(random.nextLong(1L << 30), Priority.REACTION, i);
            }
            simulation[0].run();
            return new Done(pending, simulation[0]);
        };
    }

    private static Callable<Done> replications(int count) {
        return () -> {
            String[] arguments = {
                "measure",
                GrownScenario.shortStorm().toString(),
                "--replications",
                Integer.toString(count),
                "--threads",
                "1"
            };
            StringWriter printed = new StringWriter();
            Main.run(arguments, new PrintWriter(printed), new PrintWriter(printed));
            return new Done(count, printed);
        };
    }

    private static Callable<Done> states(int interrupts) {
        MachineConfig machine = configuration(ScenarioLibrary.open("credential-guard"), "9-split-enable")
                .machine();
        Bounds bounds = new Bounds(interrupts, 2, Bounds.Clocks.ANY, Integer.MAX_VALUE, Bounds.MAX_STATES);
        return () -> {
            Exploration exploration = Explorer.explore(machine, bounds, Search.BREADTH_FIRST, false);
            return new Done(exploration.states(), exploration);
        };
    }
}
