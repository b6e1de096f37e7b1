// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.check.Verdict;
import irqstorm.kvm.IrqchipMode;
import irqstorm.profile.ProfileEntry;
import java.util.List;

/** Recommends. */
final class Recommender {
    private final ProfileEntry entry;

    Recommender(ProfileEntry entry, IrqchipMode irqchip, List<AdviceCell> cells) {
        this.entry = entry;
    }

    Recommendation recommend() {
        return new Recommendation(SuppressFlag.NONE, true, entry.todaysArgs0(), String.valueOf(Verdict.OK));
    }
}
