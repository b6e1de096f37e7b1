// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/** Where a vCPU is. */
enum Phase {
    /** In guest mode. */
    GUEST,
    /** In HLT, waiting for an interrupt. */
    HALTED,
    /** On its way between guest, L0, L1 and VMM; {@link Arrival} says where it will be next. */
    ON_THE_WAY,
    /** In the VMM, until its ioctls are done. */
    VMM
}
