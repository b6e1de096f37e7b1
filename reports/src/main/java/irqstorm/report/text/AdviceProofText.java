// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.advise.CellProof;
import irqstorm.advise.HostProof;
import irqstorm.advise.SuppressFlag;
import irqstorm.proof.ConfigurationProof;
import irqstorm.report.ProofWords;
import irqstorm.report.text.TextTable.Cell;
import irqstorm.report.text.TextTable.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is proven of each guest with each flag, as text: for each profile and irqchip mode the table, and what was found. */
public final class AdviceProofText {
    private static final int INDENT = 4;

    private AdviceProofText() {}

    /** The lines of {@code proofs}. */
    public static List<String> lines(List<HostProof> proofs, Paint paint) {
        List<String> lines = new ArrayList<>();
        for (HostProof host : proofs) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(paint.heading(host.profile() + ", irqchip " + host.irqchip() + ": every order of events"));
            lines.addAll(table(host, paint));
            lines.add("");
            findings(host)
                    .forEach((finding, names) ->
                            lines.addAll(Layout.hanging(String.join(", ", names), finding, INDENT)));
        }
        return lines;
    }

    private static List<String> table(HostProof host, Paint paint) {
        Column[] columns = Stream.concat(
                        Stream.of(Column.text("guest")),
                        Arrays.stream(SuppressFlag.values()).map(flag -> Column.text(flag.shortLabel())))
                .toArray(Column[]::new);
        TextTable table = new TextTable(columns);
        Map<String, List<Cell>> rows = new LinkedHashMap<>();
        for (CellProof cell : host.cells()) {
            ConfigurationProof proof = cell.proof();
            rows.computeIfAbsent(cell.guest().name(), name -> new ArrayList<>(List.of(Cell.of(name))))
                    .add(new Cell(ProofWords.inShort(proof), text -> paint.outcome(proof.outcome(), text)));
        }
        rows.values().forEach(cells -> table.row(cells.toArray(Cell[]::new)));
        return table.lines(paint);
    }

    /** What was found, after the guests and flags that it was found of. */
    private static Map<String, List<String>> findings(HostProof host) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (CellProof cell : host.cells()) {
            found.computeIfAbsent(ProofWords.finding(cell.proof()), finding -> new ArrayList<>())
                    .add(cell.guest().name() + " (" + cell.flag().shortLabel() + ")");
        }
        return found;
    }
}
