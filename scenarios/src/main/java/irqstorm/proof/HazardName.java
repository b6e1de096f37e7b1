// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.machine.Hazard;
import irqstorm.machine.Hazard.Deed;
import java.util.List;

/** Names hazards as scenario files do. */
final class HazardName {
    private static final String MOVE = "hazard ";

    private HazardName() {}

    /** The hazard at place {@code index}: {@code hazard 1 (migrate)}. */
    static String of(List<Hazard> hazards, int index) {
        return MOVE + index + " (" + word(hazards.get(index).deed()) + ")";
    }

    /** What {@code move} is if it is one of {@code hazards}, or an empty string. */
    static String remark(List<Hazard> hazards, String move) {
        if (!move.startsWith(MOVE)) {
            return "";
        }
        return word(hazards.get(Integer.parseInt(move.substring(MOVE.length()).replaceFirst(" .*", "")))
                .deed());
    }

    private static String word(Deed deed) {
        if (deed instanceof Deed.ChangeFlags) {
            return "change-flags";
        }
        if (deed instanceof Deed.CorruptEoiSlot || deed instanceof Deed.CorruptEoiSlots) {
            return "corrupt-eoi-slot";
        }
        if (deed instanceof Deed.RewriteEntry) {
            return "rewrite-entry";
        }
        if (deed instanceof Deed.ChangeVector) {
            return "change-vector";
        }
        return deed instanceof Deed.Migrate ? "migrate" : "destroy-vm";
    }
}
