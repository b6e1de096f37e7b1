// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import irqstorm.profile.ProfileEntry;
import irqstorm.profile.ProfileRecord;
import irqstorm.scenario.json.BundledFiles;
import irqstorm.scenario.json.BundledProfiles;
import java.util.List;
import java.util.Optional;

/** The profiles that ship with irqstorm. */
public final class ProfileLibrary {
    private ProfileLibrary() {}

    /** The names of the profiles, in the order in which they should be shown. */
    public static List<String> names() {
        return BundledFiles.profileNames();
    }

    /** All of them, in that order. */
    public static List<ProfileEntry> all() {
        return BundledProfiles.all();
    }

    /**
     * The bundled profile that the I/O APIC of {@code scenario} is, or was before the scenario changed fields of it; empty if the scenario
     * names none of these.
     */
    public static Optional<ProfileUse> usedBy(Scenario scenario) {
        return find(scenario.machine().ioApic().name())
                .map(entry -> new ProfileUse(
                        ProfileRecord.of(entry),
                        entry.profile().ioApic().equals(scenario.machine().ioApic())));
    }

    /** The profile of that name, or the one that a user of that name runs with. */
    public static Optional<ProfileEntry> find(String name) {
        List<ProfileEntry> all = all();
        Optional<ProfileEntry> named =
                all.stream().filter(entry -> entry.name().equals(name)).findFirst();
        return named.or(() -> all.stream()
                .filter(entry ->
                        entry.usedBy().stream().anyMatch(user -> user.name().equals(name)))
                .findFirst());
    }
}
