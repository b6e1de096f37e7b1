// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.run.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which configuration the runs speak for.
 *
 * <p>Of the configurations that are right, first come those whose setting is right wherever it occurs: what a VMM chooses is the irqchip,
 * the flags and the I/O APIC; what the guest does and whether it was restored is not its choice. Then the fewest EOI exits count, then
 * the fewest redundant deliveries, then the order of the file. Where hazards strike, there is nothing to recommend.
 *
 * @param run the recommended one; empty if none is right, or hazards make the difference
 * @param reason why, in sentences
 * @param passedOver each other configuration that is right, and what speaks against it
 */
public record Choice(Optional<RunRecord> run, String reason, List<String> passedOver) {
    private static final String HAZARDS =
            "The configurations differ in what happens to the machine while it runs, which nobody chooses; "
                    + "the verdicts and who is hurt are below.";
    private static final String AS_GOOD = "just as good by these figures; it stands later in the file";

    /** Keeps its own copy. */
    public Choice {
        passedOver = List.copyOf(passedOver);
    }

    /** What a VMM decides. */
    private record Setting(String irqchip, String uapi, List<String> flags, String ioApic) {
        static Setting of(RunRecord run) {
            RunRecord.Inputs inputs = run.inputs();
            return new Setting(inputs.irqchip(), inputs.uapi(), inputs.flags(), inputs.ioApic());
        }

        @Override
        public String toString() {
            return "irqchip " + irqchip + ", "
                    + (flags.isEmpty() ? "no KVM_CAP_X2APIC_API suppression flag" : String.join(", ", flags)) + ", "
                    + ioApic;
        }
    }

    /** The choice among the runs of {@code overview}. */
    public static Choice of(Overview overview) {
        List<RunRecord> runs = overview.runs();
        List<RunRecord> right = runs.stream().filter(PlainWords::isRight).toList();
        if (runs.stream().anyMatch(run -> run.hazards() != null)) {
            return new Choice(Optional.empty(), HAZARDS, List.of());
        }
        Optional<RunRecord> best = right.stream()
                .min(Comparator.<RunRecord>comparingInt(run -> wrong(run, runs).isEmpty() ? 0 : 1)
                        .thenComparingLong(RunRecord::eoiExits)
                        .thenComparingLong(PlainWords::redundant));
        if (best.isEmpty()) {
            return new Choice(
                    best, "No configuration is right: none of them can be recommended for this guest.", List.of());
        }
        List<String> others = new ArrayList<>();
        for (RunRecord run : right) {
            if (!run.equals(best.get())) {
                others.add(overview.shortName(run) + ": " + against(run, best.get(), overview) + ".");
            }
        }
        return new Choice(best, reason(best.get(), right, overview), others);
    }

    /** The runs with the setting of {@code run} that are not right. */
    private static List<RunRecord> wrong(RunRecord run, List<RunRecord> runs) {
        return runs.stream()
                .filter(other -> Setting.of(other).equals(Setting.of(run)) && !PlainWords.isRight(other))
                .toList();
    }

    private static String reason(RunRecord best, List<RunRecord> right, Overview overview) {
        List<RunRecord> wrong = wrong(best, overview.runs());
        List<RunRecord> same = overview.runs().stream()
                .filter(run -> Setting.of(run).equals(Setting.of(best)))
                .toList();
        String setting = Setting.of(best) + ": ";
        String steady;
        if (!wrong.isEmpty()) {
            steady = setting + "right here, but wrong in " + names(wrong, overview)
                    + "; no setting is right in every configuration that has it.";
        } else if (same.size() > 1) {
            steady = setting + "right in every configuration that has this setting (" + names(same, overview) + ").";
        } else {
            steady = setting + "right.";
        }
        long exits = best.eoiExits();
        long redundant = PlainWords.redundant(best);
        if (right.size() == 1) {
            return steady + " It is the only one that is right, with " + Figures.counted(exits, "EOI exit") + ".";
        }
        String chosen = " Of the right ones whose setting is as steady, it has the fewest EOI exits ("
                + Figures.count(exits) + "), then the fewest redundant deliveries (" + Figures.count(redundant) + ")";
        boolean tie = right.stream()
                .anyMatch(
                        run -> !run.equals(best) && against(run, best, overview).equals(AS_GOOD));
        return steady + chosen + (tie ? "; of equals, the first in the file is taken." : ".");
    }

    private static String against(RunRecord run, RunRecord best, Overview overview) {
        List<RunRecord> wrong = wrong(run, overview.runs());
        if (!wrong.isEmpty() && wrong(best, overview.runs()).isEmpty()) {
            return "the same irqchip, flags and I/O APIC go wrong in " + names(wrong, overview);
        }
        if (run.eoiExits() != best.eoiExits()) {
            return Figures.counted(run.eoiExits(), "EOI exit") + " instead of " + Figures.count(best.eoiExits());
        }
        if (PlainWords.redundant(run) != PlainWords.redundant(best)) {
            return Figures.count(PlainWords.redundant(run)) + " redundant deliveries instead of "
                    + Figures.count(PlainWords.redundant(best));
        }
        return AS_GOOD;
    }

    private static String names(List<RunRecord> runs, Overview overview) {
        return String.join(", ", runs.stream().map(overview::shortName).toList());
    }
}
