// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.advise.CellProof;
import irqstorm.advise.HostProof;
import irqstorm.proof.ConfigurationProof;
import irqstorm.report.ProofWords;
import irqstorm.report.text.TextTable.Cell;
import java.util.ArrayList;
import java.util.List;

/** What is proven of each guest with each flag, as text: for each profile and irqchip mode the table, and what was found. */
public final class AdviceProofText {
    private AdviceProofText() {}

    /** The lines of {@code proofs}. */
    public static List<String> lines(List<HostProof> proofs, Paint paint) {
        List<String> lines = new ArrayList<>();
        for (HostProof host : proofs) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(paint.heading(host.profile() + ", irqchip " + host.irqchip() + ": every order of events"));
            lines.add("");
            lines.addAll(GuestTable.lines(host.cells(), cell -> shown(cell, paint), paint));
            lines.add("");
            lines.addAll(GuestTable.reasons(host.cells(), cell -> ProofWords.finding(cell.proof())));
        }
        return lines;
    }

    private static Cell shown(CellProof cell, Paint paint) {
        ConfigurationProof proof = cell.proof();
        return new Cell(ProofWords.inShort(proof), text -> paint.outcome(proof.outcome(), text));
    }
}
