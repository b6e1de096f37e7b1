// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.report.Overview;
import irqstorm.report.QuantityFigures;
import irqstorm.report.text.TextTable.Cell;
import irqstorm.report.text.TextTable.Column;
import irqstorm.stats.detector.DetectorChoice;
import irqstorm.stats.experiment.Basis;
import irqstorm.stats.experiment.ConfigurationMeasure;
import irqstorm.stats.experiment.Difference;
import irqstorm.stats.experiment.MeasureReport;
import irqstorm.units.DurationText;
import java.util.ArrayList;
import java.util.List;

/** A measurement as text. */
public final class MeasureText {
    private static final int RULE_INDENT = 18;

    private MeasureText() {}

    /** The lines of {@code report}. */
    public static List<String> lines(MeasureReport report, Paint paint) {
        List<String> lines = new ArrayList<>();
        Layout.wrap(report.scenario() + ": " + report.title(), Layout.WIDTH)
                .forEach(line -> lines.add(paint.heading(line)));
        String window = DurationText.format(report.plan().windowNanos());
        lines.addAll(Layout.wrap(
                "seed " + report.seed() + ", uAPI " + uapi(report)
                        + "; replication 0 in full, then 95 % intervals by Student's t, windows of " + window,
                Layout.WIDTH));
        for (ConfigurationMeasure configuration : report.configurations()) {
            lines.add("");
            lines.addAll(ConfigurationText.lines(configuration, report.plan(), paint));
        }
        if (!report.differences().isEmpty()) {
            lines.add("");
            lines.addAll(differences(report, paint));
        }
        lines.addAll(rules(report, paint));
        return lines;
    }

    private static String uapi(MeasureReport report) {
        return new Overview(report.configurations().stream()
                        .map(ConfigurationMeasure::run)
                        .toList())
                .uapi();
    }

    /** The rule of each detector, once for all configurations. */
    private static List<String> rules(MeasureReport report, Paint paint) {
        List<String> lines = new ArrayList<>();
        if (report.configurations().stream().allMatch(configuration -> configuration.basis() == Basis.REFUSED)) {
            return lines;
        }
        lines.add("");
        lines.add(paint.heading("Detectors: when each fires [where that was read]"));
        for (DetectorChoice detector : report.plan().detectors()) {
            lines.addAll(Layout.hanging(
                    detector.label(), detector.rule() + " [" + detector.kind().source() + "]", RULE_INDENT));
        }
        return lines;
    }

    private static List<String> differences(MeasureReport report, Paint paint) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.heading("Differences from " + Layout.printable(report.baseline())
                + ", paired by replication, p-values with Holm's correction"));
        TextTable table = new TextTable(
                Column.text("configuration"),
                Column.text("quantity"),
                Column.number("difference"),
                Column.number("+-"),
                Column.number("p"));
        for (Difference difference : report.differences()) {
            table.row(
                    Cell.of(difference.configuration()),
                    Cell.of(difference.quantity().words()),
                    Cell.of(signed(difference)),
                    Cell.of(QuantityFigures.halfWidth(
                            difference.paired().difference(),
                            difference.quantity().unit())),
                    Cell.of(QuantityFigures.pValue(difference.adjusted())));
        }
        lines.addAll(table.lines(paint));
        return lines;
    }

    private static String signed(Difference difference) {
        double mean = difference.paired().difference().mean();
        String text = QuantityFigures.difference(mean, difference.quantity().unit());
        return (mean > 0 ? "+" : "") + text + (difference.paired().difference().hasInterval() ? "" : " in each");
    }
}
