// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run can be exported as. */
public enum ExportFormat {
    /** KVM's tracepoints as {@code perf script} prints them. */
    KERNEL("perf script --ns of the KVM tracepoints"),
    /** KVM's tracepoints as {@code trace-cmd report} prints them. */
    TRACE_CMD("trace-cmd report -t of the KVM tracepoints"),
    /** A value change dump. */
    VCD("waveforms for GTKWave"),
    /** Chrome's trace event format. */
    PERFETTO("Chrome trace JSON for ui.perfetto.dev"),
    /** A sequence diagram. */
    MERMAID("sequence diagram of the first two turns"),
    /** All events. */
    CSV("every event"),
    /** A HdrHistogram log. */
    HDR("HdrHistogram log, assert to service"),
    /** What was measured. */
    CSV_MEASURES("what was measured, a row for each line"),
    /** Test results. */
    JUNIT("JUnit XML, a configuration a test case"),
    /** A CI step's summary. */
    MARKDOWN("summary for a CI step");

    private final String meaning;

    ExportFormat(String meaning) {
        this.meaning = meaning;
    }

    /** What users call it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** Whether it is about what runs came to, and not about the events of one run. */
    public boolean isOfResults() {
        return this == CSV_MEASURES || this == JUNIT || this == MARKDOWN;
    }

    /** The format called {@code label}. */
    public static Optional<ExportFormat> find(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst();
    }

    /** What users call all of them, in their order. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(ExportFormat::label).toList();
    }

    /** An export in this format to {@code target}, which it flushes in the end and leaves open. */
    public EventExport open(Subject subject, OutputStream target) {
        return switch (this) {
            case KERNEL -> new KernelTrace(KernelEnvelope.PERF_SCRIPT, subject, target);
            case TRACE_CMD -> new KernelTrace(KernelEnvelope.TRACE_CMD, subject, target);
            case VCD -> new Vcd(subject, target);
            case PERFETTO -> new ChromeTrace(subject, target);
            case MERMAID -> new Mermaid(subject, target);
            case CSV -> new EventCsv(subject, target);
            case HDR -> new HdrLog(subject, target);
            case CSV_MEASURES, JUNIT, MARKDOWN -> new ResultExport(this, subject, target);
        };
    }
}
