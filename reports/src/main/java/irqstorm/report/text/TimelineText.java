// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.report.EventText;
import irqstorm.report.Figures;
import irqstorm.trace.TraceSink;
import java.io.PrintWriter;

/** Prints events as they happen, up to a limit, and counts the rest; its memory does not grow with the run. */
public final class TimelineText implements TraceSink {
    private static final int NUMBER = 7;
    private static final int TIME = 12;
    private static final int ACTOR = 6;
    private static final String GAP = "  ";

    private final PrintWriter out;
    private final EventText words;
    private final long limit;
    private long count;

    /**
     * Prints to {@code out}.
     *
     * @param words what events are called
     * @param limit how many events are printed
     */
    public TimelineText(PrintWriter out, EventText words, long limit) {
        this.out = out;
        this.words = words;
        this.limit = limit;
    }

    /** Prints what the columns are. */
    public void start() {
        print("event", "time [us]", "cause", "who", "what");
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        count++;
        if (count <= limit) {
            print(
                    Long.toString(sequence),
                    Figures.micros(timeNanos),
                    cause == 0 ? Figures.NONE : Long.toString(cause),
                    actor.label(),
                    words.of(kind, a, b, c));
            if (count == limit) {
                out.flush();
            }
        }
    }

    /** Prints how many events there were beyond the limit, if any. */
    public void finish() {
        if (count > limit) {
            out.println("... and " + Figures.counted(count - limit, "more event"));
        }
    }

    private void print(String number, String time, String cause, String actor, String what) {
        String start = Layout.pad(number, NUMBER, true)
                + GAP
                + Layout.pad(time, TIME, true)
                + GAP
                + Layout.pad(cause, NUMBER, true)
                + GAP
                + Layout.pad(actor, ACTOR, false)
                + GAP;
        Layout.hanging(start, what, start.length()).forEach(out::println);
    }
}
