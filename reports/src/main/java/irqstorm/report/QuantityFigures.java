// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.stats.experiment.Quantity.Unit;
import irqstorm.stats.inference.MeanInterval;

/** Measured values with their unit, and intervals, as people read them. */
public final class QuantityFigures {
    private static final int SIGNIFICANT = 4;
    private static final double PERCENT = 100;

    private QuantityFigures() {}

    /** {@code value} with its unit. */
    public static String value(double value, Unit unit) {
        return switch (unit) {
            case PER_SECOND -> Figures.rate(value) + "/s";
            case NUMBER -> number(value);
            case NANOS -> (value < 0 ? "-" : "") + Figures.about(Math.round(Math.abs(value)));
            case SHARE -> Figures.decimal(value * PERCENT, 2) + " %";
        };
    }

    /** {@code difference} of two values; that of two shares is in percentage points. */
    public static String difference(double difference, Unit unit) {
        return unit == Unit.SHARE ? Figures.decimal(difference * PERCENT, 2) + " points" : value(difference, unit);
    }

    /** A plain number with about four digits: {@code 0.00213}, {@code 21.35}. */
    public static String number(double value) {
        if (value == 0) {
            return "0";
        }
        int places = SIGNIFICANT - 1 - (int) Math.floor(Math.log10(Math.abs(value)));
        return Figures.decimal(value, Math.max(0, Math.min(places, 2 * SIGNIFICANT)));
    }

    /** Half the width of {@code interval} with its unit, or {@link Figures#NONE}. */
    public static String halfWidth(MeanInterval interval, Unit unit) {
        if (!interval.hasInterval()) {
            return Figures.NONE;
        }
        return unit == Unit.SHARE
                ? number(interval.halfWidth() * PERCENT) + " points"
                : value(interval.halfWidth(), unit);
    }

    /** A p-value: {@code 0.0213}, or {@code < 0.0001}. */
    public static String pValue(double p) {
        if (Double.isNaN(p)) {
            return Figures.NONE;
        }
        return p < 1e-4 ? "< 0.0001" : Figures.decimal(p, SIGNIFICANT);
    }
}
