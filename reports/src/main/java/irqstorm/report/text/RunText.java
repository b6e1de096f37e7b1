// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.check.Verdict;
import irqstorm.report.Figures;
import irqstorm.report.HazardWords;
import irqstorm.report.Measures;
import irqstorm.report.Overview;
import irqstorm.report.text.TextTable.Cell;
import irqstorm.report.text.TextTable.Column;
import irqstorm.run.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** One run as text: what was run, the verdict and why, and the measures. */
public final class RunText {
    private static final int INDENT = 15;

    private final RunRecord run;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private RunText(RunRecord run, Paint paint) {
        this.run = run;
        this.paint = paint;
    }

    /** The lines of {@code run}, in order. */
    public static List<String> lines(RunRecord run, Paint paint) {
        RunText text = new RunText(run, paint);
        text.head();
        text.verdict();
        if (run.verdict() != Verdict.REFUSED) {
            text.table();
            text.measures();
        }
        text.failures();
        return text.lines;
    }

    private void head() {
        Layout.wrap(run.scenario() + ": " + run.title(), Layout.WIDTH).forEach(line -> lines.add(paint.heading(line)));
        RunRecord.Inputs inputs = run.inputs();
        entry("configuration", Overview.name(run));
        entry(
                "machine",
                inputs.irqchip() + " irqchip, I/O APIC " + inputs.ioApic() + " (version "
                        + Figures.hex(inputs.ioApicVersion(), 2) + "), " + Figures.counted(inputs.vcpus(), "vCPU"));
        entry("KVM", "uAPI " + inputs.uapi() + ", " + flags(inputs.flags()) + ", mode " + inputs.suppressMode());
        entry("guest", (inputs.nested() ? "nested, " : "not nested, ") + inputs.guestStart());
        entry(
                "run",
                "seed " + inputs.seed() + ", simulated " + Figures.about(run.simulatedNanos()) + ", "
                        + Figures.counted(run.events(), "event"));
        lines.add("");
    }

    private static String flags(List<String> flags) {
        return flags.isEmpty() ? "no flags" : String.join(" | ", flags);
    }

    private void verdict() {
        String label = run.verdict().name();
        List<String> text = Layout.hanging(label, run.reason(), INDENT);
        lines.add(paint.verdict(run.verdict(), label) + text.get(0).substring(label.length()));
        lines.addAll(text.subList(1, text.size()));
        if (run.violation() != null) {
            lines.addAll(Layout.hanging(run.violation().name(), run.violation().meaning(), INDENT));
        }
    }

    private void table() {
        lines.add("");
        TextTable table = new TextTable(
                Column.text("line"),
                Column.number("GSI"),
                Column.number("assertions"),
                Column.number("deliveries"),
                Column.number("redundant"),
                Column.number("deliveries\nper assertion"),
                Column.number("assert to\nservice, mean"),
                Column.number("max"),
                Column.text("state"));
        for (RunRecord.Line line : run.lines()) {
            Integer gsi = line.gsi();
            table.row(
                    Cell.of(line.name()),
                    Cell.of(gsi == null ? "MSI" : Integer.toString(gsi)),
                    Cell.of(Figures.count(line.assertions())),
                    Cell.of(Figures.count(line.deliveries())),
                    Cell.of(Figures.count(line.redundantDeliveries())),
                    Cell.of(Figures.ratio(line.amplification())),
                    Cell.of(Figures.aboutOrNone(line.meanLatencyNanos())),
                    Cell.of(Figures.aboutOrNone(line.maxLatencyNanos())),
                    Cell.of(Overview.state(line)));
        }
        lines.addAll(table.lines(paint));
        lines.add("");
    }

    private void measures() {
        RunRecord.Storm storm = run.storm();
        if (storm.episodes() > 0) {
            entry(
                    "storm",
                    Figures.counted(storm.episodes(), "episode") + ", mean " + Figures.rate(storm.meanRatePerSecond())
                            + "/s, peak " + Figures.rate(storm.peakRatePerSecond()) + "/s, longest "
                            + Figures.about(storm.longestNanos()));
        }
        entry("throttle", Figures.counted(run.throttleFirings(), "firing"));
        entry("EOI exits", Measures.of(run).eoiExits());
        Double l2 = run.guest().l2RunShare();
        entry(
                "guest ran",
                l2 == null
                        ? Figures.percent(run.guest().l1RunShare()) + " of the time"
                        : "L1 " + Figures.percent(run.guest().l1RunShare()) + ", L2 " + Figures.percent(l2)
                                + " of the time");
        if (run.hazards() != null) {
            entry("hazards", HazardWords.story(run));
            entry("hurt", HazardWords.hurt(run));
        }
        String faults = HazardWords.eoiFaults(run);
        if (!faults.isEmpty()) {
            entry("EOI slots", faults);
        }
        if (!run.fingerprint().isEmpty()) {
            entry("fingerprint", run.fingerprint());
        }
    }

    private void failures() {
        List<String> failures = new ArrayList<>(run.failures());
        if (run.hitLimit()) {
            failures.add(Overview.limit(run));
        }
        lines.addAll(FailureText.lines(failures, paint));
    }

    private void entry(String label, String text) {
        lines.addAll(Layout.hanging(label, text, INDENT));
    }
}
