// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.advise.CellProof;
import irqstorm.advise.HostProof;
import irqstorm.proof.ConfigurationProof;
import irqstorm.report.ProofWords;
import irqstorm.report.text.TextTable.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
            lines.addAll(GuestTable.lines(host.cells(), CellProof::guest, cell -> shown(cell, paint), paint));
            lines.add("");
            findings(host)
                    .forEach((finding, names) ->
                            lines.addAll(Layout.hanging(String.join(", ", names), finding, INDENT)));
        }
        return lines;
    }

    private static Cell shown(CellProof cell, Paint paint) {
        ConfigurationProof proof = cell.proof();
        return new Cell(ProofWords.inShort(proof), text -> paint.outcome(proof.outcome(), text));
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
