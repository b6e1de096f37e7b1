// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.apic.IoApicProfile.Broadcast;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.check.Verdict;
import irqstorm.profile.Confidence;
import irqstorm.profile.ProfileEntry;
import irqstorm.run.RunRecord;
import irqstorm.units.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What there is to say of a cell besides the cause: how fast a storm is, and what was not verified. */
final class CellRemark {
    private static final String BROADCAST = "broadcast";
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
     * @param otherwise the verdict if what is doubted is the other way round; null if nothing is
     */
    String text(Optional<Doubt> doubt, @Nullable Verdict otherwise) {
        List<String> sentences = new ArrayList<>();
        if (run.verdict() == Verdict.STORM) {
            sentences.add(rate());
        }
        if (isWithoutBroadcast() && run.verdict() == Verdict.STUCK) {
            sentences.add("That no LAPIC EOI is taken is " + Doubt.sure(entry, BROADCAST) + ".");
        }
        if (doubt.isPresent() && otherwise != null) {
            String clause = doubt.get().clause();
            sentences.add(clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1) + " it is " + otherwise
                    + (otherwise == run.verdict() ? " as well." : "."));
        }
        return String.join(" ", sentences);
    }

    private boolean isWithoutBroadcast() {
        return entry.profile().ioApic().broadcast() == Broadcast.NONE
                && entry.confidenceOf(BROADCAST) != Confidence.VERIFIED;
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
                    + DurationText.format(resample.latencyNanos()) + ", which is "
                    + Doubt.sure(entry, LATENCY) + ".";
        }
        return rate + ", and nothing pauses it.";
    }

    /** A rate as people read it: {@code 49,118}. */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,.0f", perSecond);
    }
}
