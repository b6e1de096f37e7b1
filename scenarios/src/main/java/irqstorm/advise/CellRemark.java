// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.check.Verdict;
import irqstorm.profile.ProfileEntry;
import irqstorm.run.RunRecord;
import irqstorm.units.DurationText;
import irqstorm.vmm.SplitRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What there is to say of a cell besides the cause: how fast a storm is, and what was not verified. */
final class CellRemark {
    private static final String LATENCY = "onEoiAsserted.resample.latency";

    private final ProfileEntry entry;
    private final RunRecord run;

    CellRemark(ProfileEntry entry, RunRecord run) {
        this.entry = entry;
        this.run = run;
    }

    /**
     * The remark; may be empty.
     *
     * @param otherwise the verdict if EOI exits arrive where the profile has it that they do not, or the other way round; null if that was
     *     not run
     */
    String text(@Nullable Verdict otherwise) {
        List<String> sentences = new ArrayList<>();
        if (run.verdict() == Verdict.STORM) {
            sentences.add(rate());
        }
        if (otherwise != null) {
            sentences.add(unsure(otherwise));
        }
        return String.join(" ", sentences);
    }

    /** The rate, and what bounds it. */
    private String rate() {
        OnEoiAsserted reaction = entry.profile().ioApic().onEoiAsserted();
        String rate = rate(run.storm().meanRatePerSecond()) + " deliveries a second";
        if (run.throttleFirings() > 0 && reaction instanceof OnEoiAsserted.Throttled throttled) {
            return String.format(
                    Locale.ROOT,
                    "%s, with a pause of %s after every %,d.",
                    rate,
                    DurationText.format(throttled.delayNanos()),
                    throttled.limit());
        }
        if (reaction instanceof OnEoiAsserted.Resample resample) {
            return rate + ", which depends on how soon the source is asked again: "
                    + DurationText.format(resample.latencyNanos()) + " ("
                    + entry.confidenceOf(LATENCY).label() + ").";
        }
        return rate + ", and nothing pauses it.";
    }

    /** A rate as people read it: {@code 49,118}. */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,.0f", perSecond);
    }

    private String unsure(Verdict otherwise) {
        String doubt = doubt(entry);
        return doubt.substring(0, 1).toUpperCase(Locale.ROOT) + doubt.substring(1) + " it is " + otherwise
                + (otherwise == run.verdict() ? " as well." : ".");
    }

    /** How sure it is whether EOI exits arrive, up to what happens if it is the other way round. */
    static String doubt(ProfileEntry entry) {
        SplitRoutes split = entry.profile().split();
        boolean arrive = split != null && split.eoiExits() == SplitRoutes.EoiExits.RESERVED;
        String sure = entry.confidenceOf(HostCells.EOI_EXITS).label();
        return arrive
                ? "that EOI exits arrive is " + sure + ", and if they do not,"
                : "that no EOI exits arrive is " + sure + ", and if they do,";
    }
}
