// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Replications on one thread and on all, with the compiler and the collector of what users start. */
final class ManyRunsSection implements Section {
    private static final double LOWER_QUARTER = 0.25;
    private static final double UPPER_QUARTER = 0.75;
    private static final String MANY = "10000";
    private static final double LEAST_GAIN = 1.8;
    private static final double MOST_SECONDS = 30;

    @Override
    public String title() {
        return "Many runs";
    }

    @Override
    public List<Figure> measure(Tree tree) throws IOException, InterruptedException {
        Path scenario = GrownScenario.shortStorm();
        String all = Integer.toString(Runtime.getRuntime().availableProcessors());
        List<String> turns = turns(tree, scenario, all);
        double[] gains = turns.stream()
                .mapToDouble(turn -> Double.parseDouble(turn.split(" ", -1)[0]))
                .sorted()
                .toArray();
        boolean same = turns.stream().allMatch(turn -> turn.endsWith(" true"));
        double gain = Command.median(gains);
        double seconds = replicate(tree, scenario, all).seconds();
        return List.of(
                new Figure(
                        all + " threads against one",
                        String.format(
                                Locale.ROOT,
                                "%.2f × (half of the turns %.2f to %.2f)",
                                gain,
                                at(gains, LOWER_QUARTER),
                                at(gains, UPPER_QUARTER)),
                        "at least 1.8 × on two cores",
                        gain >= LEAST_GAIN),
                new Figure("what they print", same ? "the same" : "not the same", "the same", same),
                new Figure(
                        "10,000 replications of 10 ms of a storm",
                        String.format(Locale.ROOT, "%.1f s", seconds),
                        "less than 30 s",
                        seconds < MOST_SECONDS));
    }

    private static double at(double[] sorted, double part) {
        return sorted[(int) (part * (sorted.length - 1))];
    }

    /** What {@link ThreadTurns} prints in a JVM with the options of the launcher. */
    private static List<String> turns(Tree tree, Path scenario, String threads)
            throws IOException, InterruptedException {
        return Command.run(
                        tree.root(),
                        Tree.java(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThreadTurns.class.getName(),
                        scenario.toString(),
                        threads)
                .lines();
    }

    private static Command.Outcome replicate(Tree tree, Path scenario, String threads)
            throws IOException, InterruptedException {
        return Command.runToVerdict(
                tree.root(),
                tree.launcher(),
                "measure",
                scenario.toString(),
                "--replications",
                MANY,
                "--threads",
                threads);
    }
}
