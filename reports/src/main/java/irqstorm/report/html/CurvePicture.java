// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import irqstorm.report.Curves;
import java.util.List;
import java.util.stream.Collectors;

/** Curves as a drawing of {@link #WIDTH} by {@link #HEIGHT}, for readers without JavaScript. */
public final class CurvePicture {
    /** The width of the drawing. */
    public static final int WIDTH = 900;

    /** The height of the drawing. */
    public static final int HEIGHT = 240;

    private static final int LEFT = 80;
    private static final int RIGHT = 880;
    private static final int TOP = 10;
    private static final int BOTTOM = 210;

    private final Curves curves;
    private final List<Curves.Decade> decades;

    /** Draws {@code curves}. */
    public CurvePicture(Curves curves) {
        this.curves = curves;
        this.decades = curves.decades();
    }

    /** The powers of ten of the axis. */
    public List<Curves.Decade> decades() {
        return decades;
    }

    /** The left end of the plot. */
    public int left() {
        return LEFT;
    }

    /** The right end of the plot. */
    public int right() {
        return RIGHT;
    }

    /** Where a tick stands. */
    public long x(int tick) {
        return LEFT + Math.round((tick + 0.5) * (RIGHT - LEFT) / curves.ticks().size());
    }

    /** Where a value stands. */
    public long y(double value) {
        double first = Math.log10(decades.get(0).value());
        double last = Math.log10(decades.get(decades.size() - 1).value());
        return Math.round(BOTTOM - (BOTTOM - TOP) * (Math.log10(curves.drawn(value)) - first) / (last - first));
    }

    /** A curve as the points attribute of a polyline. */
    public String points(Curves.Curve curve) {
        return curve.points().stream()
                .map(point -> x(point.tick()) + "," + y(point.value()))
                .collect(Collectors.joining(" "));
    }
}
