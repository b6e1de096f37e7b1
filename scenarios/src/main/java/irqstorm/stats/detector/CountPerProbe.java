// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

/**
 * ACRN's monitor with {@code --intr_monitor 10000,10,1,100}, devicemodel/core/monitor.c: it looks at the counters of interrupts every 10 s,
 * first after 10 s, and calls it a storm if one of them grew by more than 100,000 since the last look.
 */
final class CountPerProbe extends Detector {
    private static final long PERIOD_NANOS = 10_000_000_000L;
    private static final int THRESHOLD = 100_000;

    private final long[] sinceProbe;
    private long probe;
    private long probes;

    CountPerProbe(DetectorChoice choice, MachineShape shape) {
        super(choice, shape);
        sinceProbe = new long[shape.lines().size()];
        probe = PERIOD_NANOS;
    }

    @Override
    public void delivered(int line, long timeNanos) {
        probeUntil(timeNanos);
        sinceProbe[line]++;
    }

    @Override
    public void finished(long timeNanos) {
        probeUntil(timeNanos);
    }

    private void probeUntil(long timeNanos) {
        while (timeNanos >= probe) {
            for (int line = 0; line < sinceProbe.length; line++) {
                // The first look only reads the counters.
                if (probes > 0) {
                    counted(sinceProbe[line]);
                    if (sinceProbe[line] > THRESHOLD) {
                        fire(line, probe);
                    }
                }
                sinceProbe[line] = 0;
            }
            probes++;
            probe += PERIOD_NANOS;
        }
    }

    @Override
    String closest() {
        return probes < 2 ? "the run has no two probes" : "at most " + number(most()) + " between two probes";
    }
}
