// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.export.EventExport;
import irqstorm.export.Subject;
import irqstorm.run.RunRecord;
import irqstorm.scenario.Scenario;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/** The exports of one run: files that are there when all of them are written, and of which nothing is left otherwise. */
final class RunExports implements AutoCloseable {
    private final List<OutputFile.Draft> drafts = new ArrayList<>();
    private final List<EventExport> exports = new ArrayList<>();

    /** Opens {@code files} for a run of {@code scenario}. */
    RunExports(List<ExportFile> files, Scenario scenario) {
        Subject subject = Subject.of(scenario);
        try {
            files.forEach(file -> {
                OutputFile.Draft draft = new OutputFile(file.name()).open();
                drafts.add(draft);
                exports.add(file.format().open(subject, draft));
            });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Those who have to be told of the run's events. */
    List<TraceSink> sinks() {
        return List.copyOf(exports);
    }

    /** Writes what is left and puts every file into its place. */
    void finish(RunRecord run) {
        exports.forEach(export -> export.finish(run));
        drafts.forEach(OutputFile.Draft::commit);
    }

    @Override
    public void close() {
        drafts.forEach(OutputFile.Draft::close);
    }
}
