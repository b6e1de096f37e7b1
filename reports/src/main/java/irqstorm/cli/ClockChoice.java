// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.explore.Bounds.Clocks;

/** What {@code --clocks} takes; in lower case because that is what users write. */
enum ClockChoice {
    /** Any order. */
    any(Clocks.ANY),
    /** Those that the ranges of the latencies allow. */
    bounded(Clocks.BOUNDED);

    private final Clocks clocks;

    ClockChoice(Clocks clocks) {
        this.clocks = clocks;
    }

    Clocks clocks() {
        return clocks;
    }
}
