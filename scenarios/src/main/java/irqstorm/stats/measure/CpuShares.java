// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import org.jspecify.annotations.Nullable;

/**
 * Who had the processors in the scenario's duration, as shares of the time of all vCPUs; they add up to 1.
 *
 * @param l1 L1, or the only guest
 * @param l2 L2; null if there is none
 * @param l0 KVM
 * @param vmm the VMM on the vCPUs' threads, the way back into the kernel included
 * @param halted nobody: the guest has halted
 */
public record CpuShares(double l1, @Nullable Double l2, double l0, double vmm, double halted) {
    /** The share of the guest that the devices belong to: L2 where there is one. */
    public double innermost() {
        return l2 == null ? l1 : l2;
    }
}
