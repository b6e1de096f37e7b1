// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A storm, on one core: row 6 of credential-guard without throttle. */
final class StormSection implements Section {
    private static final double MOST_SLOWER = 2;
    private static final double LEAST_DELIVERIES = 2e6;

    /** What the harness itself allocates comes to less. */
    private static final double MOST_BYTES = 0.5;

    @Override
    public String title() {
        return "Machine";
    }

    @Override
    public List<Figure> measure(Tree tree) throws IOException, InterruptedException {
        Benchmarks scores =
                Benchmarks.run(tree, "StormBenchmark", "-wi", "3", "-w", "700ms", "-i", "3", "-r", "1", "-prof", "gc");
        List<Figure> figures = new ArrayList<>();
        for (String listener : List.of("NONE", "METER", "TRACE", "NONE_OF_THE_MODEL")) {
            figures.add(rate(scores, listener));
        }
        double operations = scores.of("storm NONE");
        double bytes = scores.of("storm:gc.alloc.rate.norm NONE") * operations / scores.of("storm:deliveries NONE");
        figures.add(new Figure(
                "allocated an interrupt", String.format(Locale.ROOT, "%.1f bytes", bytes), "0", bytes < MOST_BYTES));
        figures.add(traceCost(tree));
        return figures;
    }

    private static Figure traceCost(Tree tree) throws IOException, InterruptedException {
        String[] ratios = Command.run(tree.root(), Tree.java(), "-cp", tree.benchmarks(), "irqstorm.machine.TraceCost")
                .lines()
                .get(0)
                .split(" ", -1);
        return new Figure(
                "with a streaming trace",
                String.format("%s × slower (%s to %s)", (Object[]) ratios),
                "at most 2 ×",
                Double.parseDouble(ratios[0]) <= MOST_SLOWER);
    }

    /** The benchmark's score is in tenths of a simulated second. */
    private static Figure rate(Benchmarks scores, String listener) throws IOException {
        double deliveries = scores.of("storm:deliveries " + listener);
        String measured = String.format(
                Locale.ROOT,
                "%.2f million interrupts/s, %.1f million events/s, %.1f × real time",
                deliveries / 1e6,
                scores.of("storm:recorded " + listener) / 1e6,
                scores.of("storm " + listener) / 10);
        return switch (listener) {
            case "NONE" ->
                new Figure("storm, nobody listens", measured, "at least 2 million/s", deliveries >= LEAST_DELIVERIES);
            case "METER" -> Figure.told("storm, judged", measured);
            case "TRACE" -> Figure.told("storm, judged and traced", measured);
            default -> Figure.told("storm, nothing repeated", measured);
        };
    }
}
