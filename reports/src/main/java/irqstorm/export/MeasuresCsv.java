// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.run.RunRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs measured, a row for each line of each configuration, with what belongs to the whole run in every row of it. A run without
 * lines, such as one that KVM refused, has one row.
 */
public final class MeasuresCsv {
    private static final String HEADER = "scenario,configuration,seed,verdict,reason,irqchip,io_apic,suppress_mode,"
            + "simulated_ns,events,storm_episodes,storm_peak_per_s,storm_mean_per_s,throttle_firings,eoi_exits,"
            + "l1_share,l2_share,fingerprint,line,gsi,assertions,merged_causes,deliveries,redundant_deliveries,"
            + "amplification,serviced,stuck,lost,remote_irr_held_ns,mean_latency_ns,max_latency_ns";
    private static final int LINE_COLUMNS = 13;

    private MeasuresCsv() {}

    /** The lines of a table of {@code runs}, its header first. */
    public static List<String> lines(List<RunRecord> runs) {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        for (RunRecord run : runs) {
            if (run.lines().isEmpty()) {
                lines.add(of(run).end() + ",".repeat(LINE_COLUMNS));
            }
            run.lines().forEach(line -> lines.add(of(run, line)));
        }
        return lines;
    }

    private static Csv of(RunRecord run) {
        return new Csv()
                .text(run.scenario())
                .text(run.configuration())
                .number(run.inputs().seed())
                .text(run.verdict().name())
                .text(run.reason())
                .text(run.inputs().irqchip())
                .text(run.inputs().ioApic())
                .text(run.inputs().suppressMode())
                .number(run.simulatedNanos())
                .number(run.events())
                .number(run.storm().episodes())
                .number(run.storm().peakRatePerSecond())
                .number(run.storm().meanRatePerSecond())
                .number(run.throttleFirings())
                .number(run.eoiExits())
                .number(run.guest().l1RunShare())
                .number(run.guest().l2RunShare())
                .text(run.fingerprint());
    }

    private static String of(RunRecord run, RunRecord.Line line) {
        return of(run).text(line.name())
                .number(line.gsi())
                .number(line.assertions())
                .number(line.mergedCauses())
                .number(line.deliveries())
                .number(line.redundantDeliveries())
                .number(line.amplification())
                .number(line.serviced())
                .flag(line.stuck())
                .flag(line.lost())
                .number(line.remoteIrrHeldNanos())
                .number(line.meanLatencyNanos())
                .number(line.maxLatencyNanos())
                .end();
    }
}
