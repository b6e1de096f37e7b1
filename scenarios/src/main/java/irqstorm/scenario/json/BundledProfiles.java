// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.profile.ProfileEntry;
import java.util.List;

/** Reads the profiles that ship inside the jar. */
public final class BundledProfiles {
    private BundledProfiles() {}

    /** All of them, in the order in which they should be shown. */
    public static List<ProfileEntry> all() {
        ProfileReader reader = new ProfileReader();
        return BundledFiles.profileNames().stream().map(reader::named).toList();
    }
}
