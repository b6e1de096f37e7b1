// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

import java.util.Locale;

/** How sure the reading of a field is. */
public enum Confidence {
    /** Read in the source. */
    VERIFIED,
    /** Follows from what was read; not tried. */
    DEDUCED,
    /** Read in an old version. */
    OLD,
    /** Not established: the value is a guess. */
    UNKNOWN;

    /** The word used in profile files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
