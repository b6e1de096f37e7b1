// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import java.util.ArrayList;
import java.util.List;

/** What was not as expected, as a list below a heading. */
final class FailureText {
    private FailureText() {}

    /** The lines of {@code failures}, with one that is blank before them; none if nothing failed. */
    static List<String> lines(List<String> failures, Paint paint) {
        List<String> lines = new ArrayList<>();
        if (!failures.isEmpty()) {
            lines.add("");
            lines.add(paint.heading("Not as expected:"));
            failures.forEach(failure -> lines.addAll(Layout.hanging("  -", failure, 4)));
        }
        return lines;
    }
}
