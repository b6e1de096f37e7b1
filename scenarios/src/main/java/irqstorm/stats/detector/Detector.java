// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

import irqstorm.stats.stream.LineObserver;
import java.util.Locale;

/** Watches a run as one real system would, and remembers when it would have called it a storm. */
public abstract class Detector implements LineObserver {
    private static final long NEVER = -1;

    private final DetectorChoice choice;
    private final MachineShape shape;
    private long first = NEVER;
    private long firings;
    private String line = "";
    private long most;

    Detector(DetectorChoice choice, MachineShape shape) {
        this.choice = choice;
        this.shape = shape;
    }

    final MachineShape shape() {
        return shape;
    }

    /** It would fire now, for {@code of}. */
    final void fire(int of, long timeNanos) {
        if (first == NEVER) {
            first = timeNanos;
            line = shape.lines().get(of);
        }
        firings++;
    }

    /** It has counted {@code count}; the greatest is remembered. */
    final void counted(long count) {
        most = Math.max(most, count);
    }

    final long most() {
        return most;
    }

    /** What it came to at the most, in words. */
    abstract String closest();

    /** {@code count} as people read it. */
    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** What it would have done. */
    public final Detection result() {
        return new Detection(
                choice.label(),
                choice.rule(),
                choice.kind().reaction(),
                choice.kind().source(),
                first == NEVER ? null : first,
                firings,
                line,
                closest());
    }
}
