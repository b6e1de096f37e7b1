// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.check.Verdict;
import irqstorm.run.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run that a table of configurations shows, in words; {@link Figures#NONE} where one means nothing.
 *
 * @param perAssertion deliveries per assertion, of the line that is worst: stuck, lost, or with the most
 * @param stormRate deliveries per second during storms
 * @param l2Share the share of the time in which L2 ran
 * @param eoiExits how many KVM_EXIT_IOAPIC_EOI there were; means nothing unless the irqchip is split
 */
public record Measures(String perAssertion, String stormRate, String l2Share, String eoiExits) {
    private static final Measures NOT_RUN = new Measures(Figures.NONE, Figures.NONE, Figures.NONE, Figures.NONE);
    private static final String SPLIT = "split";

    /** The figures of {@code run}. */
    public static Measures of(RunRecord run) {
        if (run.verdict() == Verdict.REFUSED) {
            return NOT_RUN;
        }
        return new Measures(
                Figures.ratio(worstAmplification(run)),
                run.storm().episodes() == 0
                        ? Figures.NONE
                        : Figures.rate(run.storm().meanRatePerSecond()),
                Figures.percent(run.guest().l2RunShare()),
                run.inputs().irqchip().equals(SPLIT) ? Figures.count(run.eoiExits()) : Figures.NONE);
    }

    /** Of the lines at fault, or of all if none is, the one with the most deliveries per assertion. */
    private static @Nullable Double worstAmplification(RunRecord run) {
        boolean fault = run.lines().stream().anyMatch(Measures::isAtFault);
        Double worst = null;
        for (RunRecord.Line line : run.lines()) {
            Double amplification = line.amplification();
            if (amplification != null && isAtFault(line) == fault && (worst == null || amplification > worst)) {
                worst = amplification;
            }
        }
        return worst;
    }

    private static boolean isAtFault(RunRecord.Line line) {
        return line.stuck() || line.lost();
    }
}
