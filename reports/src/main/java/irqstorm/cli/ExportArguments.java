// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.export.ExportFormat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;

/** The files that a command is asked to export to. */
final class ExportArguments {
    @Option(
            names = "--export",
            paramLabel = "FORMAT=FILE",
            description = "Also write FILE in this format; may be repeated. Formats: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Labels.class)
    private List<String> exports = new ArrayList<>();

    /** For help and completion. */
    static final class Labels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ExportFormat.labels().iterator();
        }
    }

    /**
     * The files with their formats, in the order of the command line.
     *
     * @throws BadInput if something else was asked for
     */
    List<ExportFile> files() {
        List<ExportFile> files = new ArrayList<>();
        for (String export : exports) {
            int equals = export.indexOf('=');
            if (equals < 0 || equals == export.length() - 1) {
                throw new BadInput(
                        "found --export " + export + ", expected FORMAT=FILE, such as vcd=run.vcd; formats are "
                                + String.join(", ", ExportFormat.labels()));
            }
            String label = export.substring(0, equals);
            ExportFormat format = ExportFormat.find(label)
                    .orElseThrow(() -> BadInput.unknown("export format", label, ExportFormat.labels()));
            files.add(new ExportFile(export.substring(equals + 1), format));
        }
        return files;
    }
}
