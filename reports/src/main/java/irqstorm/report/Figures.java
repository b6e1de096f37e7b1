// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.units.DurationText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them, the same in every locale: thousands set off by commas, a dot before decimals. */
public final class Figures {
    /** What stands for a figure that means nothing for the run. */
    public static final String NONE = "-";

    private static final int GROUP = 3;
    private static final int NANOS_PER_MICRO = 1000;

    private Figures() {}

    /** A whole number: {@code 40,004}. */
    public static String count(long value) {
        return grouped(Long.toString(value));
    }

    /** A number rounded to {@code places} decimals: {@code 10,001.5}. */
    public static String decimal(double value, int places) {
        return grouped(
                new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString());
    }

    /** A number with all its digits: {@code 0.01}, {@code 10,000}. */
    public static String plain(BigDecimal value) {
        return grouped(value.toPlainString());
    }

    /** Deliveries per assertion, with three decimals below a hundred so that almost one is not taken for one. */
    public static String ratio(@Nullable Double value) {
        return value == null ? NONE : decimal(value, value < 100 ? 3 : 1);
    }

    /** A number of times per second, or how much one differs from another. */
    public static String rate(double perSecond) {
        return decimal(perSecond, Math.abs(perSecond) < 100 ? 1 : 0);
    }

    /** A share from 0 to 1 in percent, with a second decimal below ten percent. */
    public static String percent(@Nullable Double share) {
        return share == null ? NONE : decimal(share * 100, share < 0.1 ? 2 : 1) + " %";
    }

    /** A duration rounded to about four digits: {@code 104.8ms}. */
    public static String about(long nanos) {
        return DurationText.about(nanos);
    }

    /** A duration rounded to about four digits, or {@link #NONE}. */
    public static String aboutOrNone(@Nullable Long nanos) {
        return nanos == null ? NONE : about(nanos);
    }

    /** Microseconds with three decimals and no separators, as in a kernel trace: {@code 10063.104}. */
    public static String micros(long nanos) {
        String fraction = Long.toString(nanos % NANOS_PER_MICRO + NANOS_PER_MICRO);
        return nanos / NANOS_PER_MICRO + "." + fraction.substring(1);
    }

    /** A vector as the datasheets write it: {@code 0x81}. */
    public static String vector(long vector) {
        return hex(vector, 2);
    }

    /** A number in hexadecimal with at least {@code digits} digits. */
    public static String hex(long value, int digits) {
        String text = Long.toHexString(value);
        return "0x" + "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /** {@code 1 configuration}, {@code 2 configurations}. */
    public static String counted(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    private static String grouped(String number) {
        int point = number.indexOf('.');
        int end = point < 0 ? number.length() : point;
        int start = number.startsWith("-") ? 1 : 0;
        StringBuilder text = new StringBuilder(number);
        for (int at = end - GROUP; at > start; at -= GROUP) {
            text.insert(at, ',');
        }
        return text.toString();
    }
}
