// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

/**
 * What a run showed of one interrupt line, or of one device with messages.
 *
 * @param name the names of its devices
 * @param gsi the pin, or −1 for messages
 * @param assertions how often a device began to assert it, or sent an edge
 * @param mergedCauses how many causes occurred while the device was asserting already
 * @param deliveries how often it was sent to the local APICs
 * @param redundantDeliveries deliveries again of an assertion that had been delivered and was not serviced since
 * @param serviced how often the guest serviced one of its devices
 * @param stuck whether its pin is dead at the end
 * @param lost whether an interrupt never reached a local APIC
 * @param remoteIrrHeldNanos how long Remote IRR was set, nanoseconds
 * @param latencySumNanos the time from assertion to service, nanoseconds, summed over {@code serviced}
 * @param latencyMaxNanos the longest such time
 */
public record LineResult(
        String name,
        int gsi,
        long assertions,
        long mergedCauses,
        long deliveries,
        long redundantDeliveries,
        long serviced,
        boolean stuck,
        boolean lost,
        long remoteIrrHeldNanos,
        long latencySumNanos,
        long latencyMaxNanos) {}
