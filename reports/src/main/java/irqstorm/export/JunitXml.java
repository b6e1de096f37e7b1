// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.engine.StopReason;
import irqstorm.report.Overview;
import irqstorm.run.RunRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs as JUnit XML, a configuration a test case. It fails if an expectation of the scenario was not met, as the exit code does, and is in
 * error if a limit ended it; a verdict that was expected passes, whatever it is. Times are simulated.
 */
public final class JunitXml {
    private static final int NANO_DIGITS = 9;

    private final List<String> lines = new ArrayList<>();

    private JunitXml() {}

    /** The lines of a document about {@code runs} of {@code scenario}. */
    public static List<String> lines(String scenario, List<RunRecord> runs) {
        JunitXml xml = new JunitXml();
        long failed = runs.stream()
                .filter(run -> !run.hitLimit() && !run.failures().isEmpty())
                .count();
        long errors = runs.stream().filter(RunRecord::hitLimit).count();
        long nanos = runs.stream().mapToLong(RunRecord::simulatedNanos).sum();
        xml.lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        xml.lines.add("<testsuites>");
        xml.lines.add("  <testsuite name=\"" + escaped(scenario) + "\" tests=\"" + runs.size() + "\" failures=\""
                + failed + "\" errors=\"" + errors + "\" skipped=\"0\" time=\"" + seconds(nanos) + "\">");
        runs.forEach(run -> xml.testCase(scenario, run));
        xml.lines.add("  </testsuite>");
        xml.lines.add("</testsuites>");
        return xml.lines;
    }

    private void testCase(String scenario, RunRecord run) {
        lines.add("    <testcase name=\"" + escaped(Overview.name(run)) + "\" classname=\"" + escaped(scenario)
                + "\" time=\"" + seconds(run.simulatedNanos()) + "\">");
        if (run.hitLimit()) {
            lines.add("      <error message=\"" + escaped(Overview.limit(run)) + "\" type=\""
                    + (run.stop() == StopReason.PENDING ? "pending-limit" : "event-limit") + "\"/>");
        } else if (!run.failures().isEmpty()) {
            lines.add("      <failure message=\"" + escaped(run.failures().get(0)) + "\" type=\"expectation\">"
                    + escaped(String.join("; ", run.failures())) + "</failure>");
        }
        lines.add("      <system-out>" + escaped(run.verdict() + ": " + run.reason()) + "</system-out>");
        lines.add("    </testcase>");
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString();
    }

    /** {@code text} for an attribute or an element; what XML 1.0 has no character for becomes U+FFFD. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\t', '\n', '\r' -> escaped.append("&#").append(c).append(';');
                default -> escaped.appendCodePoint(isXml(c) ? c : '\uFFFD');
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        return c >= ' '
                && c != 0xFFFE
                && c != 0xFFFF
                && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
