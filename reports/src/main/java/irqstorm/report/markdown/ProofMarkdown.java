// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.markdown;

import irqstorm.explore.Exploration.Outcome;
import irqstorm.proof.ConfigurationProof;
import irqstorm.proof.ProofRecord;
import irqstorm.report.ProofWords;
import java.util.ArrayList;
import java.util.List;

/** What holds in every order, as a CI step's summary. */
public final class ProofMarkdown {
    private ProofMarkdown() {}

    /** The lines about {@code record}. */
    public static List<String> lines(ProofRecord record) {
        List<String> lines = new ArrayList<>();
        lines.add("### " + AdviceMarkdown.escaped(record.scenario()) + ": " + AdviceMarkdown.escaped(record.title()));
        lines.add("");
        lines.add("| configuration | outcome | violation | events to it | states | depth | collision, at most |");
        lines.add("|---|---|---|---:|---:|---:|---:|");
        for (ConfigurationProof proof : record.results()) {
            lines.add("| "
                    + String.join(
                            " | ",
                            AdviceMarkdown.escaped(ProofWords.name(proof)),
                            outcome(proof.outcome()),
                            AdviceMarkdown.escaped(ProofWords.violation(proof)),
                            ProofWords.events(proof),
                            ProofWords.states(proof),
                            ProofWords.depth(proof),
                            ProofWords.collision(proof))
                    + " |");
        }
        lines.add("");
        new ProofWords(record)
                .findings()
                .forEach((finding, names) -> lines.add("- **" + AdviceMarkdown.escaped(String.join(", ", names))
                        + "**: " + AdviceMarkdown.escaped(finding)));
        return lines;
    }

    private static String outcome(Outcome outcome) {
        return outcome == Outcome.EXHAUSTED ? outcome.name() : "**" + outcome.name() + "**";
    }
}
