// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import java.util.List;

/**
 * The outcome of a run.
 *
 * @param verdict the worst that was found
 * @param reason one sentence on why, naming the step and the bit
 * @param lines each line
 * @param storm the storms
 * @param throttleFirings how often the I/O APIC postponed a delivery
 * @param eoiExits how many KVM_EXIT_IOAPIC_EOI there were
 * @param happenings what hazards did, in the order of time
 * @param damages who was hurt, where there are hazards
 * @param eoiFaults what came of corrupted EOI slots
 */
public record Findings(
        Verdict verdict,
        String reason,
        List<LineResult> lines,
        StormResult storm,
        long throttleFirings,
        long eoiExits,
        List<Happening> happenings,
        List<Damage> damages,
        EoiFaults eoiFaults) {
    /** Keeps its own copies. */
    public Findings {
        lines = List.copyOf(lines);
        happenings = List.copyOf(happenings);
        damages = List.copyOf(damages);
    }
}
