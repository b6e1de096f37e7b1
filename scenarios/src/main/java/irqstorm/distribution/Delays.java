// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

import irqstorm.units.DurationText;

/** The range rules that all distributions share. */
final class Delays {

    private Delays() {}

    /** Refuses a parameter that is not a duration from {@code least} nanoseconds to 30 days. */
    static void requireRange(String name, long nanos, long least) {
        if (nanos < least || nanos > Distribution.MAX_NANOS) {
            throw new IllegalArgumentException(name + " " + DurationText.format(nanos) + " is not from "
                    + DurationText.format(least) + " to 30 days");
        }
    }

    /** The nearest whole number of nanoseconds, at most {@link Distribution#MAX_NANOS}. */
    static long rounded(double nanos) {
        return Math.min(Distribution.MAX_NANOS, Math.round(nanos));
    }
}
