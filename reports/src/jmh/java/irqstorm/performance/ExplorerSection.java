// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The explorer beside Spin: row 9 of credential-guard with two devices and some interrupts of each. */
final class ExplorerSection implements Section {
    /** JMH adds up what is counted over so many explorations. */
    private static final int ITERATIONS = 5;

    private static final String INTERRUPTS = "16";
    private static final double MILLIS_PER_SECOND = 1000;
    private static final int STATES_PER_SECOND = 5;

    @Override
    public String title() {
        return "Explorer";
    }

    @Override
    public List<Figure> measure(Tree tree) throws IOException, InterruptedException {
        Benchmarks scores = Benchmarks.run(
                tree,
                "ExplorerBenchmark",
                "-p",
                "size=2x" + INTERRUPTS,
                "-wi",
                "5",
                "-i",
                Integer.toString(ITERATIONS),
                "-prof",
                "gc");
        double depthFirst = 0;
        List<Figure> figures = new ArrayList<>();
        for (String search : List.of("BREADTH_FIRST", "DEPTH_FIRST")) {
            String parameters = search + " 2x" + INTERRUPTS;
            double states = scores.of("explore:states " + parameters) / ITERATIONS;
            double rate = states * MILLIS_PER_SECOND / scores.of("explore " + parameters);
            figures.add(Figure.told(
                    search.toLowerCase(Locale.ROOT).replace('_', ' '),
                    String.format(
                            Locale.ROOT,
                            "%.0f thousand states/s, %.0f bytes allocated a state",
                            rate / 1000,
                            scores.of("explore:gc.alloc.rate.norm " + parameters) / states)));
            depthFirst = rate;
        }
        figures.add(besideSpin(tree, depthFirst));
        return figures;
    }

    private static Figure besideSpin(Tree tree, double depthFirst) throws IOException, InterruptedException {
        String name = "depth first beside Spin";
        if (!Command.exists("spin") || !Command.exists("gcc")) {
            return Figure.told(name, "not measured: needs spin and gcc");
        }
        String script = tree.root().resolve("sim-core/src/jmh/promela/check.sh").toString();
        List<String> lines = Command.run(tree.root(), script, "-k", INTERRUPTS, "-d", "2", "9")
                .lines();
        double spin = Double.parseDouble(lines.get(1).trim().split(" +", -1)[STATES_PER_SECOND]);
        return Figure.told(
                name,
                String.format(Locale.ROOT, "%.2f × (Spin %.0f thousand states/s)", depthFirst / spin, spin / 1000));
    }
}
