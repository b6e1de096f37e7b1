// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.report.markdown.RunsMarkdown;
import irqstorm.run.RunRecord;
import java.io.OutputStream;
import java.util.List;

/** A file about what runs came to; it does without their events. */
public final class ResultExport implements EventExport {
    private final ExportFormat format;
    private final String scenario;
    private final String title;
    private final OutputStream target;

    ResultExport(ExportFormat format, Subject subject, OutputStream target) {
        this(format, subject.scenario(), subject.title(), target);
    }

    /**
     * A file about runs of {@code scenario}.
     *
     * @param format one that {@link ExportFormat#isOfResults() is of results}
     * @param title what the scenario is about
     * @param target flushed in the end and left open
     */
    public ResultExport(ExportFormat format, String scenario, String title, OutputStream target) {
        this.format = format;
        this.scenario = scenario;
        this.title = title;
        this.target = target;
    }

    @Override
    public void record(
            long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {}

    @Override
    public void finish(RunRecord run) {
        write(List.of(run));
    }

    /** Writes the file. */
    public void write(List<RunRecord> runs) {
        List<String> lines = switch (format) {
            case CSV_MEASURES -> MeasuresCsv.lines(runs);
            case JUNIT -> JunitXml.lines(scenario, runs);
            case MARKDOWN -> RunsMarkdown.lines(scenario, title, runs);
            default -> throw new IllegalArgumentException(format + " is of events");
        };
        LineWriter out = new LineWriter(target);
        lines.forEach(out::line);
        out.flush();
    }
}
