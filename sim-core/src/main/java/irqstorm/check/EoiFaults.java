// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

/**
 * What came of corrupted {@code pending_ioapic_eoi} slots.
 *
 * @param corrupted how often the slot did not hold the vector that was ended
 * @param lost how many EOIs did not reach the I/O APIC because of it: their exit did not happen, or reported another vector
 * @param wrongLinesEnded how many exits reported the vector of another line, which was ended though its interrupt was in service
 * @param spuriousExits how many exits reported a vector of which nothing was in service
 * @param laterExitsBlocked how many EOIs with a sound slot were not reported afterwards
 */
public record EoiFaults(long corrupted, long lost, long wrongLinesEnded, long spuriousExits, long laterExitsBlocked) {
    /** Nothing was corrupted. */
    public static final EoiFaults NONE = new EoiFaults(0, 0, 0, 0, 0);
}
