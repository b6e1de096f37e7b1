// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.check.Verdict;
import java.util.List;

/**
 * The advice for one profile in one irqchip mode.
 *
 * @param profile the profile's name
 * @param irqchip the irqchip mode's label
 * @param todaysFlags the flags that the VMM passes today
 * @param today which of the flags in question is among them
 * @param cells guest by guest, flag by flag
 * @param recommendation what to do
 */
public record HostAdvice(
        String profile,
        String irqchip,
        List<String> todaysFlags,
        SuppressFlag today,
        List<AdviceCell> cells,
        Recommendation recommendation) {
    /** Keeps its own copies. */
    public HostAdvice {
        todaysFlags = List.copyOf(todaysFlags);
        cells = List.copyOf(cells);
    }

    /** Whether every guest that boots with {@code flag} is right. */
    public boolean isSafe(SuppressFlag flag) {
        return cells.stream()
                .filter(cell -> cell.flag() == flag && cell.guest().fresh())
                .allMatch(cell -> cell.verdict() == Verdict.OK);
    }
}
