// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

import irqstorm.units.DurationText;

/**
 * Xen's rate limit, {@code do_IRQ} in xen/arch/x86/irq.c with the default of {@code irq_ratelimit}: the interrupt after 10,000 is held off
 * if it comes within 10 ms of the quantum's start, and otherwise starts a new quantum. Deliveries count as the interrupts that Xen sees.
 * The first quantum begins with the run, as it does with Xen's boot, and not with the first interrupt: of a storm that begins later, the
 * first 10,000 only start a quantum.
 */
final class TenThousandInTenMillis extends Detector {
    private static final int THRESHOLD = 10_000;
    private static final long QUANTUM_NANOS = 10_000_000;

    private final long[] count;
    private final long[] quantumStart;
    private long fastest = Long.MAX_VALUE;

    TenThousandInTenMillis(DetectorChoice choice, MachineShape shape) {
        super(choice, shape);
        count = new long[shape.lines().size()];
        quantumStart = new long[shape.lines().size()];
    }

    @Override
    public void delivered(int line, long timeNanos) {
        count[line]++;
        counted(count[line]);
        if (count[line] <= THRESHOLD) {
            return;
        }
        fastest = Math.min(fastest, timeNanos - quantumStart[line]);
        if (timeNanos < quantumStart[line] + QUANTUM_NANOS) {
            fire(line, timeNanos);
        }
        count[line] = 0;
        quantumStart[line] = timeNanos;
    }

    @Override
    String closest() {
        return fastest == Long.MAX_VALUE
                ? "at most " + number(most()) + " in a quantum"
                : "the fastest 10,000 took " + DurationText.about(fastest);
    }
}
