// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

import irqstorm.stats.measure.Latency;
import irqstorm.stats.measure.LineMeasure;
import irqstorm.stats.measure.RunMeasure;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is estimated over replications. */
public enum Quantity {
    /** Deliveries of all lines per second. */
    DELIVERY_RATE("deliveryRate", "deliveries", Unit.PER_SECOND),
    /** The peak rate of the busiest line, in the window that was asked for. */
    PEAK_RATE("peakRate", "peak rate", Unit.PER_SECOND),
    /** The coefficient of variation of the times between deliveries of the busiest line. */
    INTER_ARRIVAL_VARIATION("interArrivalCv", "inter-arrival CV", Unit.NUMBER),
    /** The Fano factor of the busiest line, in the window that was asked for. */
    FANO("fano", "Fano factor", Unit.NUMBER),
    /** The median time from assertion to service of the busiest line. */
    SERVICE_MEDIAN("serviceMedian", "assert to service, median", Unit.NANOS),
    /** The share of the time that L1, or the only guest, had. */
    L1_SHARE("l1Share", "L1 ran", Unit.SHARE),
    /** The share of the time that L2 had. */
    L2_SHARE("l2Share", "L2 ran", Unit.SHARE),
    /** The share of the time that KVM had. */
    L0_SHARE("l0Share", "L0 ran", Unit.SHARE),
    /** The share of the time that the VMM had. */
    VMM_SHARE("vmmShare", "VMM ran", Unit.SHARE),
    /** Deliveries of all lines per second after the warm-up that MSER-5 cuts off. */
    STEADY_RATE("steadyRate", "deliveries, steady state", Unit.PER_SECOND);

    private final String key;
    private final String words;
    private final Unit unit;

    Quantity(String key, String words, Unit unit) {
        this.key = key;
        this.words = words;
        this.unit = unit;
    }

    /** What a quantity is counted in. */
    public enum Unit {
        /** Times per second. */
        PER_SECOND,
        /** A plain number. */
        NUMBER,
        /** Nanoseconds. */
        NANOS,
        /** A share from 0 to 1. */
        SHARE
    }

    /** Its name in JSON. */
    public String key() {
        return key;
    }

    /** Its name in text. */
    public String words() {
        return words;
    }

    /** What it is counted in. */
    public Unit unit() {
        return unit;
    }

    /** Its value in one run, or null where the run has none. {@link #STEADY_RATE} has none in a run as such. */
    @Nullable
    Double of(RunMeasure run, long windowNanos) {
        return switch (this) {
            case DELIVERY_RATE ->
                run.lines().stream().mapToDouble(LineMeasure::ratePerSecond).sum();
            case PEAK_RATE -> busiest(run, line -> line.window(windowNanos).peakPerSecond());
            case INTER_ARRIVAL_VARIATION -> busiest(run, LineMeasure::interArrivalVariation);
            case FANO -> busiest(run, line -> line.dispersion(windowNanos).fano());
            case SERVICE_MEDIAN -> busiest(run, line -> median(line.stages().service()));
            case L1_SHARE -> run.cpu().l1();
            case L2_SHARE -> run.cpu().l2();
            case L0_SHARE -> run.cpu().l0();
            case VMM_SHARE -> run.cpu().vmm();
            case STEADY_RATE -> null;
        };
    }

    private static @Nullable Double median(@Nullable Latency latency) {
        return latency == null ? null : (double) latency.p50();
    }

    private static @Nullable Double busiest(RunMeasure run, Function<LineMeasure, @Nullable Double> value) {
        Optional<LineMeasure> line = run.lines().stream().max(Comparator.comparingLong(LineMeasure::deliveries));
        return line.isEmpty() ? null : value.apply(line.get());
    }
}
