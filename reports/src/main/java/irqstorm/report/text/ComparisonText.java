// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.check.EoiFaults;
import irqstorm.check.Verdict;
import irqstorm.compare.ComparisonRecord;
import irqstorm.report.Figures;
import irqstorm.report.HazardWords;
import irqstorm.report.Measures;
import irqstorm.report.Overview;
import irqstorm.report.text.TextTable.Cell;
import irqstorm.report.text.TextTable.Column;
import irqstorm.run.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A comparison as text: the table, which configurations came out how, and why each did. */
public final class ComparisonText {
    private static final int REASON_INDENT = 4;

    private final ComparisonRecord comparison;
    private final Overview overview;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private ComparisonText(ComparisonRecord comparison, Paint paint) {
        this.comparison = comparison;
        this.overview = new Overview(comparison.results());
        this.paint = paint;
    }

    /** The lines of {@code comparison}, in order. */
    public static List<String> lines(ComparisonRecord comparison, Paint paint) {
        ComparisonText text = new ComparisonText(comparison, paint);
        text.head();
        text.table();
        text.summary();
        text.reasons();
        text.hazards();
        text.failures();
        return text.lines;
    }

    private void head() {
        Layout.wrap(comparison.scenario() + ": " + comparison.title(), Layout.WIDTH)
                .forEach(line -> lines.add(paint.heading(line)));
        lines.addAll(Layout.wrap(
                "seed " + comparison.seed() + ", uAPI " + overview.uapi() + ", "
                        + Figures.counted(comparison.results().size(), "configuration") + ", simulated "
                        + overview.simulated() + " each",
                Layout.WIDTH));
        lines.add("");
    }

    private void table() {
        TextTable table = new TextTable(
                Column.text("configuration"),
                Column.text("verdict"),
                Column.number("deliveries\nper assertion"),
                Column.number("storm rate\n[1/s]"),
                Column.number("L2\nshare"),
                Column.number("EOI\nexits"));
        for (RunRecord run : comparison.results()) {
            Measures measures = Measures.of(run);
            table.row(
                    Cell.of(Overview.name(run)),
                    new Cell(run.verdict().name(), text -> paint.verdict(run.verdict(), text)),
                    Cell.of(measures.perAssertion()),
                    Cell.of(measures.stormRate()),
                    Cell.of(measures.l2Share()),
                    Cell.of(measures.eoiExits()));
        }
        lines.addAll(table.lines(paint));
        if (overview.severalLines()) {
            lines.add("Deliveries per assertion: of the worst line of each configuration.");
        }
        lines.add("");
    }

    private void summary() {
        Map<Verdict, List<String>> names = overview.byVerdict();
        int indent = names.keySet().stream()
                        .mapToInt(verdict -> Overview.meaning(verdict).length())
                        .max()
                        .orElse(0)
                + 2;
        names.forEach((verdict, configurations) -> {
            String label = Overview.meaning(verdict) + ":";
            List<String> text = Layout.hanging(label, String.join(", ", configurations), indent);
            lines.add(paint.verdict(verdict, label) + text.get(0).substring(label.length()));
            lines.addAll(text.subList(1, text.size()));
        });
        lines.add("");
    }

    /** Each reason once, after the names of all configurations that share it. */
    private void reasons() {
        overview.byReason()
                .forEach((reason, names) ->
                        lines.addAll(Layout.hanging(String.join(", ", names), reason, REASON_INDENT)));
    }

    /** What hazards did in each configuration, and who was hurt by it for how long. */
    private void hazards() {
        if (!HazardWords.areIn(comparison.results())) {
            return;
        }
        lines.add("");
        lines.add(paint.heading("What happened:"));
        HazardWords.stories(overview)
                .forEach(
                        (story, names) -> lines.addAll(Layout.hanging(String.join(", ", names), story, REASON_INDENT)));
        lines.add("");
        lines.add(paint.heading("Who is hurt, and for how long:"));
        lines.addAll(overview.runs().stream().anyMatch(HazardWords::hasEoiFaults) ? eoiFaults() : hurt());
    }

    private List<String> hurt() {
        TextTable table = new TextTable(Column.text("configuration"), Column.text("hurt"));
        for (RunRecord run : comparison.results()) {
            table.row(Cell.of(overview.shortName(run)), Cell.of(HazardWords.hurt(run)));
        }
        return table.lines(paint);
    }

    private List<String> eoiFaults() {
        TextTable table = new TextTable(
                Column.text("configuration"),
                Column.text("hurt"),
                Column.number("lost\nEOIs"),
                Column.number("wrong\nline"),
                Column.number("spurious\nexits"),
                Column.number("later EOIs\nblocked"));
        for (RunRecord run : comparison.results()) {
            RunRecord.Hazards hazards = run.hazards();
            EoiFaults faults = hazards == null ? EoiFaults.NONE : hazards.eoiFaults();
            table.row(
                    Cell.of(overview.shortName(run)),
                    Cell.of(HazardWords.hurt(run)),
                    Cell.of(Figures.count(faults.lost())),
                    Cell.of(Figures.count(faults.wrongLinesEnded())),
                    Cell.of(Figures.count(faults.spuriousExits())),
                    Cell.of(Figures.count(faults.laterExitsBlocked())));
        }
        return table.lines(paint);
    }

    private void failures() {
        List<String> failures = new ArrayList<>(overview.failures());
        for (RunRecord run : comparison.results()) {
            if (run.hitLimit()) {
                failures.add(overview.shortName(run) + ": " + Overview.limit(run));
            }
        }
        lines.addAll(FailureText.lines(failures, paint));
    }
}
