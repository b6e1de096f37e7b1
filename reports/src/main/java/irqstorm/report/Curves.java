// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.stats.measure.Dispersion;
import irqstorm.stats.measure.Latency;
import irqstorm.stats.measure.LineMeasure;
import irqstorm.stats.measure.RunMeasure;
import irqstorm.units.DurationText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Curves over a few places of equal distance, on a logarithmic axis.
 *
 * @param ticks what the places are called
 * @param curves the curves
 * @param lowest what stands lowest on the axis: a logarithm has no place for zero, so what is less is drawn there
 * @param reference a value to compare with; null for none
 */
public record Curves(
        List<String> ticks,
        List<Curve> curves,
        double lowest,
        @Nullable Double reference) {
    private static final double LOWEST_FANO = 0.001;
    private static final double CHANCE = 1;

    /** Keeps its own copies. */
    public Curves {
        ticks = List.copyOf(ticks);
        curves = List.copyOf(curves);
    }

    /**
     * A curve.
     *
     * @param name what it is called
     * @param line the place of its line among the lines of the run
     * @param stage the place of its stage among the stages of a line
     * @param points its points, in the order of the ticks; ticks without a value have none
     */
    public record Curve(String name, int line, int stage, List<Point> points) {
        /** Keeps its own copy. */
        public Curve {
            points = List.copyOf(points);
        }

        /** The words of the point at a tick, or {@link Figures#NONE}. */
        public String at(int tick) {
            return points.stream()
                    .filter(point -> point.tick() == tick)
                    .map(Point::words)
                    .findFirst()
                    .orElse(Figures.NONE);
        }
    }

    /**
     * A point.
     *
     * @param tick the place of its tick
     * @param value its value, 0 or more
     * @param words the same, as people read it
     */
    public record Point(int tick, double value, String words) {}

    /**
     * A power of ten on the axis.
     *
     * @param value its value
     * @param words the same, as people read it
     */
    public record Decade(double value, String words) {}

    /** The percentiles of the latencies of each line, in nanoseconds from the assertion; stages that none reached are left out. */
    public static Curves latencies(RunMeasure run) {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < run.lines().size(); i++) {
            LineMeasure line = run.lines().get(i);
            String name = run.lines().size() > 1 ? line.name() + ": " : "";
            addLatency(curves, name + "to accept", i, 0, line.stages().accept());
            addLatency(curves, name + "to service", i, 1, line.stages().service());
            addLatency(curves, name + "to LAPIC EOI", i, 2, line.stages().eoi());
        }
        return new Curves(List.of("p50", "p90", "p99", "p99.9", "max"), curves, 1, null);
    }

    private static void addLatency(List<Curve> curves, String name, int line, int stage, @Nullable Latency latency) {
        if (latency == null) {
            return;
        }
        long[] nanos = {latency.p50(), latency.p90(), latency.p99(), latency.p999(), latency.max()};
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < nanos.length; i++) {
            points.add(new Point(i, nanos[i], Figures.about(nanos[i])));
        }
        curves.add(new Curve(name, line, stage, points));
    }

    /** The Fano factors of each line over windows of growing length; lines without one are left out. */
    public static Curves dispersions(RunMeasure run) {
        List<String> ticks = run.lines().stream()
                .limit(1)
                .flatMap(line -> line.dispersions().stream())
                .map(dispersion -> DurationText.format(dispersion.windowNanos()))
                .toList();
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < run.lines().size(); i++) {
            LineMeasure line = run.lines().get(i);
            List<Point> points = new ArrayList<>();
            for (int tick = 0; tick < line.dispersions().size(); tick++) {
                Double fano = line.dispersions().get(tick).fano();
                if (fano != null) {
                    points.add(new Point(tick, fano, QuantityFigures.number(fano)));
                }
            }
            if (!points.isEmpty()) {
                curves.add(new Curve(line.name(), i, 0, points));
            }
        }
        return new Curves(ticks, curves, LOWEST_FANO, CHANCE);
    }

    /** What the Fano factors of {@code line} say, in words. */
    public static String dispersion(LineMeasure line) {
        List<String> words = new ArrayList<>();
        for (Dispersion dispersion : line.dispersions()) {
            Double fano = dispersion.fano();
            Dispersion.Reading reading = dispersion.reading();
            if (fano != null && reading != null) {
                words.add(QuantityFigures.number(fano) + " in windows of "
                        + DurationText.format(dispersion.windowNanos()) + ", " + reading.words());
            }
        }
        return line.name() + ": " + (words.isEmpty() ? "too few deliveries" : String.join("; ", words));
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return curves.isEmpty();
    }

    /** Where a value is drawn. */
    public double drawn(double value) {
        return Math.max(value, lowest);
    }

    /** The powers of ten of the axis, from the greatest one below all values to the least one above them; at least two. */
    public List<Decade> decades() {
        double least = Double.MAX_VALUE;
        double greatest = lowest;
        for (Curve curve : curves) {
            for (Point point : curve.points()) {
                least = Math.min(least, drawn(point.value()));
                greatest = Math.max(greatest, drawn(point.value()));
            }
        }
        if (reference != null) {
            least = Math.min(least, reference);
            greatest = Math.max(greatest, reference);
        }
        int first = (int) Math.floor(Math.log10(least));
        int last = Math.max(first + 1, (int) Math.ceil(Math.log10(greatest)));
        List<Decade> decades = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            BigDecimal value = BigDecimal.ONE.movePointRight(power);
            String words = reference == null ? Figures.about(value.longValue()) : Figures.plain(value);
            decades.add(new Decade(value.doubleValue(), words));
        }
        return decades;
    }

    /** The curves in words: the first point of each and the last. */
    public String words() {
        return String.join(
                "; ",
                curves.stream()
                        .map(curve -> {
                            Point first = curve.points().get(0);
                            Point last = curve.points().get(curve.points().size() - 1);
                            return curve.name() + ": " + first.words() + " (" + ticks.get(first.tick()) + ") to "
                                    + last.words() + " (" + ticks.get(last.tick()) + ")";
                        })
                        .toList());
    }
}
