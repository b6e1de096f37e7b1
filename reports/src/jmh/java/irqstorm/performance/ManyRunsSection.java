// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Replications on one thread and on all, with what users start. */
final class ManyRunsSection implements Section {
    private static final int TURNS = 3;
    private static final String SOME = "2000";
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
        double[] one = new double[TURNS];
        double[] several = new double[TURNS];
        boolean same = true;
        for (int turn = 0; turn < TURNS; turn++) {
            Command.Outcome alone = replicate(tree, scenario, SOME, "1");
            Command.Outcome together = replicate(tree, scenario, SOME, all);
            one[turn] = alone.seconds();
            several[turn] = together.seconds();
            same &= alone.lines().equals(together.lines());
        }
        double gain = Command.median(one) / Command.median(several);
        double seconds = replicate(tree, scenario, MANY, all).seconds();
        return List.of(
                new Figure(
                        all + " threads against one",
                        String.format(Locale.ROOT, "%.2f ×", gain),
                        "at least 1.8 × on two cores",
                        gain >= LEAST_GAIN),
                new Figure("what they print", same ? "the same" : "not the same", "the same", same),
                new Figure(
                        "10,000 replications of 10 ms of a storm",
                        String.format(Locale.ROOT, "%.1f s", seconds),
                        "less than 30 s",
                        seconds < MOST_SECONDS));
    }

    private static Command.Outcome replicate(Tree tree, Path scenario, String count, String threads)
            throws IOException, InterruptedException {
        return Command.runToVerdict(
                tree.root(),
                tree.launcher(),
                "measure",
                scenario.toString(),
                "--replications",
                count,
                "--threads",
                threads);
    }
}
