// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

import irqstorm.kvm.X2ApicApiFlag;
import irqstorm.machine.VmmProfile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A profile with what is known about it besides its behaviour.
 *
 * @param profile the behaviour
 * @param todaysFlags the flags that the VMM passes to KVM_CAP_X2APIC_API as it is; empty where it is not found under split irqchip
 * @param usedBy who else runs with it
 * @param confidence how sure the reading of a field is, by its dotted path; a path stands for what is below it, and {@code *} for all
 * @param provenance where it was read
 */
public record ProfileEntry(
        VmmProfile profile,
        List<X2ApicApiFlag> todaysFlags,
        List<ProfileUser> usedBy,
        Map<String, Confidence> confidence,
        Provenance provenance) {
    /** Keeps its own copies. */
    public ProfileEntry {
        todaysFlags = List.copyOf(todaysFlags);
        usedBy = List.copyOf(usedBy);
        confidence = Collections.unmodifiableMap(new LinkedHashMap<>(confidence));
    }

    /** The profile's name. */
    public String name() {
        return profile.ioApic().name();
    }

    /** Today's flags as args[0]. */
    public long todaysArgs0() {
        return todaysFlags.stream().mapToLong(X2ApicApiFlag::mask).reduce(0, (a, b) -> a | b);
    }

    /** How sure the reading of the field at the dotted {@code path} is: the longest path that covers it decides. */
    public Confidence confidenceOf(String path) {
        return Confidence.of(path, confidence);
    }
}
