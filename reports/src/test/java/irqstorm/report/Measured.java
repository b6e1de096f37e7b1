// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.check.Verdict;
import irqstorm.run.RunRecord;
import irqstorm.stats.detector.Detection;
import irqstorm.stats.experiment.Basis;
import irqstorm.stats.experiment.ConfigurationMeasure;
import irqstorm.stats.experiment.Estimate;
import irqstorm.stats.experiment.MeasureReport;
import irqstorm.stats.experiment.Plan;
import irqstorm.stats.inference.KaplanMeier;
import irqstorm.stats.inference.Proportion;
import irqstorm.stats.measure.CpuShares;
import irqstorm.stats.measure.Dispersion;
import irqstorm.stats.measure.Latency;
import irqstorm.stats.measure.LineMeasure;
import irqstorm.stats.measure.RunMeasure;
import irqstorm.stats.measure.Stages;
import irqstorm.stats.measure.ThrottleDuty;
import java.util.List;

/** Measures around run records made by hand. */
public final class Measured {
    private Measured() {}

    /** A detector that fired. */
    public static Detection fires() {
        return new Detection(
                "kvm-ioapic", "10,000 EOIs", "postpones", "ioapic.c", 205_500_000L, 5, "usb", "at most 10,000");
    }

    /** A detector that never fired. */
    public static Detection silent() {
        return new Detection("xen", "10,000 in 10 ms", "holds off", "irq.c", null, 0, "", "the fastest took 204ms");
    }

    /** A line that was accepted, never serviced, and ended, with Fano factors of 0, none and 250 in windows of 100us, 1ms and 10ms. */
    public static LineMeasure line(String name) {
        return new LineMeasure(
                name,
                19,
                100,
                100,
                List.of(),
                null,
                List.of(
                        new Dispersion(100_000, 900, 0.0, Dispersion.Reading.STEADIER),
                        new Dispersion(1_000_000, 9, null, null),
                        new Dispersion(10_000_000, 90, 250.0, Dispersion.Reading.BURSTIER)),
                List.of(),
                1024,
                List.of(),
                new ThrottleDuty(0, 0, 0),
                new Stages(
                        new Latency(100, 0, 1000, 2000, 3000, 4000),
                        null,
                        new Latency(100, 5000, 6000, 7000, 8000, 12_000)));
    }

    /** One run of which nothing was measured. */
    public static ConfigurationMeasure of(RunRecord run) {
        return of(run, List.of());
    }

    /** One run with these lines. */
    public static ConfigurationMeasure of(RunRecord run, List<LineMeasure> lines) {
        return new ConfigurationMeasure(
                run,
                new RunMeasure(lines, new CpuShares(0, null, 0, 0, 1), List.of(fires(), silent())),
                run.verdict() == Verdict.REFUSED ? Basis.REFUSED : Basis.SINGLE,
                1,
                true,
                List.of(),
                null,
                null,
                null);
    }

    /** Replications that differ, with the first storms in {@code times}. */
    public static ConfigurationMeasure replicated(RunRecord run, List<Estimate> estimates, KaplanMeier times) {
        return new ConfigurationMeasure(
                run,
                of(run).measure(),
                Basis.REPLICATED,
                (int) times.n(),
                true,
                estimates,
                Proportion.of(times.events(), times.n()),
                times,
                null);
    }

    /** All of them together, without differences. */
    public static MeasureReport report(int replications, List<ConfigurationMeasure> configurations) {
        return new MeasureReport("guard", "What the flags do", 7, Plan.of(replications), configurations, "", List.of());
    }
}
