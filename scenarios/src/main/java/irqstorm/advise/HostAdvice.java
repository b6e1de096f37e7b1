// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import java.util.List;

/**
 * The advice for one profile in one irqchip mode.
 *
 * @param profile the profile's name
 * @param irqchip the irqchip mode's label
 * @param today which of the flags the VMM passes today
 * @param cells guest by guest, flag by flag
 * @param recommendation what to do
 */
public record HostAdvice(
        String profile, String irqchip, SuppressFlag today, List<AdviceCell> cells, Recommendation recommendation) {
    /** Keeps its own copy. */
    public HostAdvice {
        cells = List.copyOf(cells);
    }

    /** Whether every guest that boots with {@code flag} is right. */
    public boolean isSafe(SuppressFlag flag) {
        return isSafe(cells, flag);
    }

    static boolean isSafe(List<AdviceCell> cells, SuppressFlag flag) {
        return cells.stream()
                .filter(cell -> cell.flag() == flag && cell.guest().fresh())
                .allMatch(AdviceCell::isOk);
    }
}
