// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import irqstorm.report.Survival;
import irqstorm.stats.inference.KaplanMeier;

/** The probability of no storm yet over time as a drawing of 900 by 240, for readers without JavaScript. */
public final class SurvivalPicture {
    private static final int LEFT = 80;
    private static final int RIGHT = 880;
    private static final int TOP = 10;
    private static final int BOTTOM = 210;

    private final Survival survival;

    /** Draws {@code survival}. */
    public SurvivalPicture(Survival survival) {
        this.survival = survival;
    }

    /** A curve as the d attribute of a path. */
    public String path(Survival.Curve curve) {
        StringBuilder path = new StringBuilder("M" + LEFT + " " + TOP);
        for (KaplanMeier.Step step : curve.steps()) {
            path.append('H').append(x(step.timeNanos())).append('V').append(y(step.survival()));
        }
        return path.append('H').append(RIGHT).toString();
    }

    /** Where a time stands. */
    public long x(long nanos) {
        return LEFT + Math.round((double) nanos * (RIGHT - LEFT) / Math.max(1, survival.endNanos()));
    }

    /** Where a probability stands. */
    public long y(double probability) {
        return Math.round(BOTTOM - (BOTTOM - TOP) * probability);
    }
}
