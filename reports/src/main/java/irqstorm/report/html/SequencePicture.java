// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import irqstorm.report.Divergence;
import irqstorm.report.Lanes;
import irqstorm.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A sequence diagram: a column for each lane, a row for each event, an arrow from the column of its cause, its words beside it. */
public final class SequencePicture {
    private static final int COLUMN = 84;
    private static final int ROW = 22;
    private static final int TOP = 30;
    private static final int WORDS = 640;
    private static final int HEAD = 5;

    private final List<Part> parts;
    private final List<String> lanes;
    private final List<Step> steps = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final int height;

    /** Draws {@code parts}, one below the other. An arrow comes from its own part or from the first one. */
    public SequencePicture(List<Part> parts) {
        this.parts = List.copyOf(parts);
        this.lanes = Lanes.of(
                        parts.stream().flatMap(part -> part.events().stream()).toList())
                .names();
        int y = TOP;
        for (Part part : parts) {
            int top = y;
            y += part.title().isEmpty() ? 0 : ROW;
            for (Report.Moment event : part.events()) {
                int to = x(lanes.indexOf(event.lane()));
                steps.add(new Step(event, cause(event, part).map(this::x).orElse(to), to, y + ROW / 2));
                y += ROW;
            }
            if (!part.title().isEmpty()) {
                frames.add(new Frame(part.title(), top, y - top));
            }
        }
        height = y + ROW / 2;
    }

    /** Draws {@code events} in one part. */
    public static SequencePicture of(List<Report.Moment> events) {
        return new SequencePicture(List.of(new Part("", events)));
    }

    /** What two runs, called {@code base} and {@code other}, do alike, and then each of them. */
    public static SequencePicture of(Divergence divergence, String base, String other) {
        return new SequencePicture(List.of(
                new Part("", divergence.common()),
                new Part("in " + base, divergence.baseOnly()),
                new Part("in " + other, divergence.otherOnly())));
    }

    /**
     * Some events below one another.
     *
     * @param title what stands above them in a frame; without one there is no frame
     * @param events the events
     */
    public record Part(String title, List<Report.Moment> events) {
        /** Keeps its own copy. */
        public Part {
            events = List.copyOf(events);
        }
    }

    /**
     * The frame of a part.
     *
     * @param title what stands in it
     * @param y its upper edge
     * @param height its height
     */
    public record Frame(String title, int y, int height) {}

    /**
     * An event.
     *
     * @param event what happened
     * @param fromX the column of its cause, or its own if the cause stands in no other column
     * @param toX its own column
     * @param y its row
     */
    public record Step(Report.Moment event, int fromX, int toX, int y) {
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
        return height;
    }

    /** The events in their order. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** The frames in their order. */
    public List<Frame> frames() {
        return List.copyOf(frames);
    }

    private Optional<Integer> cause(Report.Moment event, Part part) {
        return Stream.concat(part.events().stream(), parts.get(0).events().stream())
                .filter(other -> other.number() == event.cause())
                .findFirst()
                .map(cause -> lanes.indexOf(cause.lane()));
    }
}
