// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What users wait for: whole processes that take turns. */
final class StartSection implements Section {
    private static final int TURNS = 20;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double MOST_TIMES_JAVA = 2.5;
    private static final double MOST_SECONDS = 1.5;

    @Override
    public String title() {
        return "Start";
    }

    @Override
    public List<Figure> measure(Tree tree) throws IOException, InterruptedException {
        double[] java = new double[TURNS];
        double[] version = new double[TURNS];
        double[] compare = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            java[turn] = Command.run(tree.root(), Tree.java(), "-version").seconds();
            version[turn] =
                    Command.run(tree.root(), tree.launcher(), "--version").seconds();
            compare[turn] = Command.run(tree.root(), tree.launcher(), "compare", "credential-guard")
                    .seconds();
        }
        double bare = Command.median(java);
        double times = Command.median(version) / bare;
        double seconds = Command.median(compare);
        return List.of(
                Figure.told("`java -version`", millis(bare)),
                new Figure(
                        "`./irqstorm --version`",
                        millis(Command.median(version)) + String.format(Locale.ROOT, ", %.2f × `java -version`", times),
                        "at most 2.5 ×",
                        times <= MOST_TIMES_JAVA),
                new Figure(
                        "`./irqstorm compare credential-guard`",
                        millis(seconds),
                        "at most 1500 ms",
                        seconds <= MOST_SECONDS));
    }

    private static String millis(double seconds) {
        return String.format(Locale.ROOT, "%.0f ms", seconds * MILLIS_PER_SECOND);
    }
}
