// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.report.Figures;
import irqstorm.report.QuantityFigures;
import irqstorm.report.text.TextTable.Cell;
import irqstorm.report.text.TextTable.Column;
import irqstorm.stats.measure.Dispersion;
import irqstorm.stats.measure.Latency;
import irqstorm.stats.measure.LineMeasure;
import irqstorm.stats.measure.RateEpisode;
import irqstorm.stats.measure.WindowRate;
import irqstorm.units.DurationText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured of one line in one run, as text. */
final class LineText {
    private static final int INDENT = 16;
    private static final int MOST_EPISODES = 5;

    private final LineMeasure line;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private LineText(LineMeasure line, Paint paint) {
        this.line = line;
        this.paint = paint;
    }

    static List<String> lines(LineMeasure line, Paint paint) {
        LineText text = new LineText(line, paint);
        text.head();
        text.windows();
        text.stages();
        return text.lines;
    }

    private void head() {
        Integer gsi = line.gsi();
        Double variation = line.interArrivalVariation();
        Double duty = line.throttle().share();
        lines.add("");
        entry(
                gsi == null ? "MSI" : "GSI " + gsi,
                line.name() + ": "
                        + Figures.counted(line.deliveries(), "delivery").replace("deliverys", "deliveries")
                        + ", " + Figures.rate(line.ratePerSecond()) + "/s, inter-arrival CV "
                        + (variation == null ? Figures.NONE : QuantityFigures.number(variation)));
        if (duty != null) {
            entry(
                    "duty cycle",
                    Figures.percent(duty) + " under a throttle: "
                            + Figures.counted(line.throttle().firings(), "pause") + " of "
                            + Figures.about(line.throttle().pausedNanos()) + " in all");
        }
        List<RateEpisode> episodes = line.episodes();
        entry(
                "episodes",
                Figures.counted(episodes.size(), "change-point episode") + " (onset and end to "
                        + Figures.about(line.resolutionNanos()) + ")");
        for (RateEpisode episode : episodes.subList(0, Math.min(MOST_EPISODES, episodes.size()))) {
            entry(
                    "",
                    Figures.about(episode.onsetNanos()) + " to " + Figures.about(episode.endNanos()) + ": "
                            + Figures.count(episode.deliveries()) + " deliveries, "
                            + Figures.rate(episode.ratePerSecond()) + "/s");
        }
        if (episodes.size() > MOST_EPISODES) {
            entry("", "and " + (episodes.size() - MOST_EPISODES) + " more");
        }
        lines.add("");
    }

    private void windows() {
        TextTable table = new TextTable(
                Column.text("window"),
                Column.number("peak [1/s]"),
                Column.number("while busy [1/s]"),
                Column.number("busy"),
                Column.number("Fano factor"),
                Column.text("which is"));
        for (WindowRate rate : line.windows()) {
            Dispersion dispersion = line.dispersion(rate.windowNanos());
            Double fano = dispersion.fano();
            Dispersion.Reading reading = dispersion.reading();
            table.row(
                    Cell.of(DurationText.format(rate.windowNanos())),
                    Cell.of(rate(rate.peakPerSecond())),
                    Cell.of(rate(rate.busyPerSecond())),
                    Cell.of(Figures.percent(rate.busyShare())),
                    Cell.of(fano == null ? Figures.NONE : QuantityFigures.number(fano)),
                    Cell.of(reading == null ? Figures.NONE : reading.words()));
        }
        lines.addAll(table.lines(paint));
        lines.add("");
    }

    private static String rate(@Nullable Double perSecond) {
        return perSecond == null ? Figures.NONE : Figures.rate(perSecond);
    }

    private void stages() {
        TextTable table = new TextTable(
                Column.text("from the assertion"),
                Column.number("n"),
                Column.number("p50"),
                Column.number("p90"),
                Column.number("p99"),
                Column.number("p99.9"),
                Column.number("max"));
        stage(table, "to accept", line.stages().accept());
        stage(table, "to service", line.stages().service());
        stage(table, "to LAPIC EOI", line.stages().eoi());
        lines.addAll(table.lines(paint));
    }

    private static void stage(TextTable table, String name, @Nullable Latency latency) {
        if (latency == null) {
            String none = Figures.NONE;
            table.row(
                    Cell.of(name),
                    Cell.of("0"),
                    Cell.of(none),
                    Cell.of(none),
                    Cell.of(none),
                    Cell.of(none),
                    Cell.of(none));
            return;
        }
        table.row(
                Cell.of(name),
                Cell.of(Figures.count(latency.count())),
                Cell.of(Figures.about(latency.p50())),
                Cell.of(Figures.about(latency.p90())),
                Cell.of(Figures.about(latency.p99())),
                Cell.of(Figures.about(latency.p999())),
                Cell.of(Figures.about(latency.max())));
    }

    private void entry(String label, String text) {
        lines.addAll(Layout.hanging(label, text, INDENT));
    }
}
