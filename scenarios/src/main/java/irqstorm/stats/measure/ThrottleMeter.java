// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

/** Measures the duty cycle of one line. */
final class ThrottleMeter {
    private static final long NOT = -1;

    private long firings;
    private long delivering;
    private long paused;
    private long cycleStart = NOT;
    private long pauseStart = NOT;

    void delivered(long timeNanos) {
        if (cycleStart == NOT && pauseStart == NOT) {
            cycleStart = timeNanos;
        }
    }

    void serviced() {
        cycleStart = NOT;
    }

    void throttled(long timeNanos) {
        firings++;
        if (cycleStart != NOT) {
            delivering += timeNanos - cycleStart;
        }
        cycleStart = NOT;
        pauseStart = timeNanos;
    }

    void expired(long timeNanos) {
        if (pauseStart != NOT) {
            paused += timeNanos - pauseStart;
        }
        pauseStart = NOT;
    }

    ThrottleDuty result() {
        return new ThrottleDuty(firings, delivering, paused);
    }
}
