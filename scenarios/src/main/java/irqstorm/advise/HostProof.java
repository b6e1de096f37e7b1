// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.explore.Exploration.Outcome;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is proven of one profile in one irqchip mode.
 *
 * @param profile the profile's name
 * @param irqchip the irqchip mode's label
 * @param today which of the flags the VMM passes today
 * @param cells guest by guest, flag by flag
 */
public record HostProof(String profile, String irqchip, SuppressFlag today, List<CellProof> cells) {
    /** Keeps its own copy. */
    public HostProof {
        cells = List.copyOf(cells);
    }

    /** Whether every order of every guest that boots with {@code flag} was tried, and none is wrong. */
    public boolean isProven(SuppressFlag flag) {
        return fresh(flag).allMatch(cell -> cell.proof().outcome() == Outcome.EXHAUSTED);
    }

    /** Whether some order of a guest that boots with {@code flag} is wrong. */
    public boolean isViolated(SuppressFlag flag) {
        return fresh(flag).anyMatch(cell -> cell.proof().outcome() == Outcome.VIOLATION);
    }

    private Stream<CellProof> fresh(SuppressFlag flag) {
        return cells.stream().filter(cell -> cell.flag() == flag && cell.guest().fresh());
    }
}
