// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

/**
 * A detector inside the guest that has the devices' drivers: an interrupt is handled if a device of its line was serviced, or accessed
 * while it had a cause, before the guest took it again. Interrupts that L1 passes on to L2 are none of L2's until L2 takes
 * them, and all handled as L1 sees them.
 */
abstract class HandledOrNot extends Detector {
    private final boolean[] open;
    private final boolean[] handled;
    private final long[] takenAt;

    HandledOrNot(DetectorChoice choice, MachineShape shape) {
        super(choice, shape);
        open = new boolean[shape.lines().size()];
        handled = new boolean[shape.lines().size()];
        takenAt = new long[shape.lines().size()];
    }

    /** A handler of the line's interrupt that was taken at {@code takenNanos} has returned. */
    abstract void returned(int line, boolean wasHandled, long takenNanos);

    @Override
    public final void taken(int line, int vcpu, int level, long timeNanos) {
        if (level == shape().driverLevel()) {
            close(line);
            open[line] = true;
            handled[line] = false;
            takenAt[line] = timeNanos;
        }
    }

    @Override
    public final void accessed(int line) {
        handled[line] = true;
    }

    @Override
    public final void serviced(int line, int device, long timeNanos) {
        handled[line] = true;
    }

    private void close(int line) {
        if (open[line]) {
            open[line] = false;
            returned(line, handled[line], takenAt[line]);
        }
    }

    @Override
    public final void finished(long timeNanos) {
        for (int line = 0; line < open.length; line++) {
            close(line);
        }
    }
}
