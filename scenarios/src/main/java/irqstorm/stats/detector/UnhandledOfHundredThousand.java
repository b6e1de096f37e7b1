// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

/**
 * Linux's generic interrupt layer, {@code note_interrupt} in kernel/irq/spurious.c: after each 100,000 interrupts of a line it asks
 * whether more than 99,900 of them were unhandled. An unhandled one that comes later than HZ/10 after the last begins a new count.
 */
final class UnhandledOfHundredThousand extends HandledOrNot {
    private static final int PERIOD = 100_000;
    private static final int ALLOWED = 99_900;
    private static final long TENTH_OF_A_SECOND_NANOS = 100_000_000;

    private final long[] count;
    private final long[] unhandled;
    private final long[] lastUnhandled;
    private long allUnhandled;
    private long all;

    UnhandledOfHundredThousand(DetectorChoice choice, MachineShape shape) {
        super(choice, shape);
        count = new long[shape.lines().size()];
        unhandled = new long[shape.lines().size()];
        lastUnhandled = new long[shape.lines().size()];
    }

    @Override
    void returned(int line, boolean wasHandled, long takenNanos) {
        all++;
        if (!wasHandled) {
            allUnhandled++;
            boolean late = takenNanos - lastUnhandled[line] > TENTH_OF_A_SECOND_NANOS;
            unhandled[line] = late ? 1 : unhandled[line] + 1;
            lastUnhandled[line] = takenNanos;
            counted(unhandled[line]);
        }
        count[line]++;
        if (count[line] < PERIOD) {
            return;
        }
        if (unhandled[line] > ALLOWED) {
            fire(line, takenNanos);
        }
        count[line] = 0;
        unhandled[line] = 0;
    }

    @Override
    String closest() {
        return number(allUnhandled) + " of the " + number(all) + " interrupts that the guest took were unhandled";
    }
}
