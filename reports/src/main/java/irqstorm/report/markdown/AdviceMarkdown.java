// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.markdown;

import irqstorm.advise.AdviceCell;
import irqstorm.advise.HostAdvice;
import irqstorm.advise.Recommendation;
import irqstorm.advise.SuppressFlag;
import irqstorm.report.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Advice as two tables: what to do and why, and what came of each guest with each flag. */
public final class AdviceMarkdown {
    /** What Markdown or HTML could take for markup. */
    private static final String MARKUP = "\\`*_[]<>#|~&$:@";

    private AdviceMarkdown() {}

    /**
     * The lines of {@code advice}.
     *
     * @param asked the flag whose safety is asked about; empty for what each VMM passes today
     */
    public static List<String> lines(List<HostAdvice> advice, Optional<SuppressFlag> asked) {
        List<String> lines = new ArrayList<>();
        lines.add(row("profile", "irqchip", "recommended", "`args[0]`", asked.isPresent() ? "asked" : "today", "why"));
        lines.add("|---|---|---|---|---|---|");
        for (HostAdvice host : advice) {
            Recommendation recommendation = host.recommendation();
            SuppressFlag chosen = asked.orElse(host.today());
            lines.add(row(
                    escaped(host.profile()),
                    escaped(host.irqchip()),
                    recommended(recommendation),
                    recommendation.args0() == 0 ? "no call" : "`" + Figures.hex(recommendation.args0(), 1) + "`",
                    chosen.shortLabel() + (host.isSafe(chosen) ? " (safe)" : " (**unsafe**)"),
                    escaped(recommendation.reason())));
        }
        lines.add("");
        List<String> heads = new ArrayList<>(List.of("profile", "irqchip", "guest"));
        Arrays.stream(SuppressFlag.values()).map(SuppressFlag::shortLabel).forEach(heads::add);
        lines.add(row(heads.toArray(String[]::new)));
        lines.add("|---|---|---|" + "---|".repeat(SuppressFlag.values().length));
        advice.forEach(host -> guests(host, lines));
        return lines;
    }

    private static void guests(HostAdvice host, List<String> lines) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (AdviceCell cell : host.cells()) {
            rows.computeIfAbsent(
                            cell.guest().name(),
                            name -> new ArrayList<>(
                                    List.of(escaped(host.profile()), escaped(host.irqchip()), escaped(name))))
                    .add(verdict(cell, cell.flag() == host.recommendation().flag()));
        }
        rows.values().forEach(cells -> lines.add(row(cells.toArray(String[]::new))));
    }

    private static String recommended(Recommendation recommendation) {
        SuppressFlag flag = recommendation.flag();
        if (flag == null) {
            return "none is safe";
        }
        return recommendation.safe() ? flag.shortLabel() : flag.shortLabel() + " (**unsafe**)";
    }

    private static String verdict(AdviceCell cell, boolean recommended) {
        Double rate = cell.deliveriesPerSecond();
        String text = escaped(cell.verdict().name()) + (rate == null ? "" : " " + Figures.rate(rate) + "/s");
        return recommended ? "**" + text + "**" : text;
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /**
     * {@code text} with a backslash before everything that is not meant as markup, on one line and without spaces at its ends, next to
     * which asterisks are only asterisks.
     */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (MARKUP.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(Character.isISOControl(c) ? ' ' : c);
        }
        return escaped.toString().strip();
    }
}
