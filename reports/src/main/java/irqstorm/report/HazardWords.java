// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.check.Damage;
import irqstorm.check.EoiFaults;
import irqstorm.check.Happening;
import irqstorm.run.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What hazards did to a run, in words: what happened, and who was hurt for how long. */
public final class HazardWords {
    private static final int MOST_MOMENTS = 3;

    private HazardWords() {}

    /** Whether any of {@code runs} had hazards. */
    public static boolean areIn(List<RunRecord> runs) {
        return runs.stream().anyMatch(run -> run.hazards() != null);
    }

    /** Who was hurt and for how long, the worst first; {@link Figures#NONE} without hazards. */
    public static String hurt(RunRecord run) {
        RunRecord.Hazards hazards = run.hazards();
        if (hazards == null) {
            return Figures.NONE;
        }
        List<Damage> worst = hazards.damages();
        for (Damage.Kind kind : List.of(Damage.Kind.HOST, Damage.Kind.GUEST)) {
            for (Damage damage : worst) {
                if (damage.kind() == kind) {
                    return (kind == Damage.Kind.HOST ? "host and its guests" : "guest") + ", for good";
                }
            }
        }
        List<String> lines = new ArrayList<>();
        byLine(worst, Damage.Kind.LINE_BLOCKED)
                .forEach((line, nanos) ->
                        lines.add(line + ", " + (nanos == Damage.FOR_GOOD ? "for good" : Figures.about(nanos))));
        byLine(worst, Damage.Kind.LINE_ENDED_BY_MISTAKE).keySet().forEach(line -> lines.add(line + ", one EOI early"));
        if (run.storm().episodes() > 0) {
            lines.add("guest storms, " + Figures.about(run.storm().longestNanos()));
        }
        return lines.isEmpty() ? "nobody" : String.join("; ", lines);
    }

    /** How long each line was hurt in this way altogether, nanoseconds, or {@link Damage#FOR_GOOD}. */
    private static Map<String, Long> byLine(List<Damage> damages, Damage.Kind kind) {
        Map<String, Long> nanos = new LinkedHashMap<>();
        for (Damage damage : damages) {
            if (damage.kind() == kind) {
                long lasted = damage.isForGood() ? Damage.FOR_GOOD : damage.toNanos() - damage.fromNanos();
                nanos.merge(
                        damage.who(),
                        lasted,
                        (a, b) -> a == Damage.FOR_GOOD || b == Damage.FOR_GOOD ? Damage.FOR_GOOD : a + b);
            }
        }
        return nanos;
    }

    /** What happened, in one sentence; empty without hazards. */
    public static String story(RunRecord run) {
        RunRecord.Hazards hazards = run.hazards();
        if (hazards == null) {
            return "";
        }
        Map<String, List<String>> moments = new LinkedHashMap<>();
        for (Happening happening : hazards.happenings()) {
            moments.computeIfAbsent(Figures.about(happening.timeNanos()), time -> new ArrayList<>())
                    .add(happening.text());
        }
        List<String> clauses = new ArrayList<>();
        moments.forEach((time, texts) -> {
            if (clauses.size() < MOST_MOMENTS) {
                clauses.add((clauses.isEmpty() ? "At " : "at ") + time + " " + String.join(", ", texts));
            }
        });
        if (clauses.isEmpty()) {
            return "Nothing happened.";
        }
        int more = moments.size() - clauses.size();
        return String.join("; ", clauses) + (more == 0 ? "" : "; and so on, " + Figures.counted(more, "time") + " more")
                + ".";
    }

    /** The short names of the runs of {@code overview} with hazards, by what happened in them, in one sentence. */
    public static Map<String, List<String>> stories(Overview overview) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (RunRecord run : overview.runs()) {
            if (run.hazards() != null) {
                names.computeIfAbsent(story(run), story -> new ArrayList<>()).add(overview.shortName(run));
            }
        }
        return names;
    }

    /** Whether EOI slots were corrupted in {@code run}. */
    public static boolean hasEoiFaults(RunRecord run) {
        return run.hazards() != null && run.hazards().eoiFaults().corrupted() > 0;
    }

    /** What came of corrupted EOI slots, in a line; empty if there were none. */
    public static String eoiFaults(RunRecord run) {
        RunRecord.Hazards hazards = run.hazards();
        if (hazards == null || !hasEoiFaults(run)) {
            return "";
        }
        EoiFaults faults = hazards.eoiFaults();
        return Figures.counted(faults.corrupted(), "slot") + " corrupted, "
                + Figures.counted(faults.lost(), "EOI") + " lost, " + faults.wrongLinesEnded()
                + " on a wrong line, " + faults.spuriousExits() + " spurious, "
                + faults.laterExitsBlocked() + " later ones blocked";
    }
}
