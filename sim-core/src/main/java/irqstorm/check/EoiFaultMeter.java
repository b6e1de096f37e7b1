// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.apic.TriggerMode;
import irqstorm.event.EventKind;
import irqstorm.event.UserspaceExitReason;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.MachineConfig;
import java.util.Arrays;

/**
 * Counts what comes of corrupted {@code pending_ioapic_eoi} slots: whose EOI was lost, who was ended instead, and whether any later EOI
 * was held up.
 */
final class EoiFaultMeter {
    private static final int NONE = -1;

    private final boolean split;
    private final boolean[] levelVector = new boolean[256];
    private final int[] owed;
    private long corrupted;
    private long lost;
    private long wrongLinesEnded;
    private long spuriousExits;
    private long laterExitsBlocked;
    private int misreported = NONE;
    private boolean endingWrong;

    EoiFaultMeter(MachineConfig config) {
        this.split = config.irqchip() == IrqchipMode.SPLIT;
        this.owed = new int[config.vcpus()];
        Arrays.fill(owed, NONE);
        config.everyPin().forEach(pin -> levelVector[pin.vector()] |= pin.trigger() == TriggerMode.LEVEL);
    }

    /** An event; {@code a}, {@code b} and {@code c} as its kind has them. */
    void record(EventKind kind, long a, long b, long c) {
        switch (kind) {
            case EOI_SLOT_CORRUPTED -> {
                corrupted++;
                owed[(int) a] = NONE;
            }
            case EOI_EXIT_LOST -> lost++;
            case EOI_EXIT_MISREPORTED -> {
                lost++;
                misreported = (int) c;
                spuriousExits++;
            }
            case EOI_BROADCAST -> {
                endingWrong = b == misreported;
                misreported = endingWrong ? NONE : misreported;
            }
            case REMOTE_IRR_CLEARED -> {
                if (endingWrong) {
                    endingWrong = false;
                    wrongLinesEnded++;
                    spuriousExits--;
                }
            }
            case LAPIC_EOI -> owed[(int) a] = split && corrupted > 0 && levelVector[(int) b] ? (int) b : NONE;
            case EOI_SUPPRESSED -> owed[(int) a] = NONE;
            case USERSPACE_EXIT -> {
                if (b == UserspaceExitReason.KVM_EXIT_IOAPIC_EOI.ordinal()) {
                    owed[(int) a] = NONE;
                }
            }
            case VM_ENTRY -> {
                endingWrong = false;
                if (owed[(int) a] != NONE) {
                    owed[(int) a] = NONE;
                    laterExitsBlocked++;
                }
            }
            default -> {}
        }
    }

    /** Whether the Remote IRR that is cleared now is that of a line whose EOI this is not. */
    boolean isEndingWrongLine() {
        return endingWrong;
    }

    EoiFaults result() {
        return new EoiFaults(corrupted, lost, wrongLinesEnded, spuriousExits, laterExitsBlocked);
    }
}
