// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.explore.Search;
import irqstorm.proof.ConfigurationProof;
import irqstorm.proof.Counterexample;
import irqstorm.proof.ProofRecord;
import irqstorm.report.Figures;
import irqstorm.report.ProofWords;
import irqstorm.report.text.TextTable.Cell;
import irqstorm.report.text.TextTable.Column;
import java.util.ArrayList;
import java.util.List;

/** What holds in every order, as text: the table of the configurations, what was found of each, and of a single one the counterexample. */
public final class ProofText {
    private static final int INDENT = 4;

    private ProofText() {}

    /** The lines of {@code record}, in order. */
    public static List<String> lines(ProofRecord record, Paint paint) {
        ProofWords words = new ProofWords(record);
        List<String> lines = new ArrayList<>();
        Layout.wrap(record.scenario() + ": " + record.title(), Layout.WIDTH)
                .forEach(line -> lines.add(paint.heading(line)));
        lines.add("every order of events, " + Figures.counted(record.results().size(), "configuration") + ", "
                + words.effort());
        lines.add("");
        lines.addAll(table(record, paint));
        lines.add("");
        words.findings()
                .forEach((finding, names) -> lines.addAll(Layout.hanging(String.join(", ", names), finding, INDENT)));
        if (record.results().size() == 1) {
            lines.addAll(counterexample(record.results().get(0), paint));
        }
        return lines;
    }

    private static List<String> counterexample(ConfigurationProof proof, Paint paint) {
        Counterexample example = proof.counterexample();
        if (example == null) {
            return List.of();
        }
        boolean shortest = proof.bounds().search() == Search.BREADTH_FIRST;
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(CounterexampleText.lines(example, shortest ? "The shortest way there" : "A way there", paint));
        return lines;
    }

    private static List<String> table(ProofRecord record, Paint paint) {
        TextTable table = new TextTable(
                Column.text("configuration"),
                Column.text("outcome"),
                Column.text("violation"),
                Column.number("events\nto it"),
                Column.number("states"),
                Column.number("depth"),
                Column.number("collision,\nat most"));
        for (ConfigurationProof proof : record.results()) {
            table.row(
                    Cell.of(ProofWords.name(proof)),
                    new Cell(proof.outcome().name(), text -> paint.outcome(proof.outcome(), text)),
                    Cell.of(ProofWords.violation(proof)),
                    Cell.of(ProofWords.events(proof)),
                    Cell.of(ProofWords.states(proof)),
                    Cell.of(ProofWords.depth(proof)),
                    Cell.of(ProofWords.collision(proof)));
        }
        return table.lines(paint);
    }
}
