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
 */
public record Findings(
        Verdict verdict,
        String reason,
        List<LineResult> lines,
        StormResult storm,
        long throttleFirings,
        long eoiExits) {
    /** Keeps its own copy. */
    public Findings {
        lines = List.copyOf(lines);
    }
}
