// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

import java.util.Locale;
import java.util.Map;

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

    /**
     * How sure the reading of the field at the dotted {@code path} is.
     *
     * @param stated what is said of fields by their paths: a path covers what is below it, the longest one that covers decides, {@code *}
     *     stands for every field, and what is not covered is verified
     */
    public static Confidence of(String path, Map<String, Confidence> stated) {
        for (String covering = path; !covering.isEmpty(); covering = parent(covering)) {
            Confidence found = stated.get(covering);
            if (found != null) {
                return found;
            }
        }
        return stated.getOrDefault("*", VERIFIED);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('.'), 0));
    }

    /** The word used in profile files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
