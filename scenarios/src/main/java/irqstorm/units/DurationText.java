// SPDX-License-Identifier: Apache-2.0
package irqstorm.units;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 59us}, {@code 1.5us}, {@code 10ms}, {@code 250.004ms}, {@code 2min}.
 *
 * <p>Every duration is a whole number of nanoseconds from 0 to {@link #MAX_NANOS}. {@link #parseNanos} undoes
 * {@link #format} exactly.
 */
public final class DurationText {

    /** The longest duration that can be written: 30 days. */
    public static final long MAX_NANOS = 30L * 24 * 60 * 60 * 1_000_000_000;

    /** What a duration must look like, for error messages. */
    public static final String EXPECTED =
            "a duration with its unit, such as \"800ns\", \"59us\", \"1.5ms\", \"10s\" or \"2min\"";

    private static final int SIGNIFICANT_NANOS = 10_000;

    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,16}(?:\\.[0-9]{1,12})?)(ns|us|\u00b5s|\u03bcs|ms|s|min)");

    private DurationText() {}

    /**
     * The shortest exact text of a duration, in the largest of ns, us, ms and s that does not start with {@code 0.};
     * minutes are read but not written.
     *
     * @param nanos the duration in nanoseconds; a negative one gets a minus sign
     */
    public static String format(long nanos) {
        if (nanos < 0) {
            return nanos == Long.MIN_VALUE ? "-9223372036.854775808s" : "-" + format(-nanos);
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return decimal(nanos, 3) + "us";
        }
        if (nanos < 1_000_000_000) {
            return decimal(nanos, 6) + "ms";
        }
        return decimal(nanos, 9) + "s";
    }

    /** A duration from 0 on, rounded to about four digits: {@code 104.8ms}. */
    public static String about(long nanos) {
        long unit = 1;
        while (nanos / unit >= SIGNIFICANT_NANOS) {
            unit *= 10;
        }
        return format((nanos + unit / 2) / unit * unit);
    }

    private static String decimal(long nanos, int places) {
        String digits = Long.toString(nanos);
        int point = digits.length() - places;
        int end = digits.length();
        while (end > point && digits.charAt(end - 1) == '0') {
            end--;
        }
        return end == point
                ? digits.substring(0, point)
                : digits.substring(0, point) + "." + digits.substring(point, end);
    }

    /**
     * Reads a duration.
     *
     * @return nanoseconds, from 0 to {@link #MAX_NANOS}
     * @throws IllegalArgumentException if the text is not a duration, is not a whole number of nanoseconds or is too
     *     long; the message says what would be right
     */
    public static long parseNanos(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(unitNanos(matcher.group(2)));
        if (nanos.compareTo(BigDecimal.valueOf(MAX_NANOS)) > 0) {
            throw new IllegalArgumentException("a duration of at most 30 days");
        }
        if (nanos.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("a whole number of nanoseconds");
        }
        return nanos.longValueExact();
    }

    private static BigDecimal unitNanos(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1;
                    case "ms" -> 1_000_000;
                    case "s" -> 1_000_000_000;
                    case "min" -> 60_000_000_000L;
                    default -> 1_000;
                });
    }
}
