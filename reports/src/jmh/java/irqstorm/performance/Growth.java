// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How the cost of work grows with its size, as a row of a table.
 *
 * @param name what grows
 * @param costs what it cost at each size, in ascending order
 */
record Growth(String name, List<Cost> costs) {
    static final String HEADER = """
            | what grows | from, to | CPU time | slope | at the end | n log n there | held | slope | allocated | slope |
            |---|---|---|---|---|---|---|---|---|---|
            """;

    private static final List<String> DURATIONS = List.of("ns", "us", "ms", "s");
    private static final List<String> SIZES = List.of("B", "kB", "MB", "GB");
    private static final double THOUSAND = 1000;
    private static final double TEN = 10;

    /** The row of the table under {@link #HEADER}. */
    String row() {
        Slope time = Slope.of(costs, Cost::cpuNanos);
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f, %,.0f | %s | %.2f | %.2f | %.2f | %s | %.2f | %s | %.2f |%n",
                name,
                first().size(),
                last().size(),
                ends(Cost::cpuNanos, DURATIONS),
                time.overAll(),
                time.atTheEnd(),
                Slope.ofLinearithmic(costs),
                ends(Cost::heldBytes, SIZES),
                Slope.of(costs, Cost::heldBytes).overAll(),
                ends(Cost::allocatedBytes, SIZES),
                Slope.of(costs, Cost::allocatedBytes).overAll());
    }

    private Cost first() {
        return costs.get(0);
    }

    private Cost last() {
        return costs.get(costs.size() - 1);
    }

    private String ends(ToDoubleFunction<Cost> part, List<String> units) {
        return scaled(part.applyAsDouble(first()), units) + ", " + scaled(part.applyAsDouble(last()), units);
    }

    private static String scaled(double value, List<String> units) {
        double rest = value;
        int unit = 0;
        while (rest >= THOUSAND && unit < units.size() - 1) {
            rest /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ROOT, unit > 0 && rest < TEN ? "%.1f %s" : "%.0f %s", rest, units.get(unit));
    }
}
