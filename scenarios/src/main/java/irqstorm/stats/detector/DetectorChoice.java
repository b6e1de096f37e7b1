// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

import irqstorm.units.DurationText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A detector as it was asked for.
 *
 * @param kind which one
 * @param count for {@link DetectorKind#CUSTOM}, how many deliveries are still allowed, 1 to {@value #MOST_COUNT}; else 0
 * @param windowNanos for {@link DetectorKind#CUSTOM}, within which time, nanoseconds; else 0
 */
public record DetectorChoice(DetectorKind kind, int count, long windowNanos) {
    /** The greatest count of {@link DetectorKind#CUSTOM}. */
    public static final int MOST_COUNT = 1_000_000;

    private static final Pattern CUSTOM = Pattern.compile("custom:([0-9]{1,7})/(.+)");

    /** Checks the numbers. */
    public DetectorChoice {
        boolean custom = kind == DetectorKind.CUSTOM;
        if (custom ? count < 1 || count > MOST_COUNT || windowNanos < 1 : count != 0 || windowNanos != 0) {
            throw new IllegalArgumentException("expected custom:COUNT/WINDOW with a count from 1 to " + MOST_COUNT
                    + " and a window, such as custom:500/10ms");
        }
    }

    /** Every detector but {@link DetectorKind#CUSTOM}, which has no rule of its own. */
    public static List<DetectorChoice> all() {
        return Arrays.stream(DetectorKind.values())
                .filter(kind -> kind != DetectorKind.CUSTOM)
                .map(DetectorChoice::of)
                .toList();
    }

    /** A detector with a rule of its own. */
    public static DetectorChoice of(DetectorKind kind) {
        return new DetectorChoice(kind, 0, 0);
    }

    /**
     * Reads {@code kvm-ioapic} or {@code custom:500/10ms}.
     *
     * @throws IllegalArgumentException if there is no such detector; the message says what there is
     */
    public static DetectorChoice parse(String text) {
        Matcher custom = CUSTOM.matcher(text);
        if (custom.matches()) {
            return new DetectorChoice(
                    DetectorKind.CUSTOM, Integer.parseInt(custom.group(1)), DurationText.parseNanos(custom.group(2)));
        }
        return DetectorKind.find(text)
                .filter(kind -> kind != DetectorKind.CUSTOM)
                .map(DetectorChoice::of)
                .orElseThrow(() -> new IllegalArgumentException("found detector \"" + text + "\", expected "
                        + String.join(
                                ", ", all().stream().map(DetectorChoice::label).toList())
                        + " or custom:COUNT/WINDOW, such as custom:500/10ms"));
    }

    /** Its name in results. */
    public String label() {
        return kind == DetectorKind.CUSTOM ? "custom:" + count + "/" + DurationText.format(windowNanos) : kind.label();
    }

    /** When it fires, in words. */
    public String rule() {
        return kind == DetectorKind.CUSTOM
                ? String.format(
                        Locale.ROOT,
                        "more than %,d deliveries of a line within %s",
                        count,
                        DurationText.format(windowNanos))
                : kind.rule();
    }

    /** The detector for one run of a machine of that shape. */
    public Detector on(MachineShape shape) {
        return switch (kind) {
            case LINUX_GENIRQ -> new UnhandledOfHundredThousand(this, shape);
            case LINUX_SOFTLOCKUP -> new TimeInHandlers(this, shape);
            case KVM_IOAPIC -> new SuccessiveEois(this, shape, false);
            case QEMU_IOAPIC -> new SuccessiveEois(this, shape, true);
            case XEN -> new TenThousandInTenMillis(this, shape);
            case FREEBSD -> new BackToBack(this, shape);
            case FREEBSD_TODAY -> new Off(this, shape);
            case ACRN -> new CountPerProbe(this, shape);
            case TPM_TIS -> new ThousandUnhandled(this, shape);
            case CUSTOM -> new CountInWindow(this, shape);
        };
    }
}
