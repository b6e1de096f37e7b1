// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.report.EventText;
import irqstorm.run.RunRecord;
import java.io.OutputStream;

/** Every event as a row: what it was with its arguments as numbers, and in words. */
final class EventCsv implements EventExport {
    private static final String HEADER = "event,time_ns,cause,who,kind,a,b,c,text";

    private final LineWriter out;
    private final EventText words;
    private final Csv row = new Csv();

    EventCsv(Subject subject, OutputStream target) {
        this.out = new LineWriter(target);
        this.words = new EventText(subject.devices(), subject.vcpus());
        out.line(HEADER);
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        out.line(row.number(sequence)
                .number(timeNanos)
                .number(cause)
                .text(actor.label())
                .text(kind.label())
                .number(a)
                .number(b)
                .number(c)
                .text(words.of(kind, a, b, c))
                .end());
    }

    @Override
    public void finish(RunRecord run) {
        out.flush();
    }
}
