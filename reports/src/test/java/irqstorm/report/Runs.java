// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.check.StormEpisode;
import irqstorm.check.Verdict;
import irqstorm.compare.ComparisonRecord;
import irqstorm.engine.StopReason;
import irqstorm.run.RunRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Run records made by hand, with figures that no simulation has to reproduce. */
public final class Runs {
    private static final String ENABLE = "KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST";
    private static final String DISABLE = "KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST";

    private Runs() {}

    /** A right one, a storm, a stuck one, a lost one and a refused one. */
    public static ComparisonRecord comparison() {
        return new ComparisonRecord(
                "guard", "What the flags do", 7, List.of(right(), storm(), stuck(), lost(), refused()));
    }

    public static RunRecord right() {
        return run(
                        "9-enable",
                        inputs("split", List.of(ENABLE), "ENABLED", true),
                        Verdict.OK,
                        "The early EOI is suppressed.")
                .lines(line("usb", 19, 474, 474, 0))
                .eoiExits(0)
                .record();
    }

    public static RunRecord storm() {
        RunRecord.Storm storm = new RunRecord.Storm(
                5, 52_000, 49_143.7, 203_612_345, List.of(new StormEpisode("usb", 2_034_756, 205_647_101, 10_000, 52)));
        return run(
                        "6-quirked",
                        inputs("split", List.of(), "QUIRKED", true),
                        Verdict.STORM,
                        "Pin 19 (usb): the guest EOIs the LAPIC before the device is serviced, trusting SPIV bit 12, but the "
                                + "bit is not honoured.")
                .lines(line("usb", 19, 5, 50_003, 49_998))
                .storm(storm)
                .eoiExits(50_000)
                .record();
    }

    public static RunRecord stuck() {
        return run(
                        "2-kernel",
                        inputs("kernel", List.of(DISABLE), "DISABLED", true),
                        Verdict.STUCK,
                        "Remote IRR stays set.")
                .lines(new RunRecord.Line("usb", 19, 2, 488, 1, 0, 0.5, 1, true, false, 997_965_244, 41_815L, 41_815L))
                .record();
    }

    public static RunRecord lost() {
        return run(
                        "edge-masked",
                        inputs("split", List.of(), "QUIRKED", false),
                        Verdict.LOST,
                        "A message was not accepted.")
                .lines(
                        line("nvme", null, 100, 100, 0),
                        new RunRecord.Line("uart", 4, 10, 0, 2, 0, 0.2, 0, false, true, 0, null, null))
                .eoiExits(3)
                .record();
    }

    /** A run in which hazards did this. */
    public static RunRecord withHazards(RunRecord.Hazards hazards) {
        return run("hazards", inputs("split", List.of(), "QUIRKED", false), Verdict.OK, "All is well.")
                .hazards(hazards)
                .record();
    }

    public static RunRecord refused() {
        return new RunRecord(
                "guard",
                "What the flags do",
                "13-both",
                inputs("split", List.of(ENABLE, DISABLE), "QUIRKED", true),
                "",
                Verdict.REFUSED,
                "KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) fails with EINVAL: the flags exclude each other.",
                "EINVAL",
                null,
                StopReason.DRAINED,
                0,
                0,
                List.of(),
                NO_STORM,
                0,
                0,
                new RunRecord.Progress(0, null),
                null,
                List.of());
    }

    /** The same run with expectations that it did not meet. */
    public static RunRecord failing(RunRecord run, String... failures) {
        return copy(run, run.title(), run.configuration(), run.stop(), List.of(failures));
    }

    /** The same run, ended for another reason. */
    public static RunRecord stopped(RunRecord run, StopReason stop) {
        return copy(run, run.title(), run.configuration(), stop, run.failures());
    }

    /** The same run under other names. */
    public static RunRecord named(RunRecord run, String title, String configuration) {
        return copy(run, title, configuration, run.stop(), run.failures());
    }

    private static RunRecord copy(
            RunRecord run, String title, String configuration, StopReason stop, List<String> failures) {
        return new RunRecord(
                run.scenario(),
                title,
                configuration,
                run.inputs(),
                run.fingerprint(),
                run.verdict(),
                run.reason(),
                run.errno(),
                run.violation(),
                stop,
                run.simulatedNanos(),
                run.events(),
                run.lines(),
                run.storm(),
                run.throttleFirings(),
                run.eoiExits(),
                run.guest(),
                run.hazards(),
                failures);
    }

    public static RunRecord.Line line(String name, Integer gsi, long assertions, long deliveries, long redundant) {
        return new RunRecord.Line(
                name,
                gsi,
                assertions,
                16,
                deliveries,
                redundant,
                (double) deliveries / assertions,
                assertions,
                false,
                false,
                32_140_123,
                42_217L,
                73_061L);
    }

    private static final RunRecord.Storm NO_STORM = new RunRecord.Storm(0, 0, 0, 0, List.of());

    private static RunRecord.Inputs inputs(String irqchip, List<String> flags, String mode, boolean nested) {
        return new RunRecord.Inputs(7, irqchip, "merged", flags, mode, "qemu-ioapic-0x20", 0x20, "fresh", nested, 1);
    }

    private static Builder run(String configuration, RunRecord.Inputs inputs, Verdict verdict, String reason) {
        return new Builder(configuration, inputs, verdict, reason);
    }

    /** What differs between the records above. */
    private static final class Builder {
        private final String configuration;
        private final RunRecord.Inputs inputs;
        private final Verdict verdict;
        private final String reason;
        private List<RunRecord.Line> lines = List.of();
        private RunRecord.Storm storm = NO_STORM;
        private RunRecord.@Nullable Hazards hazards;
        private long eoiExits;

        Builder(String configuration, RunRecord.Inputs inputs, Verdict verdict, String reason) {
            this.configuration = configuration;
            this.inputs = inputs;
            this.verdict = verdict;
            this.reason = reason;
        }

        Builder lines(RunRecord.Line... all) {
            lines = List.of(all);
            return this;
        }

        Builder storm(RunRecord.Storm other) {
            storm = other;
            return this;
        }

        Builder hazards(RunRecord.Hazards other) {
            hazards = other;
            return this;
        }

        Builder eoiExits(long count) {
            eoiExits = count;
            return this;
        }

        RunRecord record() {
            return new RunRecord(
                    "guard",
                    "What the flags do",
                    configuration,
                    inputs,
                    "0539d96eef7538ce",
                    verdict,
                    reason,
                    null,
                    null,
                    StopReason.DRAINED,
                    1_034_567_890,
                    500_621,
                    lines,
                    storm,
                    storm.episodes(),
                    eoiExits,
                    new RunRecord.Progress(0.146, inputs.nested() ? 0.00753 : null),
                    hazards,
                    List.of());
        }
    }
}
