// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import org.jspecify.annotations.Nullable;

/** Whole numbers of the command line that have to be in a range. */
final class BoundedNumber {
    private BoundedNumber() {}

    /** {@code number}, which the user gave as {@code option}, or {@code otherwise} if there is none. */
    static int of(String option, @Nullable Long number, int min, int max, int otherwise) {
        if (number == null) {
            return otherwise;
        }
        if (number < min || number > max) {
            throw new BadInput("found " + option + " " + number + ", expected " + min + " to " + max);
        }
        return (int) (long) number;
    }
}
