// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How often each line was delivered over the time of a run, in bins of one width.
 *
 * @param binNanos the width of a bin, nanoseconds
 * @param endNanos the end of the run, nanoseconds; the last bin may reach beyond it
 * @param lines the lines, in the order of the run record
 */
public record Rates(long binNanos, long endNanos, List<Line> lines) {
    /** Keeps its own copy. */
    public Rates {
        lines = List.copyOf(lines);
    }

    /** Of a run in which nothing was delivered. */
    public static Rates none() {
        return new Rates(1, 0, List.of());
    }

    /**
     * One line.
     *
     * @param name its name in the run record
     * @param deliveries how often it was delivered in each bin
     */
    public record Line(String name, List<Long> deliveries) {
        /** Keeps its own copy. */
        public Line {
            deliveries = List.copyOf(deliveries);
        }

        /** All of them together. */
        public long total() {
            return sum(deliveries);
        }
    }

    /**
     * Several bins together.
     *
     * @param fromNanos where the first begins, nanoseconds
     * @param toNanos where the last ends, nanoseconds
     * @param deliveries how often each line was delivered in them
     */
    public record Row(long fromNanos, long toNanos, List<Long> deliveries) {
        /** Keeps its own copy. */
        public Row {
            deliveries = List.copyOf(deliveries);
        }
    }

    /** How many bins there are. */
    public int bins() {
        return lines.isEmpty() ? 0 : lines.get(0).deliveries().size();
    }

    /** The most deliveries of a line in a bin. */
    public long peak() {
        return lines.stream()
                .flatMap(line -> line.deliveries().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** All bins in at most {@code most} rows, each of as many bins as the others, but for the last. */
    public List<Row> rows(int most) {
        int each = Math.max(1, (bins() + most - 1) / most);
        List<Row> rows = new ArrayList<>();
        for (int from = 0; from < bins(); from += each) {
            int first = from;
            int last = Math.min(bins(), from + each);
            rows.add(new Row(
                    first * binNanos,
                    Math.min(endNanos, last * binNanos),
                    lines.stream()
                            .map(line -> sum(line.deliveries().subList(first, last)))
                            .toList()));
        }
        return rows;
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
