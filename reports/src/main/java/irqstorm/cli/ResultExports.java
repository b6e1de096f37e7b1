// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.export.ExportFormat;
import irqstorm.export.ResultExport;
import irqstorm.run.RunRecord;
import irqstorm.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The exports of a comparison: files that are there when all of them are written, and of which nothing is left otherwise. */
final class ResultExports implements AutoCloseable {
    private final List<OutputFile.Draft> drafts = new ArrayList<>();
    private final List<ResultExport> exports = new ArrayList<>();

    /**
     * Opens {@code files} for a comparison of the configurations of {@code scenario}.
     *
     * @throws BadInput if a format is about the events of one run
     */
    ResultExports(List<ExportFile> files, ScenarioFile scenario) {
        files.forEach(file -> check(file.format()));
        try {
            files.forEach(file -> {
                OutputFile.Draft draft = new OutputFile(file.name()).open();
                drafts.add(draft);
                exports.add(new ResultExport(file.format(), scenario.name(), scenario.title(), draft));
            });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void check(ExportFormat format) {
        if (!format.isOfResults()) {
            throw new BadInput(
                    "export format " + format.label() + " is about the events of one run: use it with 'run'; "
                            + "'compare' has "
                            + Arrays.stream(ExportFormat.values())
                                    .filter(ExportFormat::isOfResults)
                                    .map(ExportFormat::label)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** Writes all of {@code runs} and puts every file into its place. */
    void finish(List<RunRecord> runs) {
        exports.forEach(export -> export.write(runs));
        drafts.forEach(OutputFile.Draft::commit);
    }

    @Override
    public void close() {
        drafts.forEach(OutputFile.Draft::close);
    }
}
