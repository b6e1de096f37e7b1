// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

/**
 * The Linux driver of TPMs, {@code tpm_tis_core.c} since commit 481c2d14627d: more than 1,000 unhandled interrupts in a row, where one
 * that comes later than HZ/10 after the last begins a new count. Every line is watched as if a TPM were on it.
 */
final class ThousandUnhandled extends HandledOrNot {
    private static final int ALLOWED = 1000;
    private static final long TENTH_OF_A_SECOND_NANOS = 100_000_000;

    private final long[] unhandled;
    private final long[] lastUnhandled;
    private final boolean[] gaveUp;

    ThousandUnhandled(DetectorChoice choice, MachineShape shape) {
        super(choice, shape);
        unhandled = new long[shape.lines().size()];
        lastUnhandled = new long[shape.lines().size()];
        gaveUp = new boolean[shape.lines().size()];
    }

    @Override
    void returned(int line, boolean wasHandled, long takenNanos) {
        if (wasHandled || gaveUp[line]) {
            return;
        }
        boolean late = takenNanos - lastUnhandled[line] > TENTH_OF_A_SECOND_NANOS;
        unhandled[line] = late ? 1 : unhandled[line] + 1;
        lastUnhandled[line] = takenNanos;
        counted(unhandled[line]);
        if (unhandled[line] > ALLOWED) {
            gaveUp[line] = true;
            fire(line, takenNanos);
        }
    }

    @Override
    String closest() {
        return "at most " + number(most()) + " unhandled without a pause";
    }
}
