// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.profile.ProfileEntry;

/** Bundled profiles changed by a merge patch, read as strictly as any. */
public final class PatchedProfiles {
    private PatchedProfiles() {}

    /** The bundled profile called {@code name}, changed by {@code patch}, a JSON merge patch. */
    public static ProfileEntry of(String name, String patch) {
        return BundledFiles.profile(name)
                .patched(name + " patched", JsonSource.text("patch", patch))
                .read(ProfileReader::read);
    }

    /** The schema of profiles. */
    public static JsonDocument schema() {
        return new JsonDocument("profile.schema.json", Schemas.profile());
    }
}
