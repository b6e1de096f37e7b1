// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.event.Actor;
import irqstorm.proof.Counterexample;
import irqstorm.proof.Counterexample.Step;
import irqstorm.report.EventText;
import irqstorm.report.Figures;
import irqstorm.trace.TraceEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A counterexample as a table with a column for each lane. What somebody does begins in the column of that lane and may reach into the
 * columns on its right, which are empty in that line.
 */
final class CounterexampleText {
    private static final int NUMBER = 3;
    private static final int WIDEST_MOVE = 30;
    private static final int LANE = 7;
    private static final int NARROWEST_TEXT = 24;
    private static final String GAP = "  ";

    private final Counterexample example;
    private final EventText words;
    private final Map<Actor, Integer> columns = new EnumMap<>(Actor.class);
    private final int first;
    private final List<String> lines = new ArrayList<>();

    private CounterexampleText(Counterexample example) {
        this.example = example;
        this.words = new EventText(example.devices(), example.vcpus());
        int widest = example.steps().stream()
                .mapToInt(step -> step.move().length())
                .max()
                .orElse(0);
        this.first = NUMBER + GAP.length() + Math.min(WIDEST_MOVE, Math.max("choice".length(), widest)) + GAP.length();
        List<Actor> actors = actors();
        int step = Math.min(LANE, (Layout.WIDTH - NARROWEST_TEXT - first) / Math.max(1, actors.size() - 1));
        for (Actor actor : actors) {
            columns.put(actor, first + columns.size() * step);
        }
    }

    /**
     * The lines of {@code example}.
     *
     * @param what what it is
     */
    static List<String> lines(Counterexample example, String what, Paint paint) {
        CounterexampleText text = new CounterexampleText(example);
        text.head(what, paint);
        text.rows("", "start", "", example.boot());
        for (Step step : example.steps()) {
            text.rows(Integer.toString(step.number()), step.move(), step.remark(), step.events());
        }
        return text.lines;
    }

    private List<Actor> actors() {
        List<TraceEvent> events = new ArrayList<>(example.boot());
        example.steps().forEach(step -> events.addAll(step.events()));
        return events.stream().map(TraceEvent::actor).distinct().sorted().toList();
    }

    private void head(String what, Paint paint) {
        String about = what + ", "
                + Figures.counted(example.steps().size(), "event")
                + (example.removed().isEmpty() ? "" : "; not needed for it: " + String.join(", ", example.removed()))
                + ".";
        lines.addAll(Layout.wrap(about, Layout.WIDTH));
        lines.add("");
        StringBuilder heading = new StringBuilder(Layout.pad("", NUMBER, false) + GAP + "choice");
        columns.forEach((actor, column) -> heading.append(" ".repeat(Math.max(1, column - heading.length())))
                .append(actor.label()));
        lines.add(paint.heading(heading.toString()));
        lines.add("-".repeat(NUMBER)
                + GAP
                + "-".repeat(first - NUMBER - 2 * GAP.length())
                + GAP
                + "-".repeat(Layout.WIDTH - first));
    }

    /** A line or more for each event; the first one says what was chosen. */
    private void rows(String number, String move, String remark, List<TraceEvent> events) {
        int room = first - NUMBER - 2 * GAP.length();
        String label = Layout.printable(move);
        String start = Layout.pad(number, NUMBER, true)
                + GAP
                + Layout.pad(label.length() > room ? label.substring(0, room) : label, room, false)
                + GAP;
        String blank = " ".repeat(first);
        if (!remark.isEmpty() || events.isEmpty()) {
            lines.add(row(start, remark.isEmpty() ? Layout.WIDTH : first, remark));
            start = blank;
        }
        for (TraceEvent event : events) {
            int column = columns.getOrDefault(event.actor(), first);
            for (String part :
                    Layout.wrap(words.of(event.kind(), event.a(), event.b(), event.c()), Layout.WIDTH - column)) {
                lines.add(row(start, column, part));
                start = blank;
            }
        }
    }

    /** A line with {@code text} at {@code column}, and a bar for each lane that it does not cover. */
    private String row(String start, int column, String text) {
        StringBuilder line = new StringBuilder(Layout.pad(start, Layout.WIDTH, false));
        int end = column + text.length();
        columns.values().stream().filter(bar -> bar < column || bar > end).forEach(bar -> line.setCharAt(bar, '|'));
        line.replace(Math.min(column, Layout.WIDTH), Math.min(end, Layout.WIDTH), text);
        return line.toString().stripTrailing();
    }
}
