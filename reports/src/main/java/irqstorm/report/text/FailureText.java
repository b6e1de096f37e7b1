// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import java.util.List;

/** What was not as expected, as a list below a heading. */
final class FailureText {
    private FailureText() {}

    /** The lines of {@code failures}, with one that is blank before them; none if nothing failed. */
    static List<String> lines(List<String> failures, Paint paint) {
        return Layout.list(paint.heading("Not as expected:"), failures);
    }
}
