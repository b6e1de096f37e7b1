// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import irqstorm.check.Verdict;
import irqstorm.check.Violation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run is expected to show.
 *
 * @param verdict the verdict, if one is expected
 * @param violation what is expected to be wrong besides, one of {@link Violation#BESIDES_VERDICTS}, if anything; for events in a written
 *     order
 * @param measures ranges of the run's measures
 * @param lines ranges of the lines' measures, by the line's name
 */
public record Expectations(
        Optional<Verdict> verdict,
        Optional<Violation> violation,
        Map<RunMeasure, Range> measures,
        Map<String, Map<LineMeasure, Range>> lines) {
    /** Nothing is expected. */
    public static final Expectations NONE = new Expectations(Optional.empty(), Optional.empty(), Map.of(), Map.of());

    /** A verdict is expected, and besides it {@code violation} or, where that is null, nothing in particular. */
    public static Expectations of(Verdict verdict, @Nullable Violation violation) {
        return new Expectations(Optional.of(verdict), Optional.ofNullable(violation), Map.of(), Map.of());
    }

    /** Keeps its own copies in the same order. */
    public Expectations {
        measures = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        lines = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }

    /**
     * Numbers from {@code min} to {@code max}, both included.
     *
     * @param min the least
     * @param max the greatest
     */
    public record Range(double min, double max) {
        /** Whether {@code value} is in the range. */
        public boolean contains(double value) {
            return value >= min && value <= max;
        }

        /** The range in words. */
        public String describe() {
            if (min == max) {
                return Numbers.plain(min);
            }
            if (max == Double.POSITIVE_INFINITY) {
                return "at least " + Numbers.plain(min);
            }
            return min == Double.NEGATIVE_INFINITY
                    ? "at most " + Numbers.plain(max)
                    : Numbers.plain(min) + " to " + Numbers.plain(max);
        }
    }

    /** The measures of a run that can be expected, by the names they have in the JSON output. */
    public enum RunMeasure {
        /** Storm episodes. */
        EPISODES("episodes"),
        /** The highest rate of deliveries over a millisecond of a storm, per second. */
        PEAK_RATE("peakRatePerSecond"),
        /** Deliveries per second over all storm episodes. */
        MEAN_RATE("meanRatePerSecond"),
        /** How often the I/O APIC postponed a delivery. */
        THROTTLE_FIRINGS("throttleFirings"),
        /** KVM_EXIT_IOAPIC_EOI. */
        EOI_EXITS("eoiExits"),
        /** The share of the time that L2 ran. */
        L2_RUN_SHARE("l2RunShare"),
        /** How often {@code pending_ioapic_eoi} did not hold the vector that was ended. */
        CORRUPTED_EOI_SLOTS("corruptedEoiSlots"),
        /** EOIs that did not reach the I/O APIC because of it. */
        LOST_EOIS("lostEois"),
        /** EOI exits that ended another line. */
        WRONG_LINES_ENDED("wrongLinesEnded"),
        /** EOI exits that reported a vector of which nothing was in service. */
        SPURIOUS_EOI_EXITS("spuriousEoiExits"),
        /** EOI exits that did not happen afterwards although the slot held their vector. */
        LATER_EOI_EXITS_BLOCKED("laterEoiExitsBlocked");

        private final String key;

        RunMeasure(String key) {
            this.key = key;
        }

        /** The name in scenario files and in the JSON output. */
        public String key() {
            return key;
        }
    }

    /** The measures of a line that can be expected, by the names they have in the JSON output. */
    public enum LineMeasure {
        /** How often a device began to assert it, or sent an edge. */
        ASSERTIONS("assertions"),
        /** How often it was sent to the local APICs. */
        DELIVERIES("deliveries"),
        /** Deliveries again of an assertion that had been delivered and was not serviced since. */
        REDUNDANT_DELIVERIES("redundantDeliveries"),
        /** Deliveries per assertion. */
        AMPLIFICATION("amplification");

        private final String key;

        LineMeasure(String key) {
            this.key = key;
        }

        /** The name in scenario files and in the JSON output. */
        public String key() {
            return key;
        }
    }
}
