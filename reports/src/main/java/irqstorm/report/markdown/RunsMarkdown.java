// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.markdown;

import irqstorm.check.Verdict;
import irqstorm.report.Measures;
import irqstorm.report.Overview;
import irqstorm.run.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** Runs of a scenario as a CI step's summary: a table of the configurations, why each came out so, and what was not as expected. */
public final class RunsMarkdown {
    private RunsMarkdown() {}

    /** The lines about {@code runs} of the scenario called {@code scenario}, with {@code title}. */
    public static List<String> lines(String scenario, String title, List<RunRecord> runs) {
        Overview overview = new Overview(runs);
        List<String> lines = new ArrayList<>();
        lines.add("### " + AdviceMarkdown.escaped(scenario) + ": " + AdviceMarkdown.escaped(title));
        lines.add("");
        lines.add("| configuration | verdict | deliveries per assertion | storm rate [1/s] | L2 share | EOI exits |");
        lines.add("|---|---|---:|---:|---:|---:|");
        for (RunRecord run : runs) {
            Measures measures = Measures.of(run);
            lines.add("| "
                    + String.join(
                            " | ",
                            AdviceMarkdown.escaped(Overview.name(run)),
                            verdict(run.verdict()),
                            measures.perAssertion(),
                            measures.stormRate(),
                            measures.l2Share(),
                            measures.eoiExits())
                    + " |");
        }
        lines.add("");
        overview.byReason().forEach((reason, names) -> lines.add(item(String.join(", ", names), reason)));
        failures(overview, lines);
        return lines;
    }

    private static String verdict(Verdict verdict) {
        String text = AdviceMarkdown.escaped(verdict.name());
        return verdict == Verdict.OK ? text : "**" + text + "**";
    }

    private static void failures(Overview overview, List<String> lines) {
        List<String> failures = new ArrayList<>();
        for (RunRecord run : overview.runs()) {
            run.failures().forEach(failure -> failures.add(item(overview.shortName(run), failure)));
        }
        for (RunRecord run : overview.runs()) {
            if (run.hitLimit()) {
                failures.add(item(overview.shortName(run), Overview.limit(run)));
            }
        }
        if (!failures.isEmpty()) {
            lines.add("");
            lines.add("Not as expected:");
            lines.add("");
            lines.addAll(failures);
        }
    }

    /** An item about {@code names}. They are strong not least because a list would begin in the item if they were like "1." or "-". */
    private static String item(String names, String text) {
        return "- **" + AdviceMarkdown.escaped(names) + "**: " + AdviceMarkdown.escaped(text);
    }
}
