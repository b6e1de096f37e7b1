// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.EventKind;
import irqstorm.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a run parts from another one: the first event that differs in anything, be it only its time or its cause.
 *
 * @param sentence until which event they are alike, and what differs then
 * @param alike how many events are alike before the first difference
 * @param rows both runs, from shortly before until shortly after; none if they are alike
 */
public record Divergence(String sentence, long alike, List<Row> rows) {
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
    public record Row(Report.@Nullable Moment base, Report.@Nullable Moment other) {
        /** Whether they differ. */
        public boolean differs() {
            return base == null || !base.equals(other);
        }
    }

    /**
     * A run around the first difference.
     *
     * @param name what it is called
     * @param first the number of the first of {@code events}
     * @param events its events, until shortly after the difference; fewer if it ends
     */
    record Side(String name, long first, List<Report.Moment> events) {
        Report.@Nullable Moment at(long number) {
            long index = number - first;
            return index >= 0 && index < events.size() ? events.get((int) index) : null;
        }

        long last() {
            return first + events.size() - 1;
        }
    }

    /** Where {@code other} parts from {@code base}, whose names these are. */
    static Divergence of(KeptRun base, String baseName, KeptRun other, String otherName) {
        Optional<Checkpoints.Stretch> differs = base.checkpoints().firstDifference(other.checkpoints());
        if (differs.isEmpty()) {
            return new Divergence(
                    "The two runs are identical, all "
                            + Figures.counted(base.checkpoints().events(), "event") + ".",
                    base.checkpoints().events(),
                    List.of());
        }
        long first = Math.max(1, differs.get().first() - ROWS_BEFORE);
        long last = differs.get().last() + ROWS_AFTER;
        List<TraceEvent> one = base.events(first, last);
        List<TraceEvent> two = other.events(first, last);
        int same = 0;
        while (same < Math.min(one.size(), two.size()) && one.get(same).equals(two.get(same))) {
            same++;
        }
        int from = Math.max(0, same - ROWS_BEFORE);
        return of(
                new Side(baseName, first + from, base.inWords(around(one, from, same))),
                new Side(otherName, first + from, other.inWords(around(two, from, same))),
                first + same - 1);
    }

    private static List<TraceEvent> around(List<TraceEvent> events, int from, int same) {
        return events.subList(Math.min(from, events.size()), Math.min(same + ROWS_AFTER, events.size()));
    }

    /** Where {@code other} parts from {@code base} after so many events. */
    static Divergence of(Side base, Side other, long alike) {
        String until = alike == 0
                ? "Different from the first event: "
                : "Identical until event " + Figures.count(alike) + "; then ";
        List<Row> rows = new ArrayList<>();
        for (long number = base.first(); number <= Math.max(base.last(), other.last()); number++) {
            rows.add(new Row(base.at(number), other.at(number)));
        }
        return new Divergence(until + difference(base, other, alike + 1) + ".", alike, rows);
    }

    /** The events shown that both runs have. */
    public List<Report.Moment> common() {
        return rows.stream()
                .map(Row::base)
                .filter(event -> event != null && event.number() <= alike)
                .toList();
    }

    /** The events shown of the one run from the first difference on. */
    public List<Report.Moment> baseOnly() {
        return rows.stream()
                .map(Row::base)
                .filter(event -> event != null && event.number() > alike)
                .toList();
    }

    /** The events shown of the other run from the first difference on. */
    public List<Report.Moment> otherOnly() {
        return rows.stream()
                .map(Row::other)
                .filter(event -> event != null && event.number() > alike)
                .toList();
    }

    private static String difference(Side one, Side two, long number) {
        Report.Moment first = one.at(number);
        Report.Moment second = two.at(number);
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
                String but = first.cause() == second.cause() ? "with other values: " : "but for another cause: ";
                return "the same happens, " + but + first.what();
            }
            return "the same happens " + Figures.about(Math.abs(later)) + (later > 0 ? " later" : " earlier") + " in "
                    + two.name() + ": " + first.what();
        }
        return told(one, first) + "; " + told(two, second);
    }

    private static String honoured(Side honours, String ignores, Report.Moment instead) {
        return "bit 12 of SPIV was honoured in " + honours.name() + " and the EOI kept from the I/O APIC; not so in "
                + ignores + ", where " + instead.lane() + " " + instead.what();
    }

    private static String told(Side side, Report.Moment event) {
        String who = event.what().startsWith(event.lane()) ? "" : event.lane() + ": ";
        return "in " + side.name() + " " + who + event.what();
    }
}
