// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import java.util.Locale;

/**
 * What became of a case.
 *
 * @param id the case
 * @param kind whether it passed
 * @param reason why it did not; empty if it did
 */
record Outcome(String id, Kind kind, String reason) {
    enum Kind {
        PASSED,
        FAILED,
        UNSUPPORTED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
