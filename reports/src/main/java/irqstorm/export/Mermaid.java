// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.report.EventText;
import irqstorm.report.Figures;
import irqstorm.run.RunRecord;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A Mermaid sequence diagram of the first two turns: from the first assertion to the third delivery, and at most {@value #MOST} events. An
 * arrow goes from whoever did the event's cause.
 */
final class Mermaid implements EventExport {
    private static final int MOST = 80;
    private static final int TURNS = 2;

    /** What ends or changes a message; Mermaid takes character codes behind a number sign, and writes them with the last two itself. */
    private static final String SPECIAL = "#;:<>%{}[]()\"'`\\&$|\ufb02\u00b6";

    private final LineWriter out;
    private final EventText words;
    private final Actor[] actors = new Actor[MOST];
    private final long[] sequences = new long[MOST];
    private int shown;
    private int deliveries;
    private boolean started;
    private boolean ended;
    private long left;

    Mermaid(Subject subject, OutputStream target) {
        this.out = new LineWriter(target);
        this.words = new EventText(subject.devices(), subject.vcpus());
        head().forEach(out::line);
    }

    /** How a sequence diagram begins that has every actor as a participant. */
    static List<String> head() {
        List<String> head = new ArrayList<>();
        head.add("sequenceDiagram");
        for (Actor actor : Actor.values()) {
            head.add("    participant " + actor.name() + " as " + actor.label());
        }
        return head;
    }

    /** A note across all participants. */
    static String note(String text) {
        return "    Note over " + Actor.DEVICE.name() + "," + Actor.L2.name() + ": " + escaped(text);
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        started |= kind == EventKind.LINE_ASSERTED
                || kind == EventKind.EDGE_SENT
                || kind == EventKind.EVENT_SIGNALLED
                || kind == EventKind.IOAPIC_DELIVERED;
        if (!started) {
            return;
        }
        if (kind == EventKind.IOAPIC_DELIVERED || kind == EventKind.ROUTE_DELIVERED) {
            deliveries++;
        }
        ended |= deliveries > TURNS || shown == MOST;
        if (ended) {
            left++;
            return;
        }
        out.line("    " + actorOf(cause, actor).name() + "->>" + actor.name() + ": " + Figures.micros(timeNanos)
                + " us " + escaped(words.of(kind, a, b, c)));
        actors[shown] = actor;
        sequences[shown] = sequence;
        shown++;
    }

    private Actor actorOf(long cause, Actor otherwise) {
        for (int i = shown - 1; i >= 0; i--) {
            if (sequences[i] == cause) {
                return actors[i];
            }
        }
        return otherwise;
    }

    /** {@code text} as a message that is only text. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (SPECIAL.indexOf(c) >= 0) {
                escaped.append('#').append(c).append(';');
            } else {
                escaped.appendCodePoint(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
            }
        });
        return escaped.toString();
    }

    @Override
    public void finish(RunRecord run) {
        if (left > 0) {
            out.line(note("and " + Figures.counted(left, "more event")));
        }
        out.flush();
    }
}
