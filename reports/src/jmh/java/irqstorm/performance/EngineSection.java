// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The engine beside one on {@code java.util.PriorityQueue}; the core's benchmarks print the table. */
final class EngineSection implements Section {
    private static final int CELLS = 7;

    @Override
    public String title() {
        return "Engine";
    }

    @Override
    public List<Figure> measure(Tree tree) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (String line : Command.run(
                        tree.root(), Tree.java(), "-cp", tree.benchmarks(), "irqstorm.engine.EngineRatios")
                .lines()) {
            String[] cells = line.split(" *\\| *", -1);
            if (cells.length >= CELLS && cells[4].matches("[0-9.]+")) {
                double ratio = Double.parseDouble(cells[4]);
                double target = Double.parseDouble(cells[6]);
                figures.add(new Figure(
                        cells[1],
                        String.format(
                                "%s × (%s; %s against %s million events/s)", cells[4], cells[5], cells[2], cells[3]),
                        "at least " + cells[6] + " ×",
                        ratio >= target));
            }
        }
        if (figures.isEmpty()) {
            throw new IOException("no table of ratios");
        }
        return figures;
    }
}
