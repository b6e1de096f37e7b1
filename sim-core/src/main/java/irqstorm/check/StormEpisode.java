// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

/**
 * A stretch in which a line was delivered again and again for one assertion.
 *
 * @param line the line's name
 * @param startNanos when the assertion was delivered first
 * @param endNanos when it was serviced, or when the run ended
 * @param deliveries how often it was delivered
 * @param peakPerMilli the most deliveries within any millisecond of it
 */
public record StormEpisode(String line, long startNanos, long endNanos, long deliveries, long peakPerMilli) {
    /** How long it lasted, nanoseconds. */
    public long lengthNanos() {
        return endNanos - startNanos;
    }
}
