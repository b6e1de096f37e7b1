// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.profile.ProfileEntry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the flag, by what came of the guests.
 *
 * <p>With KVM's I/O APIC or none of KVM's local APICs nothing is advertised by KVM, and no flag is needed. Under split irqchip one of the
 * two has to be chosen, since the quirk advertises what it does not do: one with which every guest that boots is right; among those the
 * one with which more guests are right that were resumed with directed EOI in use; among those ENABLE if the I/O APIC has an EOI register
 * and DISABLE if not. If none is right for all that boot, the one with which most guests are, unless there is no such guest.
 */
final class Recommender {
    private static final List<SuppressFlag> FLAGS = List.of(SuppressFlag.ENABLE, SuppressFlag.DISABLE);

    private final ProfileEntry entry;
    private final IrqchipMode irqchip;
    private final long todaysArgs0;
    private final List<AdviceCell> cells;

    Recommender(HostCells host, List<AdviceCell> cells) {
        this.entry = host.entry();
        this.irqchip = host.irqchip();
        this.todaysArgs0 = host.todaysArgs0();
        this.cells = cells;
    }

    Recommendation recommend() {
        return irqchip == IrqchipMode.SPLIT ? oneOfTwo() : none();
    }

    private Recommendation none() {
        RecommendationReason reason = new RecommendationReason(entry, irqchip, cells);
        return isSafe(SuppressFlag.NONE) ? with(SuppressFlag.NONE, true, reason.ofNone()) : nothing(reason.ofNothing());
    }

    private Recommendation oneOfTwo() {
        RecommendationReason reason = new RecommendationReason(entry, irqchip, cells);
        SuppressFlag preferred =
                RecommendationReason.hasEoiRegister(entry) ? SuppressFlag.ENABLE : SuppressFlag.DISABLE;
        Optional<SuppressFlag> best = FLAGS.stream()
                .filter(flag -> rightGuests(flag) > 0)
                .max(Comparator.comparing(this::isSafe)
                        .thenComparing(this::rightGuests)
                        .thenComparing(flag -> flag == preferred));
        if (best.isEmpty()) {
            return nothing(reason.ofNothing());
        }
        SuppressFlag flag = best.get();
        return isSafe(flag) ? with(flag, true, reason.ofSafe(flag)) : with(flag, false, reason.ofLeastWrong(flag));
    }

    private Recommendation with(SuppressFlag flag, boolean safe, String reason) {
        return new Recommendation(flag, safe, flag.in(todaysArgs0), names(flag.in(todaysArgs0)), reason);
    }

    private Recommendation nothing(String reason) {
        long args0 = SuppressFlag.NONE.in(todaysArgs0);
        return new Recommendation(null, false, args0, names(args0), reason);
    }

    private static List<String> names(long args0) {
        return Arrays.stream(X2ApicApiFlag.values())
                .filter(flag -> flag.isIn(args0))
                .map(Enum::name)
                .toList();
    }

    private boolean isSafe(SuppressFlag flag) {
        return HostAdvice.isSafe(cells, flag);
    }

    /** How many are right of those that boot or were resumed using directed EOI; no guest that has SPIV bit 12 without that is known. */
    private long rightGuests(SuppressFlag flag) {
        return cells.stream()
                .filter(cell -> cell.flag() == flag && cell.isOk())
                .filter(cell -> cell.guest().fresh() || cell.guest().usesDirectedEoi())
                .count();
    }
}
