// SPDX-License-Identifier: Apache-2.0
package irqstorm.proof;

import irqstorm.explore.Bounds.Clocks;
import irqstorm.explore.Search;
import org.jspecify.annotations.Nullable;

/**
 * Within which bounds a configuration was explored. What holds, holds within them.
 *
 * @param interrupts how many causes each device has at most
 * @param devices how many devices there are
 * @param vcpus how many vCPUs there are
 * @param throttleEois after how many successive EOIs the I/O APIC's throttle postpones a delivery; null if it has none
 * @param unscaledThrottleEois the same as the profile says; null if it has none
 * @param maxDepth how many events a path has at most
 * @param maxStates how many states are visited at most
 * @param clocks which orders are possible
 * @param search in which order states are visited
 */
public record ProofBounds(
        int interrupts,
        int devices,
        int vcpus,
        @Nullable Integer throttleEois,
        @Nullable Integer unscaledThrottleEois,
        int maxDepth,
        int maxStates,
        Clocks clocks,
        Search search) {
    /** Which orders are tried, in words. */
    public String mode() {
        return clocks == Clocks.ANY ? "any order" : "any order that the latencies allow";
    }
}
