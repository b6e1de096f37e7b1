// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

/**
 * The throttles of KVM's and QEMU's I/O APICs: the 10,000th successive EOI that finds the pin still asserted and not masked. An EOI that
 * finds it low or masked begins a new count, and in QEMU so does a write of the pin's redirection entry (arch/x86/kvm/ioapic.c, commit
 * 184564efae4d; hw/intc/ioapic.c, commit 958a01dab8).
 */
final class SuccessiveEois extends Detector {
    private static final int LIMIT = 10_000;

    private final boolean writesReset;
    private final long[] successive;

    SuccessiveEois(DetectorChoice choice, MachineShape shape, boolean writesReset) {
        super(choice, shape);
        this.writesReset = writesReset;
        successive = new long[shape.lines().size()];
    }

    @Override
    public void pinEnded(int line, boolean pending, long timeNanos) {
        if (!pending) {
            successive[line] = 0;
            return;
        }
        successive[line]++;
        counted(successive[line]);
        if (successive[line] >= LIMIT) {
            successive[line] = 0;
            fire(line, timeNanos);
        }
    }

    @Override
    public void entryWritten(int line) {
        if (writesReset) {
            successive[line] = 0;
        }
    }

    @Override
    String closest() {
        return "at most " + number(most()) + " in succession";
    }
}
