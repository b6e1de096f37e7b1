// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.check.Verdict;
import irqstorm.engine.StopReason;
import irqstorm.run.RunRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What several runs of a scenario have in common and which of them came out how. */
public final class Overview {
    private static final List<Verdict> BY_HARM = List.of(
            Verdict.OK,
            Verdict.STORM,
            Verdict.STUCK,
            Verdict.LOST,
            Verdict.VMM_STOPPED,
            Verdict.GUEST_KILLED,
            Verdict.HOST_DOWN,
            Verdict.REFUSED);

    private final List<RunRecord> runs;
    private final Map<String, String> shortNames;

    /** An overview of {@code runs}, which have different configurations. */
    public Overview(List<RunRecord> runs) {
        this.runs = List.copyOf(runs);
        this.shortNames =
                ShortNames.of(runs.stream().map(RunRecord::configuration).toList());
    }

    /** The runs in their order. */
    public List<RunRecord> runs() {
        return runs;
    }

    /** What a run's configuration is called in a table: the scenario as written has no name of its own. */
    public static String name(RunRecord run) {
        return run.configuration().isEmpty() ? "as written" : run.configuration();
    }

    /**
     * The short name of a run's configuration: what stands before its first hyphen, as {@code --config} takes it, if that
     * tells all of them apart; else the whole name.
     */
    public String shortName(RunRecord run) {
        return shortNames.getOrDefault(name(run), name(run));
    }

    /** The short names of the runs of each verdict that occurred: those that are right first, then from bad to refused. */
    public Map<Verdict, List<String>> byVerdict() {
        Map<Verdict, List<String>> found = new EnumMap<>(Verdict.class);
        for (RunRecord run : runs) {
            found.computeIfAbsent(run.verdict(), verdict -> new ArrayList<>()).add(shortName(run));
        }
        Map<Verdict, List<String>> ordered = new LinkedHashMap<>();
        for (Verdict verdict : BY_HARM) {
            List<String> names = found.get(verdict);
            if (names != null) {
                ordered.put(verdict, List.copyOf(names));
            }
        }
        return ordered;
    }

    /** The short names of the runs that ended for the same reason, by that reason, in the order of the runs. */
    public Map<String, List<String>> byReason() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        runs.forEach(run ->
                names.computeIfAbsent(run.reason(), reason -> new ArrayList<>()).add(shortName(run)));
        return names;
    }

    /** What a verdict means for the configuration, in a word or two. */
    public static String meaning(Verdict verdict) {
        return switch (verdict) {
            case OK -> "right";
            case STORM -> "storm";
            case STUCK -> "stuck";
            case LOST -> "interrupt lost";
            case VMM_STOPPED -> "VMM stopped";
            case GUEST_KILLED -> "guest killed";
            case HOST_DOWN -> "host down";
            case REFUSED -> "refused by KVM";
        };
    }

    /** What is wrong with a line when the run ends: stuck, lost, or nothing. */
    public static String state(RunRecord.Line line) {
        if (line.stuck()) {
            return "stuck";
        }
        return line.lost() ? "lost" : "";
    }

    /** Says that a limit ended {@code run}. */
    public static String limit(RunRecord run) {
        return "a limit on " + (run.stop() == StopReason.PENDING ? "pending events" : "events")
                + " ended the run after " + Figures.about(run.simulatedNanos()) + "; the verdict covers no more";
    }

    /** The revisions of the uAPI that the runs have. */
    public String uapi() {
        Collection<String> revisions = new TreeSet<>();
        runs.forEach(run -> revisions.add(run.inputs().uapi()));
        return String.join(", ", revisions);
    }

    /** The simulated time of the runs that were not refused, from the shortest to the longest. */
    public String simulated() {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (RunRecord run : runs) {
            if (run.verdict() != Verdict.REFUSED) {
                least = Math.min(least, run.simulatedNanos());
                most = Math.max(most, run.simulatedNanos());
            }
        }
        if (least >= most) {
            return Figures.about(most);
        }
        String from = Figures.about(least);
        String to = Figures.about(most);
        return from.equals(to) ? to : from + " to " + to;
    }

    /** Whether a run has more than one line. */
    public boolean severalLines() {
        return runs.stream().anyMatch(run -> run.lines().size() > 1);
    }

    /** Expectations that were not met, each with the short name of its configuration. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (RunRecord run : runs) {
            run.failures().forEach(failure -> failures.add(shortName(run) + ": " + failure));
        }
        return failures;
    }
}
