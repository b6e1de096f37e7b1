// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import irqstorm.check.StormEpisode;
import irqstorm.report.Figures;
import irqstorm.report.Rates;
import java.util.List;

/** The rate over time as a drawing of {@link #WIDTH} by {@link #HEIGHT}, for readers without JavaScript. */
public final class RatePicture {
    /** The width of the plot. */
    public static final int WIDTH = 1000;

    /** The height of the plot. */
    public static final int HEIGHT = 180;

    private final Rates rates;

    /** Draws {@code rates}. */
    public RatePicture(Rates rates) {
        this.rates = rates;
    }

    /** The outline of the bins of a line, as the d attribute of a path. */
    public String path(Rates.Line line) {
        StringBuilder path = new StringBuilder("M0 " + HEIGHT);
        List<Long> bins = line.deliveries();
        for (int i = 0; i < bins.size(); i++) {
            path.append('V').append(y(bins.get(i))).append('H').append(x((i + 1) * rates.binNanos()));
        }
        return path.append('V').append(HEIGHT).toString();
    }

    /** Where a time stands. */
    public long x(long nanos) {
        return Math.min(WIDTH, Math.round((double) nanos * WIDTH / Math.max(1, rates.endNanos())));
    }

    /** How wide an episode is, visible in any case. */
    public long width(StormEpisode episode) {
        return Math.max(1, x(episode.endNanos()) - x(episode.startNanos()));
    }

    private long y(long deliveries) {
        return HEIGHT - Math.round((double) deliveries * HEIGHT / Math.max(1, rates.peak()));
    }

    /** What the drawing shows, in words. */
    public String words() {
        StringBuilder words = new StringBuilder("Deliveries in each " + Figures.about(rates.binNanos()) + " over "
                + Figures.about(rates.endNanos()) + ", at most " + Figures.count(rates.peak()));
        rates.lines()
                .forEach(line -> words.append("; ")
                        .append(line.name())
                        .append(": ")
                        .append(Figures.count(line.total()))
                        .append(" in all"));
        return words.toString();
    }
}
