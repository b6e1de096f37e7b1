// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

/**
 * FreeBSD's interrupt threads, {@code ithread_execute_handlers} in sys/kern/kern_intr.c: the run after 1,000 without the thread going to
 * sleep. It does not go to sleep if the interrupt came again by the time the handlers are done, which is taken to be the guest's EOI
 * here; L1's, or the only guest's. The threshold was 500 in 2004 and 1,000 from 2007; the default today is 0, which turns it off.
 */
final class BackToBack extends Detector {
    private static final int THRESHOLD = 1000;
    private static final int OUTERMOST = 1;

    private final long[] runs;
    private final long[] deliveries;
    private final long[] deliveriesAtRun;
    private final boolean[] held;

    BackToBack(DetectorChoice choice, MachineShape shape) {
        super(choice, shape);
        runs = new long[shape.lines().size()];
        deliveries = new long[shape.lines().size()];
        deliveriesAtRun = new long[shape.lines().size()];
        held = new boolean[shape.lines().size()];
    }

    @Override
    public void asserted(int line, int device, long timeNanos) {
        held[line] = true;
    }

    @Override
    public void serviced(int line, int device, long timeNanos) {
        held[line] = false;
    }

    @Override
    public void delivered(int line, long timeNanos) {
        deliveries[line]++;
    }

    @Override
    public void taken(int line, int vcpu, int level, long timeNanos) {
        if (level != OUTERMOST) {
            return;
        }
        deliveriesAtRun[line] = deliveries[line];
        if (runs[line] >= THRESHOLD) {
            fire(line, timeNanos);
        } else {
            runs[line]++;
        }
        counted(runs[line]);
    }

    @Override
    public void ended(int line, int vcpu, int level, long timeNanos) {
        if (level == OUTERMOST && !held[line] && deliveries[line] == deliveriesAtRun[line]) {
            runs[line] = 0;
        }
    }

    @Override
    String closest() {
        return "at most " + number(most()) + " back to back";
    }
}
