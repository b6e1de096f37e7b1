// SPDX-License-Identifier: Apache-2.0
package irqstorm.run;

import irqstorm.check.Damage;
import irqstorm.check.EoiFaults;
import irqstorm.check.Happening;
import irqstorm.check.StormEpisode;
import irqstorm.check.Verdict;
import irqstorm.check.Violation;
import irqstorm.engine.StopReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run showed: everything that reports, comparisons and the JSON output say about it.
 *
 * @param scenario the scenario's name
 * @param title what the scenario is about
 * @param configuration the configuration's name, or an empty string
 * @param inputs what was run
 * @param fingerprint sixteen hexadecimal digits over all events; empty for a refused configuration and for events in a written order
 * @param verdict the verdict
 * @param reason one sentence on why
 * @param errno the name of the error with which KVM_ENABLE_CAP refused the configuration, or null
 * @param violation what is wrong besides the verdict, for events in a written order ({@link Violation#BESIDES_VERDICTS}), or null
 * @param stop why the run ended
 * @param simulatedNanos the simulated time at the end, nanoseconds
 * @param events how many events were recorded
 * @param lines each line; none for a refused configuration
 * @param storm the storms
 * @param throttleFirings how often the I/O APIC postponed a delivery
 * @param eoiExits how many KVM_EXIT_IOAPIC_EOI there were
 * @param guest the guest's progress
 * @param hazards what hazards did, or null if the scenario has none
 * @param failures the expectations that were not met, each in a sentence
 */
public record RunRecord(
        String scenario,
        String title,
        String configuration,
        Inputs inputs,
        String fingerprint,
        Verdict verdict,
        String reason,
        @Nullable String errno,
        @Nullable Violation violation,
        StopReason stop,
        long simulatedNanos,
        long events,
        List<Line> lines,
        Storm storm,
        long throttleFirings,
        long eoiExits,
        Progress guest,
        @Nullable Hazards hazards,
        List<String> failures) {
    /** Keeps its own copies. */
    public RunRecord {
        lines = List.copyOf(lines);
        failures = List.copyOf(failures);
    }

    /** The same run, with the expectations that were not met. */
    RunRecord withFailures(List<String> unmet) {
        return new RunRecord(
                scenario,
                title,
                configuration,
                inputs,
                fingerprint,
                verdict,
                reason,
                errno,
                violation,
                stop,
                simulatedNanos,
                events,
                lines,
                storm,
                throttleFirings,
                eoiExits,
                guest,
                hazards,
                unmet);
    }

    /** Whether a limit on events or pending events ended the run before it was finished. */
    public boolean hitLimit() {
        return stop == StopReason.EVENTS || stop == StopReason.PENDING;
    }

    /**
     * What was run.
     *
     * @param seed the seed
     * @param irqchip the irqchip mode: none, kernel or split
     * @param uapi the revision of the flags: v3, v4 or merged
     * @param flags the names of the KVM_CAP_X2APIC_API flags that were set
     * @param suppressMode the kernel's name of the mode that followed
     * @param ioApic the profile of the I/O APIC that the guest saw
     * @param ioApicVersion its version register's low byte
     * @param guestStart fresh or resumed
     * @param nested whether there is an L2
     * @param vcpus how many vCPUs
     */
    public record Inputs(
            long seed,
            String irqchip,
            String uapi,
            List<String> flags,
            String suppressMode,
            String ioApic,
            int ioApicVersion,
            String guestStart,
            boolean nested,
            int vcpus) {
        /** Keeps its own copy. */
        public Inputs {
            flags = List.copyOf(flags);
        }
    }

    /**
     * One line, or one device with messages.
     *
     * @param name the names of its devices
     * @param gsi the pin, or null for messages
     * @param assertions how often a device began to assert it, or sent an edge
     * @param mergedCauses causes that occurred while the device was asserting already
     * @param deliveries how often it was sent to the local APICs
     * @param redundantDeliveries deliveries again of an assertion that had been delivered and was not serviced since
     * @param amplification deliveries per assertion, or null without an assertion
     * @param serviced how often the guest serviced one of its devices
     * @param stuck whether its pin is dead at the end
     * @param lost whether an interrupt never reached a local APIC
     * @param remoteIrrHeldNanos how long Remote IRR was set, nanoseconds
     * @param meanLatencyNanos the mean time from assertion to service, nanoseconds, or null if nothing was serviced
     * @param maxLatencyNanos the longest such time, nanoseconds, or null if nothing was serviced
     */
    public record Line(
            String name,
            @Nullable Integer gsi,
            long assertions,
            long mergedCauses,
            long deliveries,
            long redundantDeliveries,
            @Nullable Double amplification,
            long serviced,
            boolean stuck,
            boolean lost,
            long remoteIrrHeldNanos,
            @Nullable Long meanLatencyNanos,
            @Nullable Long maxLatencyNanos) {}

    /**
     * The storms of a run.
     *
     * @param episodes how many episodes
     * @param peakRatePerSecond the most deliveries of one line within a millisecond of an episode, times 1000
     * @param meanRatePerSecond deliveries per second over all episodes, pauses of the throttle included
     * @param longestNanos the length of the longest episode, nanoseconds
     * @param first the first episodes
     */
    public record Storm(
            long episodes,
            double peakRatePerSecond,
            double meanRatePerSecond,
            long longestNanos,
            List<StormEpisode> first) {
        /** Keeps its own copy. */
        public Storm {
            first = List.copyOf(first);
        }
    }

    /**
     * What hazards did.
     *
     * @param happenings what happened, in the order of time
     * @param damages who was hurt
     * @param eoiFaults what came of corrupted EOI slots
     */
    public record Hazards(List<Happening> happenings, List<Damage> damages, EoiFaults eoiFaults) {
        /** Keeps its own copies. */
        public Hazards {
            happenings = List.copyOf(happenings);
            damages = List.copyOf(damages);
        }
    }

    /**
     * How far the guest got while devices had causes.
     *
     * @param l1RunShare the share of that time, over all vCPUs, in which level 1 ran: L1, or the only guest
     * @param l2RunShare the share of that time, over all vCPUs, in which L2 ran; null without an L2
     */
    public record Progress(double l1RunShare, @Nullable Double l2RunShare) {}
}
