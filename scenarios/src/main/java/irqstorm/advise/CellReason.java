// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.RemoteIrrGates;
import irqstorm.check.Verdict;
import irqstorm.profile.ProfileEntry;
import irqstorm.run.RunRecord;
import irqstorm.units.DurationText;
import irqstorm.vmm.SplitRoutes;
import java.util.Locale;
import java.util.Optional;

/** Why a cell has its verdict: what the run says, how fast a storm is, and what of it rests on something that was not verified. */
final class CellReason {
    private static final String LATENCY = "onEoiAsserted.resample.latency";

    private final ProfileEntry entry;
    private final RunRecord run;

    CellReason(ProfileEntry entry, RunRecord run) {
        this.entry = entry;
        this.run = run;
    }

    /**
     * The reason.
     *
     * @param otherwise the verdict if EOI exits arrive and the profile says that they do not, or the other way round; empty if the profile
     *     is sure of it
     */
    String text(Optional<Verdict> otherwise) {
        StringBuilder text = new StringBuilder(run.reason());
        if (run.verdict() == Verdict.STORM) {
            text.append(' ').append(rate());
        }
        if (run.verdict() == Verdict.OK && isRemoteIrrStale()) {
            text.append(
                    " Remote IRR stays set for good, and it is right only because Remote IRR does not gate delivery here.");
        }
        otherwise.ifPresent(verdict -> text.append(' ').append(unsure(verdict)));
        return text.toString();
    }

    /** The rate, and what bounds it. */
    private String rate() {
        OnEoiAsserted reaction = entry.profile().ioApic().onEoiAsserted();
        String rate = String.format(
                Locale.ROOT, "%,.0f deliveries a second", run.storm().meanRatePerSecond());
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

    private boolean isRemoteIrrStale() {
        return entry.profile().ioApic().remoteIrrGates() == RemoteIrrGates.NEVER
                && run.lines().stream().anyMatch(line -> line.remoteIrrHeldNanos() > run.simulatedNanos() / 2);
    }

    private String unsure(Verdict otherwise) {
        SplitRoutes split = entry.profile().split();
        boolean arrive = split != null && split.eoiExits() == SplitRoutes.EoiExits.RESERVED;
        return "That EOI exits " + (arrive ? "arrive" : "do not arrive") + " is "
                + entry.confidenceOf(HostCells.EOI_EXITS).label() + "; if they " + (arrive ? "do not" : "do") + ", "
                + (otherwise == run.verdict() ? "it is " + otherwise + " as well." : "it is " + otherwise + ".");
    }
}
