// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import irqstorm.report.Lanes;
import irqstorm.report.Report;
import java.util.ArrayList;
import java.util.List;

/** A sequence diagram: a column for each lane, a row for each event, an arrow from the column of its cause, its words beside it. */
public final class SequencePicture {
    private static final int COLUMN = 84;
    private static final int ROW = 22;
    private static final int TOP = 30;
    private static final int WORDS = 640;
    private static final int HEAD = 5;

    private final List<Report.Happening> events;
    private final List<String> lanes;

    /** Draws {@code events}. */
    public SequencePicture(List<Report.Happening> events) {
        this.events = List.copyOf(events);
        this.lanes = Lanes.of(events).names();
    }

    /**
     * An event.
     *
     * @param event what happened
     * @param fromX the column of its cause, or its own if the cause stands in no other column
     * @param toX its own column
     * @param y its row
     */
    public record Step(Report.Happening event, int fromX, int toX, int y) {
        /** The three corners of the arrow's head, as the points attribute of a polygon. */
        public String head() {
            int back = toX + (fromX < toX ? -2 * HEAD : 2 * HEAD);
            return toX + "," + y + " " + back + "," + (y - HEAD) + " " + back + "," + (y + HEAD);
        }

        /** Whether it came from another column. */
        public boolean isArrow() {
            return fromX != toX;
        }
    }

    /** The names of the columns. */
    public List<String> lanes() {
        return lanes;
    }

    /** The middle of a column. */
    public int x(int lane) {
        return COLUMN / 2 + lane * COLUMN;
    }

    /** Where the words begin. */
    public int wordsX() {
        return lanes.size() * COLUMN + ROW / 2;
    }

    /** How wide it is. */
    public int width() {
        return wordsX() + WORDS;
    }

    /** How high it is. */
    public int height() {
        return TOP + events.size() * ROW + ROW / 2;
    }

    /** The events in their order. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Report.Happening event = events.get(i);
            int to = x(lanes.indexOf(event.lane()));
            int from = events.stream()
                    .filter(other -> other.number() == event.cause())
                    .findFirst()
                    .map(cause -> x(lanes.indexOf(cause.lane())))
                    .orElse(to);
            steps.add(new Step(event, from, to, TOP + i * ROW + ROW / 2));
        }
        return steps;
    }
}
