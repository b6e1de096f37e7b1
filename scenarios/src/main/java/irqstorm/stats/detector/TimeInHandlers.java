// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

import irqstorm.check.LineMap;
import java.util.Arrays;
import java.util.Locale;

/**
 * Linux's soft-lockup watchdog with CONFIG_SOFTLOCKUP_DETECTOR_INTR_STORM, kernel/watchdog.c: samples of 4 s (two fifths of the default
 * watchdog_thresh of 10 s); it begins to count interrupts once more than half of a sample was spent in interrupt handlers.
 *
 * <p>A handler runs here from the guest's taking of an interrupt to its EOI, on the guest's clock: time that the hypervisor takes in
 * between is counted, as it is in a guest without a steal clock. Each level of each vCPU is watched as a CPU of its own.
 */
final class TimeInHandlers extends Detector {
    private static final long SAMPLE_NANOS = 4_000_000_000L;
    private static final int LEVELS = 2;
    private static final double HALF = 0.5;
    private static final long NOT = -1;

    private final long[] since;
    private final int[] handling;
    private final long[] inSample;
    private long sampleEnd = SAMPLE_NANOS;
    private double greatest;

    TimeInHandlers(DetectorChoice choice, MachineShape shape) {
        super(choice, shape);
        since = new long[shape.vcpus() * LEVELS];
        Arrays.fill(since, NOT);
        handling = new int[since.length];
        Arrays.fill(handling, LineMap.NONE);
        inSample = new long[since.length];
    }

    @Override
    public void taken(int line, int vcpu, int level, long timeNanos) {
        closeSamples(timeNanos);
        int cpu = vcpu * LEVELS + level - 1;
        if (since[cpu] == NOT) {
            since[cpu] = timeNanos;
        }
        handling[cpu] = line;
    }

    @Override
    public void ended(int line, int vcpu, int level, long timeNanos) {
        closeSamples(timeNanos);
        int cpu = vcpu * LEVELS + level - 1;
        if (since[cpu] != NOT) {
            inSample[cpu] += timeNanos - since[cpu];
            since[cpu] = NOT;
        }
    }

    @Override
    public void finished(long timeNanos) {
        closeSamples(timeNanos);
    }

    private void closeSamples(long timeNanos) {
        while (timeNanos >= sampleEnd) {
            for (int cpu = 0; cpu < since.length; cpu++) {
                if (since[cpu] != NOT) {
                    inSample[cpu] += sampleEnd - since[cpu];
                    since[cpu] = sampleEnd;
                }
                double share = (double) inSample[cpu] / SAMPLE_NANOS;
                greatest = Math.max(greatest, share);
                if (share > HALF) {
                    fire(handling[cpu], sampleEnd);
                }
                inSample[cpu] = 0;
            }
            sampleEnd += SAMPLE_NANOS;
        }
    }

    @Override
    String closest() {
        return sampleEnd == SAMPLE_NANOS
                ? "the run is shorter than one sample"
                : String.format(Locale.ROOT, "at most %.1f %% of a sample", greatest * 100);
    }
}
