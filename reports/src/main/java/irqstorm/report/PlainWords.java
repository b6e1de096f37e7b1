// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.check.Verdict;
import irqstorm.run.RunRecord;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A verdict in one sentence for who does not know its reason yet. */
public final class PlainWords {
    private PlainWords() {}

    /** What became of {@code run}. */
    public static String of(RunRecord run) {
        return switch (run.verdict()) {
            case OK -> right(run);
            case STORM -> storm(run);
            case STUCK -> "Goes dead: " + names(run, RunRecord.Line::stuck) + " will not interrupt the guest again.";
            case LOST -> "Loses interrupts of " + names(run, RunRecord.Line::lost) + ".";
            case VMM_STOPPED -> "The VMM stops after " + Figures.about(run.simulatedNanos()) + ".";
            case GUEST_KILLED -> "The guest is killed after " + Figures.about(run.simulatedNanos()) + ".";
            case HOST_DOWN -> "The host goes down after " + Figures.about(run.simulatedNanos()) + ".";
            case REFUSED -> "Cannot be set up: KVM refuses the flags with " + run.errno() + ".";
        };
    }

    /** How many deliveries of {@code run} were redundant. */
    static long redundant(RunRecord run) {
        return run.lines().stream()
                .mapToLong(RunRecord.Line::redundantDeliveries)
                .sum();
    }

    private static String right(RunRecord run) {
        long redundant = redundant(run);
        return redundant == 0
                ? "Works: every interrupt is delivered, none more often than needed."
                : "Works: every interrupt is delivered; " + Figures.count(redundant)
                        + (redundant == 1 ? " delivery was" : " deliveries were") + " redundant.";
    }

    private static String storm(RunRecord run) {
        String line = run.lines().stream()
                .max(Comparator.comparingLong(RunRecord.Line::redundantDeliveries))
                .map(worst -> worst.name() + " is delivered " + Figures.count(worst.deliveries()) + " times for "
                        + Figures.counted(worst.assertions(), "assertion"))
                .orElse("a line is delivered again and again");
        Double l2 = run.guest().l2RunShare();
        return "Storms: " + line + (l2 == null ? "." : ", and L2 runs " + Figures.percent(l2) + " of the time.");
    }

    private static String names(RunRecord run, Predicate<RunRecord.Line> which) {
        String names =
                run.lines().stream().filter(which).map(RunRecord.Line::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "a line" : names;
    }

    /** Whether {@code run} was seen through to its end and was right. */
    static boolean isRight(RunRecord run) {
        return run.verdict() == Verdict.OK && !run.hitLimit();
    }
}
