// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.report.Figures;
import irqstorm.report.Overview;
import irqstorm.report.QuantityFigures;
import irqstorm.report.ReplicationWords;
import irqstorm.report.text.TextTable.Cell;
import irqstorm.report.text.TextTable.Column;
import irqstorm.stats.detector.Detection;
import irqstorm.stats.experiment.Basis;
import irqstorm.stats.experiment.ConfigurationMeasure;
import irqstorm.stats.experiment.Estimate;
import irqstorm.stats.experiment.Plan;
import irqstorm.stats.inference.Proportion;
import irqstorm.stats.measure.CpuShares;
import irqstorm.stats.measure.LineMeasure;
import java.util.ArrayList;
import java.util.List;

/** What was measured of one configuration, as text. */
final class ConfigurationText {
    private static final int INDENT = 16;

    private final ConfigurationMeasure measured;
    private final Plan plan;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private ConfigurationText(ConfigurationMeasure measured, Plan plan, Paint paint) {
        this.measured = measured;
        this.plan = plan;
        this.paint = paint;
    }

    static List<String> lines(ConfigurationMeasure measured, Plan plan, Paint paint) {
        ConfigurationText text = new ConfigurationText(measured, plan, paint);
        text.head();
        if (measured.basis() != Basis.REFUSED) {
            text.run();
            text.replications();
        }
        return text.lines;
    }

    private void head() {
        String verdict = measured.run().verdict().name();
        String name = Layout.printable(Overview.name(measured.run()));
        lines.add(paint.heading(name) + "  " + paint.verdict(measured.run().verdict(), verdict));
        entry("based on", ReplicationWords.basis(measured));
    }

    private void run() {
        for (LineMeasure line : measured.measure().lines()) {
            lines.addAll(LineText.lines(line, paint));
        }
        lines.add("");
        CpuShares cpu = measured.measure().cpu();
        entry(
                "processors",
                "L1 " + Figures.percent(cpu.l1())
                        + (cpu.l2() == null ? "" : ", L2 " + Figures.percent(cpu.l2()))
                        + ", L0 " + Figures.percent(cpu.l0()) + ", VMM " + Figures.percent(cpu.vmm())
                        + ", halted " + Figures.percent(cpu.halted()));
        lines.add("");
        detectors();
    }

    private void detectors() {
        TextTable table = new TextTable(
                Column.text("detector"), Column.number("fires at"), Column.number("times"), Column.text("measured"));
        for (Detection detection : measured.measure().detections()) {
            Long first = detection.firstNanos();
            table.row(
                    Cell.of(detection.detector()),
                    Cell.of(first == null ? "never" : Figures.about(first)),
                    Cell.of(first == null ? Figures.NONE : Figures.count(detection.firings())),
                    Cell.of(detection.closest()));
        }
        lines.addAll(table.lines(paint));
    }

    private void replications() {
        lines.add("");
        TextTable table = new TextTable(
                Column.text("over replications"), Column.number("mean"), Column.number("+-"), Column.number("n"));
        for (Estimate estimate : measured.estimates()) {
            table.row(
                    Cell.of(estimate.quantity().words()),
                    Cell.of(QuantityFigures.value(
                            estimate.interval().mean(), estimate.quantity().unit())),
                    Cell.of(QuantityFigures.halfWidth(
                            estimate.interval(), estimate.quantity().unit())),
                    Cell.of(Figures.count(estimate.interval().n())));
        }
        if (measured.basis() == Basis.REPLICATED) {
            lines.addAll(table.lines(paint));
            lines.add("");
        }
        storms();
        timeToStorm();
        steady();
        Double until = plan.until();
        if (until != null && !measured.precise()) {
            entry("precision", "+-" + Figures.percent(until) + " was not reached");
        }
    }

    private void storms() {
        Proportion storms = measured.storms();
        if (storms == null) {
            return;
        }
        entry("storm", ReplicationWords.storms(storms) + "; probability " + ReplicationWords.probability(storms));
    }

    private void timeToStorm() {
        String words = ReplicationWords.timeToStorm(measured);
        if (!words.isEmpty()) {
            entry("time to storm", words);
        }
    }

    private void steady() {
        ConfigurationMeasure.SteadyState steady = measured.steady();
        if (steady != null) {
            entry(
                    "steady state",
                    steady.reached() == 0
                            ? "not reached: the run is too short (MSER-5)"
                            : "reached in " + Figures.count(steady.reached()) + " of "
                                    + Figures.counted(measured.replications(), "replication") + ", warm-up at most "
                                    + Figures.about(steady.longestWarmUpNanos()) + " (MSER-5)");
        }
    }

    private void entry(String label, String text) {
        lines.addAll(Layout.hanging(label, text, INDENT));
    }
}
