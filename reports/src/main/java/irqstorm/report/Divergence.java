// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run parts from another one: the first event that differs in anything, be it only its time or its cause.
 *
 * @param sentence until which event they are alike, and what differs then
 * @param rows both runs, from shortly before until shortly after; none if they are alike
 */
public record Divergence(String sentence, List<Row> rows) {
    private static final int ROWS_BEFORE = 3;
    private static final int ROWS_AFTER = 8;

    /** Keeps its own copy. */
    public Divergence {
        rows = List.copyOf(rows);
    }

    /**
     * An event of each run.
     *
     * @param base that of the one, or null if it has ended
     * @param other that of the other, or null if it has ended
     */
    public record Row(Report.@Nullable Happening base, Report.@Nullable Happening other) {
        /** Whether they differ. */
        public boolean differs() {
            return base == null || !base.equals(other);
        }
    }

    /** A run and what it is called. */
    private record Side(String name, List<Report.Happening> events) {
        Report.@Nullable Happening at(int index) {
            return index < events.size() ? events.get(index) : null;
        }
    }

    /** Where {@code other} parts from {@code base}; both ran. */
    static Divergence of(Report.Section base, Report.Section other, Overview overview) {
        Side one = new Side(overview.shortName(base.run()), base.opening());
        Side two = new Side(overview.shortName(other.run()), other.opening());
        int shorter = Math.min(one.events().size(), two.events().size());
        int alike = 0;
        while (alike < shorter && one.events().get(alike).equals(two.events().get(alike))) {
            alike++;
        }
        if (alike == one.events().size() && alike == two.events().size()) {
            boolean same = base.run().fingerprint().equals(other.run().fingerprint());
            return new Divergence(
                    same
                            ? "The two runs are identical, all "
                                    + Figures.counted(base.run().events(), "event") + "."
                            : "Identical in the first " + Figures.counted(alike, "event") + "; they part later.",
                    List.of());
        }
        String until = alike == 0 ? "Different from the first event: " : "Identical until event " + alike + "; then ";
        return new Divergence(until + difference(one, two, alike) + ".", rows(one, two, alike));
    }

    private static List<Row> rows(Side one, Side two, int alike) {
        int end = Math.min(
                alike + ROWS_AFTER, Math.max(one.events().size(), two.events().size()));
        List<Row> rows = new ArrayList<>();
        for (int i = Math.max(0, alike - ROWS_BEFORE); i < end; i++) {
            rows.add(new Row(one.at(i), two.at(i)));
        }
        return rows;
    }

    private static String difference(Side one, Side two, int index) {
        Report.Happening first = one.at(index);
        Report.Happening second = two.at(index);
        if (first == null || second == null) {
            Side ended = first == null ? one : two;
            return ended.name() + " ends, while the other goes on";
        }
        if (first.kind() != second.kind()) {
            if (first.kind() == EventKind.EOI_SUPPRESSED || second.kind() == EventKind.EOI_SUPPRESSED) {
                return first.kind() == EventKind.EOI_SUPPRESSED
                        ? honoured(one, two.name(), second)
                        : honoured(two, one.name(), first);
            }
        }
        if (first.what().equals(second.what()) && first.who() == second.who()) {
            long later = second.timeNanos() - first.timeNanos();
            if (later == 0) {
                return "the same happens, but for another cause: " + first.what();
            }
            return "the same happens " + Figures.about(Math.abs(later)) + (later > 0 ? " later" : " earlier") + " in "
                    + two.name() + ": " + first.what();
        }
        return told(one, first) + "; " + told(two, second);
    }

    private static String honoured(Side honours, String ignores, Report.Happening instead) {
        return "bit 12 of SPIV was honoured in " + honours.name() + " and the EOI kept from the I/O APIC; not so in "
                + ignores + ", where " + instead.lane() + " " + instead.what();
    }

    private static String told(Side side, Report.Happening event) {
        String who = event.what().startsWith(event.lane()) ? "" : event.lane() + ": ";
        return "in " + side.name() + " " + who + event.what();
    }
}
